#include "core/engine/attempt.h"

#include "core/engine/link.h"
#include "core/wire/http/http1writer.h"
#include "core/wire/http/http2request.h"

#include <QByteArray>

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

/// 16 random bytes in base64 (RFC 6455 section 4.1).
std::string webSocketKey(const std::function<std::uint32_t()> &random)
{
    QByteArray bytes;
    for (int i = 0; i < 4; ++i) {
        const std::uint32_t word = random();
        bytes.append(reinterpret_cast<const char *>(&word), sizeof word);
    }
    return bytes.toBase64().toStdString();
}

std::string seconds(Milliseconds time)
{
    const auto tenths = (time.count() + 50) / 100;
    return std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10)) + " s";
}

/// What the peer's windows held back until we left is lost, and nothing else would say so.
void explainUnsent(const Ending &ending, Error &error)
{
    const bool isLost = ending.ours == OurEnd::Left || ending.ours == OurEnd::TimedOut;
    if (ending.unsentBytes == 0 || !isLost || ending.closeReceived)
        return;
    const std::string words = std::to_string(ending.unsentBytes) + (ending.unsentBytes == 1 ? " byte" : " bytes") +
                              " of ours never left: the peer's flow-control window is closed (RFC 9113 section 5.2)";
    if (error.code == ErrorCode::None)
        error = {ErrorCode::Http2WindowShut, words};
    else
        error.detail += "; " + words;
}

} // namespace

Attempt::Attempt(const Target &target, RequestShape shape, EngineServices &services, Recorder &recorder,
                 EventSourceState &source, TlsMemory &tls, SessionCookies &cookies, Handlers handlers)
    : m_target(target), m_shape(std::move(shape)), m_services(services), m_recorder(recorder), m_source(source),
      m_tls(tls), m_cookies(cookies), m_handlers(std::move(handlers)), m_deadline(services.alarms),
      m_idle(services.alarms)
{
    settleId();
}

void Attempt::settleId()
{
    const ByteView id = lastEventIdValue(m_source.lastEventId);
    m_idSent = id.empty() || isWebSocket(m_target) ? std::nullopt : std::optional(std::string(id));
}

void Attempt::prepare()
{
    m_requestSent = false;
    m_answer = Seq();
    auto way = wayTo(m_shape.url, m_target, m_services.environment, m_tls);
    if (!way) {
        m_hindrance = way.error();
        m_recorder.setConnection(m_services.nextConnection());
        return;
    }
    m_detour = m_services.links.crowding(*way);
    m_link = m_services.links.linkFor(*way, m_services, m_recorder);
    m_exchange = std::make_unique<Exchange>(m_recorder, std::move(*way), exchangeHandlers());
    m_recorder.setConnection(m_link->connection());
}

void Attempt::start()
{
    if (m_hindrance)
        return fail(*m_hindrance);
    armConnect();
    if (!m_detour.empty())
        m_handlers.waits(m_detour);
    m_exchange->join(std::move(m_link));
}

void Attempt::armConnect()
{
    m_deadline.set(m_target.timeouts.connect, [this] {
        const std::string within = " within " + seconds(m_target.timeouts.connect);
        // What the request waits for on a connection that stands.
        const bool isUp = m_exchange->link() != nullptr && m_exchange->link()->isUp();
        leave(OurEnd::TimedOut, isUp ? Error{ErrorCode::FirstByteTimeout, "the peer sent no SETTINGS" + within}
                                     : Error{ErrorCode::TcpTimeout, "no connection" + within});
    });
}

Exchange::Handlers Attempt::exchangeHandlers()
{
    Exchange::Handlers handlers;
    handlers.securing = [this] { m_handlers.progress(SessionInput::TlsStarted); };
    handlers.ready = [this] { onReady(); };
    handlers.waits = [this](const std::string &why) {
        m_deadline.clear(); // it may wait for hours
        m_handlers.waits(why);
    };
    handlers.moved = [this](const std::string &why) {
        armConnect();
        m_handlers.waits(why);
    };
    handlers.refusedByProxy = [this](const Error &error) { refuse(error, false); };
    handlers.answered = [this](const HttpHead &answer, Seq record) { onAnswer(answer, record); };
    handlers.sniffed = [this](bool isEventStream) { onSniffed(isEventStream); };
    handlers.webSocket = [this](const WsStep &step) { onWebSocket(step); };
    handlers.readDone = [this] { onReadDone(); };
    handlers.ended = [this](const ExchangeEnd &end) { conclude(end.ending, end.error); };
    handlers.captureFailed = m_handlers.captureFailed;
    handlers.drained = m_handlers.drained;
    return handlers;
}

