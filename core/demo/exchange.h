#pragma once

#include "core/base/bytes.h"

#include <QObject>

namespace pushscope::demo {

class DemoConnection;

/// One answer that takes its time: a stream, a WebSocket, a script. Made for a connection, which owns it until the
/// answer ends or the connection does.
class Exchange : public QObject
{
    Q_OBJECT
public:
    explicit Exchange(DemoConnection &connection) : m_connection(connection) {}

    virtual void start() = 0;
    /// Bytes of the peer's, once the exchange took the connection over.
    virtual void receive(ByteView) {}
    /// The connection has room for more output.
    virtual void drained() {}
    /// The peer sent its FIN. True when the exchange goes on all the same for as long as it likes.
    virtual bool peerEnded() { return false; }

protected:
    [[nodiscard]] DemoConnection &connection() const { return m_connection; }

private:
    DemoConnection &m_connection;
};

} // namespace pushscope::demo
