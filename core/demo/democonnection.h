#pragma once

#include "core/demo/democontext.h"
#include "core/demo/demosocket.h"
#include "core/demo/httpconnection.h"

#include <QObject>

#include <memory>

namespace pushscope::demo {

/// One connection: its socket, and the HTTP version that its first bytes ask for.
class DemoConnection : public QObject
{
    Q_OBJECT
public:
    DemoConnection(qintptr descriptor, std::unique_ptr<TlsChannel> tls, DemoContext &context, QObject *parent);

    /// Answers 503 at once and ends: the server has too many connections.
    void refuse();

Q_SIGNALS:
    void closed();

private:
    void onReceived(ByteView plain);

    DemoSocket m_socket;
    std::unique_ptr<HttpConnection> m_http;
    bool m_begun = false; ///< the first bytes have come
};

} // namespace pushscope::demo