std::string Attempt::choice() const
{
    if (m_target.http != HttpChoice::Auto || m_exchange == nullptr)
        return {};
    const bool asked = isWebSocket(m_target) && m_exchange->version() != HttpVersion::Http2 && m_shape.url.isSecure();
    return asked ? "HTTP/1.1, since no HTTP/2 connection that takes WebSocket was open to share" : m_exchange->choice();
}

void Attempt::onReady()
{
    armFirstByte();
    m_handlers.progress(SessionInput::RequestReady);
}

void Attempt::armFirstByte()
{
    m_deadline.set(m_target.timeouts.firstByte, [this] {
        const char *const what =
            m_exchange->isHeadComing() ? "not all of the answer's head within " : "no answer within ";
        leave(OurEnd::TimedOut, {ErrorCode::FirstByteTimeout, what + seconds(m_target.timeouts.firstByte)});
    });
}

HttpHead Attempt::makeRequest()
{
    RequestShape shape = m_shape;
    shape.headers = m_cookies.addTo(std::move(shape.headers), shape.url);
    if (isWebSocket(m_target))
        return webSocketRequest(shape.url, m_target.webSocket, webSocketFields(shape), webSocketKey(m_services.random));
    settleId(); // the user may have set another since
    return eventSourceRequest(shape, m_idSent.value_or(std::string()));
}

void Attempt::sendRequest()
{
    m_request = makeRequest();
    if (!isWritable(m_request)) {
        m_final = true;
        return leave(OurEnd::GaveUp, {ErrorCode::UsageInvalid, "the request's header fields can't be written as HTTP"});
    }
    m_requestTime = m_recorder.now();
    m_requestSent = true;
    const ByteView body = isWebSocket(m_target) ? ByteView() : ByteView(m_shape.body);
    const bool isHttp2 = m_exchange->version() == HttpVersion::Http2;
    m_exchange->request(isHttp2 ? http2Request(m_request, m_shape.url.isSecure() ? "https" : "http") : m_request, body);
    if (isHttp2)
        tellLeftOut();
}

/// The user's fields that HTTP/2 has no place for.
void Attempt::tellLeftOut()
{
    for (const HeaderField &field : m_shape.headers) {
        if (isConnectionSpecific(field.name, field.value))
            m_recorder.appendFacts(RecordKind::Error,
                                   ErrorFacts{std::string(word(ErrorCode::UsageInvalid)),
                                              "the field " + field.name + " is not sent: HTTP/2 has no place for it"});
    }
}

void Attempt::onAnswer(const HttpHead &answer, Seq record)
{
    m_answer = record;
    m_deadline.clear();
    m_cookies.take(m_shape.url, answer, m_recorder, record);
    if (m_idSent && !m_source.idSetBy.isValid())
        m_source.idSetBy = m_exchange->requestRecord(); // nobody but the user can have set it
    if (isWebSocket(m_target))
        return onUpgradeAnswer(answer, record);
    AnswerPlan plan = planAnswer(answer, m_target.transport);
    m_recorder.findings(record, 0, plan.findings);
    if (plan.mayBeEventStream)
        return takeOtherType(std::move(plan));
    switch (plan.use) {
    case AnswerUse::EventStream: m_exchange->takeAsEventStream(m_source); return becomeOpen();
    case AnswerUse::Lines:
    case AnswerUse::JsonTexts:
    case AnswerUse::Parts:
    case AnswerUse::Chunks: takeAsStream(plan); return becomeOpen();
    case AnswerUse::Redirect: return onRedirect(answer, record);
    case AnswerUse::Refused: return refuse(std::move(plan.error), true);
    }
}

void Attempt::takeAsStream(const AnswerPlan &plan)
{
    m_plainStream = true;
    m_exchange->takeAsStream(splitterFor(plan, m_target.limits.messageBytes), m_source.count);
}

/// A body that may be an event stream all the same: what its beginning says comes first.
void Attempt::takeOtherType(AnswerPlan plan)
{
    m_plan = std::move(plan);
    m_plainStream = true; // whatever it is, a browser would not come back
    if (m_plan.use == AnswerUse::Refused)
        refuse(m_plan.error, true);
    m_exchange->takeAsEither();
    if (m_plan.use != AnswerUse::Refused)
        becomeOpen();
}

/// Events are shown, but WHATWG HTML 9.2.3 fails the connection of any other type: so does this attempt when it is
/// over.
void Attempt::onSniffed(bool isEventStream)
{
    const bool isRefused = m_plan.use == AnswerUse::Refused;
    if (!isEventStream)
        return isRefused ? refuse(m_plan.error, true) : takeAsStream(m_plan);
    m_exchange->takeAsEventStream(m_source);
    if (isRefused) {
        m_deadline.clear();
        return becomeOpen();
    }
    const Finding refused{Rule::SseContentTypeRefused};
    m_recorder.findings(m_answer, 0, {&refused, 1});
    m_refusal = m_plan.error;
    m_final = true;
}

