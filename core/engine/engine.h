#pragma once

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/base/target.h"
#include "core/capture/facts.h"
#include "core/engine/intent.h"

#include <QObject>

#include <cstdint>
#include <memory>

namespace pushscope {

class Capture;
class EngineThread;

/// All sessions of one capture, on one thread of their own. The only class of the engine that ui/ and app/ talk to. Its
/// methods belong to the thread that made it and return at once; what happens is read from the capture. Destroying it
/// cuts what is open.
class Engine : public QObject
{
    Q_OBJECT
public:
    explicit Engine(std::shared_ptr<Capture> capture, QObject *parent = nullptr);
    ~Engine() override;

    /// Makes a session and connects it. Its Session record is appended at once, before any other record of it.
    SessionId open(const Target &target);
    /// The same, but it stays idle until intent::Connect.
    SessionId prepare(const Target &target);
    void post(SessionId session, Intent intent);
    /// Flow control for whoever sends without end, a script or a pipe: sessionHasRoom() follows once all that was
    /// posted before has been taken and little of it still waits for the peer, unless sessionShut() comes first.
    void askForRoom(SessionId session);
    /// Disconnects and forgets a session; its records stay.
    void remove(SessionId session);
    /// Ends every session cleanly: close handshakes are sent, waits are ended; finished() follows, at the latest after
    /// `patience`.
    void shutdown(Milliseconds patience = Milliseconds(2000));

    [[nodiscard]] const std::shared_ptr<Capture> &capture() const;

Q_SIGNALS:
    /// A session will do nothing more by itself: closed, failed or given up. `opened` tells whether it ever was open.
    void sessionEnded(pushscope::SessionId session, pushscope::SessionState state, bool opened);
    /// A session's WebSocket or stream is open: sends are accepted from here on.
    void sessionOpened(pushscope::SessionId session);
    /// A session is no longer open: sends are refused until sessionOpened() comes again, if it does.
    void sessionShut(pushscope::SessionId session);
    void sessionHasRoom(pushscope::SessionId session);
    /// The capture can't grow any more (disk full): all sessions stopped reading.
    void captureFailed(const pushscope::Error &error);
    /// After shutdown(): nothing is open, everything is recorded and published.
    void finished();

private:
    std::shared_ptr<Capture> m_capture;
    std::unique_ptr<EngineThread> m_thread;
    std::uint32_t m_lastSession = 0;
};

} // namespace pushscope
