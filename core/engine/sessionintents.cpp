#include "core/engine/session.h"

#include <algorithm>
#include <utility>

namespace pushscope {

// What a person or script wants of a session, each kind in its own function.

void Session::post(const Intent &intent)
{
    m_recorder.tick();
    std::visit([this](const auto &wanted) { take(wanted); }, intent);
    m_recorder.publish();
}

void Session::refuse(std::string what)
{
    m_recorder.appendFacts(RecordKind::Error, ErrorFacts{std::string(word(ErrorCode::UsageInvalid)), std::move(what)});
}

void Session::take(const intent::Connect &)
{
    beginAnew();
    apply(SessionInput::Connect);
}

void Session::beginAnew()
{
    if (!isAtRest())
        return;
    m_cause = Cause::Start;
    m_reason.clear();
    m_tls = TlsMemory(); // its files may have been put right in the meantime
    m_shape = requestShape(m_target);
    m_reconnects = 0;
    m_paused = false;
    m_policy.startOver();
}

void Session::take(const intent::Disconnect &)
{
    cutCompanions();
    m_leaving = true;
    if (!isAtRest()) {
        m_cause = Cause::User;
        m_reason.clear();
    }
    apply(SessionInput::Disconnect);
}

void Session::take(const intent::Drop &)
{
    apply(SessionInput::Drop);
}

void Session::take(const intent::ReconnectNow &)
{
    apply(SessionInput::ReconnectNow);
}

void Session::take(const intent::HalfClose &)
{
    if (m_attempt == nullptr || m_attempt->exchange() == nullptr || !m_attempt->isOpen())
        return refuse("there is no open stream whose sending side could be closed");
    m_attempt->exchange()->closeSending();
}

void Session::take(const intent::PauseReading &intent)
{
    if (isAtRest())
        return refuse("there is no stream to stop reading from");
    m_paused = intent.paused;
    if (m_attempt != nullptr)
        m_attempt->setPaused(m_paused);
}

/// The open WebSocket; nullptr, with the refusal recorded, when there is none.
WsPeer *Session::openWebSocket(const char *what)
{
    const bool open = m_attempt != nullptr && (m_state == SessionState::Open || m_state == SessionState::Closing);
    WsPeer *peer = open ? m_attempt->webSocket() : nullptr;
    if (peer == nullptr)
        refuse(std::string("no WebSocket is open to send ") + what);
    return peer;
}

void Session::afterSend(bool sent, const char *what)
{
    if (!sent)
        return refuse(std::string("this ") + what + " can't be sent now as RFC 6455 has it");
    if (m_attempt->webSocket()->isClosing())
        apply(SessionInput::CloseStarted);
}

void Session::take(const intent::SendText &intent)
{
    if (WsPeer *peer = openWebSocket("text"))
        afterSend(peer->sendText(intent.payload), "text");
}

void Session::take(const intent::SendBinary &intent)
{
    if (WsPeer *peer = openWebSocket("data"))
        afterSend(peer->sendBinary(intent.payload), "data");
}

void Session::take(const intent::SendPing &intent)
{
    if (WsPeer *peer = openWebSocket("a ping"))
        afterSend(peer->sendPing(intent.payload), "ping");
}

void Session::take(const intent::SendPong &intent)
{
    if (WsPeer *peer = openWebSocket("a pong"))
        afterSend(peer->sendPong(intent.payload), "pong");
}

void Session::take(const intent::SendClose &intent)
{
    if (WsPeer *peer = openWebSocket("a close")) {
        const bool sent = peer->sendClose(intent.code, intent.reason);
        m_leaving |= sent; // whoever says goodbye does not want to be back
        afterSend(sent, "close");
    }
}

void Session::take(const intent::SendFrame &intent)
{
    if (WsPeer *peer = openWebSocket("a frame")) {
        peer->sendRaw(intent.frame, intent.mask);
        afterSend(true, "frame");
    }
}

void Session::take(const intent::SetLastEventId &intent)
{
    m_source.lastEventId = intent.id;
    m_source.idSetBy = Seq();
}

void Session::take(const intent::ResumeFrom &intent)
{
    if (isWebSocket(m_target))
        return refuse("a WebSocket has no last event ID to resume from");
    beginAnew();
    m_resumeFrom = intent.id; // it counts from the next attempt on: no event of this one may replace it
    apply(SessionInput::AskAgain);
}

void Session::take(const intent::SetReconnection &intent)
{
    m_target.reconnection = intent.policy;
    m_policy.setRules(intent.policy);
    EventCount &count = m_source.count;
    count.limit = intent.policy.dropAfter.value_or(EventCount().limit);
    if (count.isLimitReached())
        count.seen = 0; // from now on
}

void Session::take(const intent::SetIdleTimeout &intent)
{
    m_target.timeouts.idle = intent.time;
    if (m_attempt != nullptr)
        m_attempt->watchIdle();
}

/// A wait that goes on without an end is another: with a record of its own, and no delay.
void Session::take(const intent::Freeze &intent)
{
    if (std::exchange(m_frozen, intent.frozen) == intent.frozen || m_state != SessionState::Waiting)
        return;
    if (!intent.frozen)
        return apply(SessionInput::ReconnectNow);
    m_wait.clear();
    recordWaiting();
}

/// In whatever state: some endpoints take requests where they give no stream.
void Session::take(const intent::SendRequest &intent)
{
    const auto isUnderWay = [](const auto &companion) { return !companion->isOver(); };
    if (intent.request.url.isWebSocket())
        return refuse("a companion request goes to an http or https URL");
    if (std::ranges::count_if(m_companions, isUnderWay) >= static_cast<std::ptrdiff_t>(Companion::MostAtOnce))
        return refuse("no companion request more can be under way: " + std::to_string(Companion::MostAtOnce) + " are");
    Companion::Handlers handlers{[this] { bury(); }, m_handlers.captureFailed};
    m_companions.push_back(std::make_unique<Companion>(intent.request, m_target, m_services, m_recorder.session(),
                                                       m_tls, m_cookies, std::move(handlers)));
    m_companions.back()->start();
}

void Session::cutCompanions()
{
    for (const auto &companion : m_companions)
        companion->cut();
}

void Session::take(const intent::SetPong &intent)
{
    m_target.webSocket.pong = intent.mode;
    m_target.webSocket.pongDelay = intent.delay;
    if (m_attempt != nullptr && m_attempt->webSocket() != nullptr)
        m_attempt->webSocket()->setPong(intent.mode, intent.delay);
}

} // namespace pushscope
