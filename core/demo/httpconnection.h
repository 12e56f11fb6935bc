#pragma once

#include "core/base/bytes.h"

#include <QObject>

namespace pushscope::demo {

/// What speaks an HTTP version on a connection's socket: requests in, streams that answer them. Whose the socket is
/// hands on what happens to it.
class HttpConnection : public QObject
{
    Q_OBJECT
public:
    virtual void receive(ByteView plain) = 0;
    /// The socket has room for more output.
    virtual void drained() = 0;
    /// The peer sent its FIN.
    virtual void peerEnded() = 0;
    /// The server goes: tells the peer where the version has words for it.
    virtual void leave() {}
    /// The socket is gone: nothing is answered any more.
    virtual void abandon() = 0;
};

} // namespace pushscope::demo
