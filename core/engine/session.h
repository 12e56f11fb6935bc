#pragma once

#include "core/engine/attempt.h"
#include "core/engine/backoffpolicy.h"
#include "core/engine/companion.h"
#include "core/engine/intent.h"
#include "core/engine/replaypace.h"
#include "core/engine/sessiontransition.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace pushscope {

/// A stream that a person watches, over all its connections: one state machine, the attempts that it makes, and the
/// policy for another. Engine thread; everything that it learns goes to the capture.
class Session
{
public:
    struct Handlers
    {
        std::function<void()> opened;
        std::function<void()> shut;                               ///< no longer open; opened() may come again
        std::function<void()> hasRoom;                            ///< answers askForRoom()
        std::function<void(SessionState, bool everOpened)> ended; ///< it does nothing more by itself
        std::function<void(const Error &)> captureFailed;
    };

    Session(SessionId id, Target target, EngineServices &services, Handlers handlers);
    ~Session();

    /// Records the session, which is idle.
    void announce();
    /// The same, and connects.
    void start();
    void post(const Intent &intent);
    /// hasRoom() follows once little of what was sent still waits for the peer, unless shut() comes first.
    void askForRoom();
    /// Ends whatever goes on, by a closing handshake where there is one; no more reconnects.
    void shutDown() { post(intent::Disconnect{}); }
    /// Ends it without waiting for the peer.
    void cut();
    [[nodiscard]] SessionState state() const { return m_state; }
    /// Idle, Closed or Failed.
    [[nodiscard]] bool isAtRest() const;

private:
    void take(const intent::Connect &);
    void take(const intent::Disconnect &);
    void take(const intent::Drop &);
    void take(const intent::HalfClose &);
    void take(const intent::PauseReading &intent);
    void take(const intent::ReconnectNow &);
    void take(const intent::SendText &intent);
    void take(const intent::SendBinary &intent);
    void take(const intent::SendPing &intent);
    void take(const intent::SendPong &intent);
    void take(const intent::SendClose &intent);
    void take(const intent::SendFrame &intent);
    void take(const intent::SetLastEventId &intent);
    void take(const intent::ResumeFrom &intent);
    void take(const intent::SetReconnection &intent);
    void take(const intent::SetIdleTimeout &intent);
    void take(const intent::Freeze &intent);
    void take(const intent::SendRequest &intent);
    void take(const intent::SetPong &intent);

    void apply(SessionInput input);
    void perform(SessionAction action);
    void startAttempt();
    void announceOpen();
    void announceRoom();
    void startWait();
    void armWait();
    void recordWaiting();
    void beginAnew();
    void explainResume();
    void startPatience();
    void announceEnd();
    void recordState(StateFacts facts);
    void recordWait(const std::string &why);
    void refuse(std::string what);
    void cutCompanions();
    void bury();
    void onReadDone();
    void onAttemptEnded(const AttemptEnd &end);
    [[nodiscard]] SessionInput whatFollows(const AttemptEnd &end);
    void beginResumeCheck();
    void followReplay();
    void notePace();
    void finishResumeCheck();
    WsPeer *openWebSocket(const char *what);
    void afterSend(bool sent, const char *what);

    Target m_target;
    EngineServices &m_services;
    Handlers m_handlers;
    Recorder m_recorder;
    BackoffPolicy m_policy;
    EventSourceState m_source;
    const ReleaseMarks::Hold m_idHold{m_recorder.writer().marks(),
                                      [this](Seq last) { m_source.ids.keep(m_recorder.writer().capture(), last); }};
    TlsMemory m_tls;
    SessionCookies m_cookies;
    RequestShape m_shape;
    SessionState m_state = SessionState::Idle;
    std::unique_ptr<Attempt> m_attempt;
    std::vector<std::unique_ptr<Attempt>> m_retired;      ///< their own calls may still be on the way up
    std::vector<std::unique_ptr<Companion>> m_companions; ///< those that are over are buried with the attempts
    std::uint32_t m_attempts = 0;
    std::uint32_t m_reconnects = 0;
    bool m_everOpened = false;
    bool m_paused = false;  ///< reading, by the user, across reconnects
    bool m_frozen = false;  ///< waits don't end by themselves
    bool m_leaving = false; ///< the user wants it to end
    bool m_roomWanted = false;
    std::optional<std::string> m_resumeFrom; ///< the user's wish, until the attempt that carries it out
    Cause m_cause = Cause::Start;
    std::string m_reason;
    std::optional<std::string> m_idSent; ///< with the attempt that ended last
    BackoffPolicy::Delay m_delay;
    enum class Replay : std::uint8_t { Awaited, Coming, Over } m_replay = Replay::Over;
    ReplayPace m_pace;
    Alarm m_wait;
    Alarm m_patience;
    Alarm m_settle;
    Alarm m_burial;
};

} // namespace pushscope
