#include "core/engine/companion.h"

#include "core/engine/link.h"
#include "core/engine/verdict.h"
#include "core/wire/http/http1writer.h"
#include "core/wire/http/http2request.h"

#include <algorithm>
#include <array>
#include <utility>

namespace pushscope {

namespace {

Target targetFor(Target target, const Url &url)
{
    target.url = url;
    target.transport = TransportChoice::Auto; // beside a WebSocket too it is plain HTTP
    return target;
}

/// One text is one unit however many chunks carried it: a reply of JSON-RPC's is read whole.
bool isJsonText(const HttpHead &answer)
{
    const std::string essence = mediaTypeEssence(answer.headers.lastValue("Content-Type").value_or(""));
    return essence == "application/json" || essence.ends_with("+json");
}

/// What the session's request proves itself with, and the companion's does not name itself.
void addCredentials(std::vector<HeaderField> &headers, const std::vector<HeaderField> &ofSession)
{
    constexpr std::array<std::string_view, 2> names = {"Authorization", "Cookie"};
    const std::size_t own = headers.size();
    for (const HeaderField &field : ofSession) {
        const bool isCredential =
            std::ranges::any_of(names, [&](auto name) { return equalsIgnoreCase(field.name, name); });
        const bool isNamed = std::any_of(headers.begin(), headers.begin() + static_cast<std::ptrdiff_t>(own),
                                         [&](const auto &given) { return equalsIgnoreCase(given.name, field.name); });
        if (isCredential && !isNamed)
            headers.push_back(field);
    }
}

} // namespace

Companion::Companion(CompanionRequest request, const Target &target, EngineServices &services, SessionId session,
                     TlsMemory &tls, SessionCookies &cookies, Handlers handlers)
    : m_request(std::move(request)), m_target(targetFor(target, m_request.url)), m_services(services),
      m_recorder(services.writer, services.moment, session),
      m_isOwnOrigin(m_request.url.origin() == target.url.origin()), m_tls(m_isOwnOrigin ? tls : m_otherTls),
      m_cookies(cookies), m_handlers(std::move(handlers)), m_deadline(services.alarms)
{
    m_recorder.setFlags(RecordFlag::Companion);
    if (m_isOwnOrigin && m_request.url.user.empty() && m_request.url.password.empty()) {
        m_request.url.user = target.url.user;
        m_request.url.password = target.url.password;
    }
}

Companion::~Companion() = default;

RequestShape Companion::shape() const
{
    RequestShape shape{m_request.url, m_request.method, m_request.headers, m_request.body};
    if (m_isOwnOrigin)
        addCredentials(shape.headers, m_target.headers);
    shape.headers = m_cookies.addTo(std::move(shape.headers), shape.url);
    return shape;
}

void Companion::start()
{
    Ending failed;
    failed.bytes = ByteEnd::Failed;
    m_recorder.tick();
    auto way = wayTo(m_request.url, m_target, m_services.environment, m_tls);
    if (!way || !isWritable(companionHead(shape()))) {
        m_recorder.setConnection(m_services.nextConnection());
        conclude(failed,
                 way ? Error{ErrorCode::UsageInvalid, "the request's head can't be written as HTTP"} : way.error());
        return m_recorder.publish();
    }
    auto link = m_services.links.linkFor(*way, m_services, m_recorder);
    m_exchange = std::make_unique<Exchange>(m_recorder, std::move(*way), exchangeHandlers());
    armConnect();
    m_exchange->join(std::move(link));
}

Exchange::Handlers Companion::exchangeHandlers()
{
    Exchange::Handlers handlers;
    handlers.securing = [] {};
    handlers.ready = [this] { onReady(); };
    handlers.waits = [](const std::string &) {}; // no longer than it may take to connect
    handlers.moved = [this](const std::string &) { armConnect(); };
    handlers.refusedByProxy = [this](const Error &error) { refuse(error); };
    handlers.answered = [this](const HttpHead &answer, Seq record) { onAnswer(answer, record); };
    handlers.sniffed = [this](bool isEventStream) {
        isEventStream ? m_exchange->takeAsEventStream(m_source) : takeContent();
    };
    handlers.webSocket = [](const WsStep &) {};
    handlers.readDone = [this] { onReadDone(); };
    handlers.ended = [this](const ExchangeEnd &end) { conclude(end.ending, end.error); };
    handlers.captureFailed = m_handlers.captureFailed;
    handlers.drained = [] {};
    return handlers;
}

void Companion::armConnect()
{
    m_deadline.set(m_target.timeouts.connect, [this] {
        leave(OurEnd::TimedOut, {ErrorCode::TcpTimeout, "no connection for the companion request in time"});
    });
}

void Companion::armFirstByte()
{
    m_deadline.set(m_target.timeouts.firstByte, [this] {
        leave(OurEnd::TimedOut, {ErrorCode::FirstByteTimeout, "no answer to the companion request in time"});
    });
}

void Companion::onReady()
{
    armFirstByte();
    const RequestShape shape = this->shape();
    HttpHead head = companionHead(shape);
    if (m_exchange->version() == HttpVersion::Http2)
        head = http2Request(head, shape.url.isSecure() ? "https" : "http");
    m_exchange->request(head, shape.body);
}

/// Whatever it is, it is kept: a stream by its units, as the session's own would be, anything else as a body.
void Companion::onAnswer(const HttpHead &answer, Seq record)
{
    m_answered = true;
    m_cookies.take(m_request.url, answer, m_recorder, record);
    m_deadline.set(LongestAnswer, [this] { leave(OurEnd::Left, {}); });
    m_plan = planAnswer(answer, TransportChoice::Auto);
    if (m_plan.use == AnswerUse::Chunks && isJsonText(answer))
        m_plan.use = AnswerUse::Refused;
    if (m_plan.mayBeEventStream)
        m_exchange->takeAsEither();
    else
        takeContent();
}

void Companion::takeContent()
{
    switch (m_plan.use) {
    case AnswerUse::EventStream: return m_exchange->takeAsEventStream(m_source);
    case AnswerUse::Lines:
    case AnswerUse::JsonTexts:
    case AnswerUse::Parts:
    case AnswerUse::Chunks:
        return m_exchange->takeAsStream(splitterFor(m_plan, m_target.limits.messageBytes), m_source.count);
    case AnswerUse::Redirect:
    case AnswerUse::Refused: return m_exchange->takeAsBody();
    }
}

void Companion::onReadDone()
{
    if (!m_answered && !m_refusal && m_exchange->isHeadComing())
        armFirstByte();
    if (m_exchange->isBodyLimitReached())
        leave(OurEnd::Left, {});
}

/// The proxy's page says why, often.
void Companion::refuse(const Error &error)
{
    m_refusal = error;
    m_exchange->takeAsBody();
    armFirstByte();
}

void Companion::cut()
{
    leave(OurEnd::Left, {});
}

void Companion::leave(OurEnd how, const Error &error)
{
    if (m_over || m_exchange == nullptr)
        return;
    m_recorder.tick();
    conclude(m_exchange->end(how), error);
    m_recorder.publish();
}

void Companion::conclude(const Ending &ending, Error error)
{
    m_over = true;
    m_deadline.clear();
    if (m_refusal)
        error = *m_refusal;
    if (error.code != ErrorCode::None)
        m_recorder.appendFacts(RecordKind::Error, ErrorFacts{std::string(word(error.code)), error.detail});
    m_recorder.appendFacts(RecordKind::End, judge(ending));
    m_handlers.ended();
}

} // namespace pushscope