void Attempt::onRedirect(const HttpHead &answer, Seq record)
{
    if (++m_redirects > RedirectLimit)
        return refuse({ErrorCode::HttpRedirect, "more than " + std::to_string(RedirectLimit) + " redirects in a row"},
                      false);
    auto step = pushscope::followRedirect(m_shape, answer);
    if (!step)
        return refuse(step.error(), true);
    if (step->credentialsDropped) {
        const Finding dropped{Rule::SessionCredentialsDropped};
        m_recorder.findings(record, 0, {&dropped, 1});
    }
    if (step->secretForwarded) {
        const Finding forwarded{Rule::SessionSecretForwarded};
        m_recorder.findings(record, 0, {&forwarded, 1});
    }
    m_redirect = std::move(*step);
    m_exchange->takeAsBody();
    leaveAfter(Patience);
}

void Attempt::onUpgradeAnswer(const HttpHead &answer, Seq record)
{
    auto agreement = checkWebSocketAnswer(m_request, answer);
    if (!agreement) {
        m_recorder.findings(record, 0, agreement.error().findings);
        return refuseUpgrade(answer, agreement.error().error);
    }
    // A header field of the user's own may offer what nothing here can speak: its reserved bits would mean something.
    if (!agreement->extensions.empty())
        return refuseUpgrade(answer,
                             {ErrorCode::WsHandshake, "the server agreed to the extension \"" + agreement->extensions +
                                                          "\", which this version does not speak"});
    openWebSocket(*agreement);
}

void Attempt::openWebSocket(const WsAgreement &agreement)
{
    m_exchange->takeAsWebSocket(m_target.webSocket.echo, m_source.count);
    m_peer = std::make_unique<WsPeer>(m_target.webSocket, m_services.alarms, m_services.random,
                                      [this](ByteView frames, SendCause cause) { m_exchange->send(frames, cause); });
    WsOpenFacts facts;
    facts.subprotocol = agreement.subprotocol;
    facts.offered = m_request.headers.combined("Sec-WebSocket-Extensions");
    facts.accepted = agreement.extensions;
    facts.rttMs = milliseconds(m_recorder.now() - m_requestTime);
    m_recorder.appendFacts(RecordKind::WsOpen, facts);
    becomeOpen();
}

void Attempt::becomeOpen()
{
    m_open = true;
    m_lastRead = m_recorder.now();
    if (m_paused)
        m_exchange->setPaused(true);
    watchIdle();
    m_handlers.progress(SessionInput::Opened);
}

/// The answer is no stream. Its body says why, often: it is read for as long as patience lasts.
void Attempt::refuse(Error error, bool final)
{
    m_refusal = std::move(error);
    m_final = final;
    m_exchange->takeAsBody();
    leaveAfter(Patience);
}

void Attempt::leaveAfter(Milliseconds time)
{
    m_deadline.set(time, [this] { leave(OurEnd::Left, {}); });
}

void Attempt::refuseUpgrade(const HttpHead &answer, Error error)
{
    refuse(std::move(error), true);
    constexpr int SwitchingProtocols = 101;
    m_hasNoContent = answer.status == SwitchingProtocols; // RFC 9110 section 15.2
}

void Attempt::onWebSocket(const WsStep &step)
{
    m_peer->take(step);
    if (m_peer->endpoint().failureCode())
        m_exchange->noteFailed();
    if (m_peer->isClosing())
        m_handlers.progress(SessionInput::CloseStarted);
}

void Attempt::onReadDone()
{
    m_lastRead = m_recorder.now();
    if (m_refusal && m_exchange->isSniffing())
        leaveAfter(m_target.timeouts.firstByte); // as long as an answer has: the next line may be slow
    if (m_peer != nullptr && m_peer->endpoint().shouldDisconnect())
        return leave(OurEnd::GaveUp, {}); // RFC 6455 section 7.1.7: behind our close frame nothing is processed
    if (m_source.count.isLimitReached() && m_open)
        return drop(Cause::Drop);
    if (m_hasNoContent || m_exchange->isBodyLimitReached())
        return leave(OurEnd::Left, {});
    m_handlers.readDone();
}

Milliseconds Attempt::silence()
{
    const Stamp now = m_services.moment.tick();
    if (m_paused)
        m_lastRead = now; // whoever does not read can't say that nothing comes
    return Milliseconds((now - m_lastRead) / 1'000'000);
}

/// The idle time-out is looked at when it may be due, not pushed on by every read.
void Attempt::watchIdle()
{
    m_idle.clear();
    if (m_open && m_target.timeouts.idle)
        m_idle.set(std::max(*m_target.timeouts.idle - silence(), Milliseconds(0)), [this] { onIdle(); });
}

