#pragma once

#include "core/engine/answer.h"
#include "core/engine/engineservices.h"
#include "core/engine/exchange.h"
#include "core/engine/redirect.h"
#include "core/engine/sessioncookies.h"
#include "core/engine/sessiontransition.h"
#include "core/engine/tlsmemory.h"
#include "core/engine/wspeer.h"
#include "core/wire/ws/wshandshake.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace pushscope {

/// How an attempt ended, for the session to decide what follows.
struct AttemptEnd
{
    Verdict verdict = Verdict::NeverAnswered;
    Cause cause = Cause::None;
    std::string reason;  ///< a sentence
    bool failed = false; ///< something went wrong, as against a clean end or one of ours
    bool final = false;  ///< the standard forbids another attempt, or none could mend it
};

/// One attempt of a session, redirects included: connect, ask, take the answer for what it is, keep the time-outs,
/// record how it ended.
class Attempt
{
public:
    /// How long the peer may take after our close, or with the body of an answer that is no stream.
    static constexpr Milliseconds Patience{2000};

    struct Handlers
    {
        std::function<void(SessionInput)> progress;     ///< TlsStarted, RequestReady, Opened, Redirected, CloseStarted
        std::function<void(const std::string &)> waits; ///< the request can't go out yet: why, a sentence
        std::function<void()> readDone;
        std::function<void()> ending;                  ///< nothing more comes; its end is recorded next
        std::function<void(const AttemptEnd &)> ended; ///< once, last; destroy the attempt later, not in here
        std::function<void(const Error &)> captureFailed;
        std::function<void()> drained; ///< all that was sent has gone out
    };

    /// `shape` is where the target's redirects led before.
    Attempt(const Target &target, RequestShape shape, EngineServices &services, Recorder &recorder,
            EventSourceState &source, TlsMemory &tls, SessionCookies &cookies, Handlers handlers);

    /// Settles which connection it will use: the recorder knows it from here on.
    void prepare();
    // What the session's machine says.
    void start();
    void followRedirect();
    void sendRequest();
    /// Starts the closing handshake where there is one, else just leaves.
    void beginClose();
    /// Leaves at once.
    void cut();
    void drop(Cause cause);
    /// The user's wish not to read; one that is older than the connection holds once this is open.
    void setPaused(bool paused);
    /// The target's idle time-out may be another now.
    void watchIdle();

    [[nodiscard]] bool isOpen() const { return m_open; }
    /// A stream that is no event stream: it has no way to take up again.
    [[nodiscard]] bool isPlainStream() const { return m_plainStream; }
    /// The Last-Event-ID of its requests, if they have one; known before they are sent.
    [[nodiscard]] const std::optional<std::string> &idSent() const { return m_idSent; }
    /// Where the redirects led, once open: reconnects go straight there.
    [[nodiscard]] const RequestShape &shape() const { return m_shape; }
    /// The open WebSocket's end of ours; nullptr when there is none.
    [[nodiscard]] WsPeer *webSocket() { return m_peer.get(); }
    [[nodiscard]] Exchange *exchange() { return m_exchange.get(); }
    /// Why its HTTP version is what it is, a phrase, when that was not the user's choice; once open.
    [[nodiscard]] std::string choice() const;

private:
    void settleId();
    Exchange::Handlers exchangeHandlers();
    void onReady();
    void armConnect();
    void armFirstByte();
    void onAnswer(const HttpHead &answer, Seq record);
    void takeOtherType(AnswerPlan plan);
    void takeAsStream(const AnswerPlan &plan);
    void onSniffed(bool isEventStream);
    void onUpgradeAnswer(const HttpHead &answer, Seq record);
    void onRedirect(const HttpHead &answer, Seq record);
    void becomeOpen();
    void openWebSocket(const WsAgreement &agreement);
    void refuse(Error error, bool final);
    void refuseUpgrade(const HttpHead &answer, Error error);
    void onWebSocket(const WsStep &step);
    void onReadDone();
    [[nodiscard]] Milliseconds silence();
    void onIdle();
    void leaveAfter(Milliseconds time);
    void leave(OurEnd how, Error error);
    void conclude(Ending ending, Error error);
    EndFacts recordEnd(const Ending &ending);
    void fail(Error error);
    [[nodiscard]] HttpHead makeRequest();
    void tellLeftOut();

    const Target &m_target;
    RequestShape m_shape;
    EngineServices &m_services;
    Recorder &m_recorder;
    EventSourceState &m_source;
    TlsMemory &m_tls;
    SessionCookies &m_cookies;
    Handlers m_handlers;
    std::shared_ptr<Link> m_link;     ///< the exchange's, until that has joined it
    std::string m_detour;             ///< why that is a new one though others could be shared
    std::optional<Error> m_hindrance; ///< there is no way to connect by
    std::unique_ptr<Exchange> m_exchange;
    std::unique_ptr<Exchange> m_previous; ///< the redirect's: its own call may still be on the way up
    std::unique_ptr<WsPeer> m_peer;
    HttpHead m_request; ///< as HTTP/1.1 has it
    Stamp m_requestTime;
    Stamp m_lastRead;
    std::optional<std::string> m_idSent;
    std::optional<RedirectStep> m_redirect;
    std::optional<Error> m_refusal; ///< the answer's, while its body is read
    AnswerPlan m_plan;              ///< of an answer that may be an event stream though its type says otherwise
    Seq m_answer;                   ///< the record of the final answer's head
    const ReleaseMarks::Hold m_answerHold{m_recorder.writer().marks(), m_answer};
    std::uint32_t m_redirects = 0;
    Cause m_cause = Cause::None; ///< why we end it, when it is us
    Alarm m_deadline;            ///< connect, then first byte, then patience
    Alarm m_idle;
    bool m_requestSent = false;
    bool m_open = false;
    bool m_plainStream = false;
    bool m_hasNoContent = false; ///< a refused answer: there is no body to wait for
    bool m_paused = false;
    bool m_final = false;
    bool m_leaving = false; ///< by the session's wish, not by a time-out
    bool m_over = false;
};

} // namespace pushscope
