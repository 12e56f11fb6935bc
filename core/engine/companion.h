#pragma once

#include "core/base/companionrequest.h"
#include "core/engine/answer.h"
#include "core/engine/engineservices.h"
#include "core/engine/exchange.h"
#include "core/engine/request.h"
#include "core/engine/sessioncookies.h"
#include "core/engine/tlsmemory.h"

#include <functional>
#include <memory>
#include <optional>

namespace pushscope {

/// A request beside a session's stream, and its answer, whatever that is: recorded for the session with
/// RecordFlag::Companion, and without a word to the session's state, last event ID, policy or verdict. It follows no
/// redirect. Engine thread.
class Companion
{
public:
    /// Of one session at a time.
    static constexpr std::size_t MostAtOnce = 16;
    /// From the answer's head to its end: what streams for longer belongs in a session.
    static constexpr Milliseconds LongestAnswer{120'000};

    struct Handlers
    {
        std::function<void()> ended; ///< once, last; destroy the companion later, not in here
        std::function<void(const Error &)> captureFailed;
    };

    /// `target` is the session's: its TLS, proxy, addresses and time-outs hold here too, its credentials at its own
    /// origin.
    Companion(CompanionRequest request, const Target &target, EngineServices &services, SessionId session,
              TlsMemory &tls, SessionCookies &cookies, Handlers handlers);
    ~Companion();

    void start();
    /// Leaves at once.
    void cut();
    [[nodiscard]] bool isOver() const { return m_over; }

private:
    Exchange::Handlers exchangeHandlers();
    void armConnect();
    void armFirstByte();
    void onReady();
    void onAnswer(const HttpHead &answer, Seq record);
    void takeContent();
    void onReadDone();
    void refuse(const Error &error);
    void leave(OurEnd how, const Error &error);
    void conclude(const Ending &ending, Error error);
    [[nodiscard]] RequestShape shape() const;

    CompanionRequest m_request;
    Target m_target; ///< with the request's URL in the place of the stream's
    EngineServices &m_services;
    Recorder m_recorder;
    bool m_isOwnOrigin;
    TlsMemory m_otherTls; ///< of another origin's
    TlsMemory &m_tls;
    SessionCookies &m_cookies;
    Handlers m_handlers;
    EventSourceState m_source; ///< the session's is none of its business
    std::unique_ptr<Exchange> m_exchange;
    AnswerPlan m_plan;
    std::optional<Error> m_refusal; ///< the proxy's
    Alarm m_deadline;
    bool m_answered = false;
    bool m_over = false;
};

} // namespace pushscope