void Attempt::onIdle()
{
    const Milliseconds idle = *m_target.timeouts.idle;
    if (silence() >= idle)
        leave(OurEnd::TimedOut, {ErrorCode::IdleTimeout, "nothing came for " + seconds(idle)});
    else
        watchIdle();
}

void Attempt::followRedirect()
{
    m_shape = std::exchange(m_redirect, std::nullopt)->next;
    prepare();
    start();
}

void Attempt::beginClose()
{
    if (m_peer == nullptr)
        return cut();
    m_peer->beginClose();
}

void Attempt::cut()
{
    m_leaving = true;
    leave(OurEnd::Left, {});
}

void Attempt::drop(Cause cause)
{
    m_cause = cause;
    m_leaving = true;
    leave(OurEnd::Dropped, {});
}

void Attempt::setPaused(bool paused)
{
    m_paused = paused;
    m_lastRead = m_services.moment.tick();
    if (m_exchange != nullptr && m_exchange->link() != nullptr)
        m_exchange->setPaused(paused);
}

void Attempt::leave(OurEnd how, Error error)
{
    if (m_over)
        return;
    m_recorder.tick();
    const Ending ending = m_exchange != nullptr ? m_exchange->end(how) : Ending();
    conclude(ending, std::move(error));
    m_recorder.publish();
}

/// Before there was anything to connect with.
void Attempt::fail(Error error)
{
    m_recorder.tick();
    m_final = true;
    Ending ending;
    ending.bytes = ByteEnd::Failed;
    conclude(ending, std::move(error));
    m_recorder.publish();
}

/// Each connection has its own.
EndFacts Attempt::recordEnd(const Ending &ending)
{
    EndFacts facts = judge(ending);
    const Seq end = m_recorder.appendFacts(RecordKind::End, facts);
    if (ending.secure && ending.answered && ending.bytes == ByteEnd::Fin && !ending.closeNotify) {
        const Finding missing{Rule::TlsNoCloseNotify};
        m_recorder.findings(end, 0, {&missing, 1});
    }
    return facts;
}

void Attempt::conclude(Ending ending, Error error)
{
    m_deadline.clear();
    if (m_exchange != nullptr && m_exchange->link() != nullptr)
        m_tls.remember(m_exchange->link()->tlsSession());
    if (m_redirect && !m_leaving) {
        recordEnd(ending);
        m_previous = std::move(m_exchange);
        return m_handlers.progress(SessionInput::Redirected);
    }
    m_over = true;
    m_idle.clear();
    m_handlers.ending();
    if (m_open && m_peer == nullptr && m_source.count.isLimitReached() && ending.ours == OurEnd::None) {
        m_cause = Cause::Drop; // whatever the same read brought behind the last event that was wanted, its end too
        ending.ours = OurEnd::Dropped;
        error = {};
    }
    if (m_cause == Cause::Drop && m_source.count.isLimitReached())
        ending.droppedAfter = m_source.count.seen;
    if (m_peer) {
        const WsCloseState state = m_peer->endpoint().state();
        ending.closeSent = state == WsCloseState::CloseSent || state == WsCloseState::Closed;
        ending.closedFirst = m_peer->closedFirst();
        ending.closeReceived = state == WsCloseState::CloseReceived || state == WsCloseState::Closed;
        if (const auto code = m_peer->endpoint().failureCode()) {
            ending.ours = OurEnd::GaveUp;
            error = {*code == 1009 ? ErrorCode::WsTooLarge : ErrorCode::WsProtocol, m_peer->endpoint().failureReason()};
        } else if (ending.closeSent && ending.closeReceived) {
            error = {}; // RFC 6455 section 7.1.4: what TCP does behind the closing handshake is no failure
        }
    }
    explainUnsent(ending, error);
    if (ending.ours == OurEnd::Dropped && m_cause == Cause::None)
        m_cause = Cause::Drop; // of another session on the same connection
    if (m_refusal)
        error = *m_refusal;
    if (error.code != ErrorCode::None)
        m_recorder.appendFacts(RecordKind::Error, ErrorFacts{std::string(word(error.code)), error.detail});
    const EndFacts facts = recordEnd(ending);
    AttemptEnd result;
    result.verdict = facts.verdict;
    const bool wrong = error.code != ErrorCode::None;
    result.cause = m_cause != Cause::None ? m_cause : wrong ? causeOf(error.code) : causeOf(facts.verdict);
    result.reason = wrong ? error.detail : facts.text;
    result.failed = wrong || (facts.verdict != Verdict::Clean && facts.verdict != Verdict::ByUs);
    result.final = m_final || ending.codingBomb || (wrong && !error.isRecoverable());
    m_handlers.ended(result);
}

} // namespace pushscope
