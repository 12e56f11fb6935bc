#pragma once

#include "core/demo/democontext.h"
#include "core/demo/demosocket.h"
#include "core/demo/httpconnection.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace pushscope::demo {

/// One connection: its socket, and the HTTP version that TLS agreed on or the first bytes ask for.
class DemoConnection : public QObject
{
    Q_OBJECT
public:
    DemoConnection(qintptr descriptor, std::unique_ptr<TlsChannel> tls, DemoContext &context, QObject *parent);
    ~DemoConnection() override;

    /// Answers 503 at once and ends: the server has too many connections.
    void refuse();

Q_SIGNALS:
    void closed();

private:
    void onReceived(ByteView plain);
    /// Null as long as more must come, or when they were refused.
    std::unique_ptr<HttpConnection> versionOf(ByteView opening);

    DemoContext &m_context;
    DemoSocket m_socket;
    std::unique_ptr<HttpConnection> m_http; ///< once the version is known
    QTimer m_patience;                      ///< until then
    Bytes m_opening;                        ///< the first bytes, as long as they may be either version's
};

} // namespace pushscope::demo
