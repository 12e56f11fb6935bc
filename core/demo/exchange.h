#pragma once

#include "core/base/bytes.h"

#include <QObject>

namespace pushscope::demo {

class DemoStream;

/// One answer that takes its time: a stream, a WebSocket, a script. Made for a request, whose stream owns it.
class Exchange : public QObject
{
    Q_OBJECT
public:
    explicit Exchange(DemoStream &stream) : m_stream(stream) {}

    virtual void start() = 0;
    /// Bytes of the peer's, behind DemoStream::accept().
    virtual void receive(ByteView) {}
    /// There is room for more output.
    virtual void drained() {}
    /// The peer sent its FIN. True when the exchange goes on all the same for as long as it likes.
    virtual bool peerEnded() { return false; }

protected:
    [[nodiscard]] DemoStream &stream() const { return m_stream; }

private:
    DemoStream &m_stream;
};

} // namespace pushscope::demo
