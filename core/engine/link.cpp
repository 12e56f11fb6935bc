#include "core/engine/link.h"

#include "core/engine/engineservices.h"
#include "core/engine/exchange.h"
#include "core/engine/http1storey.h"
#include "core/engine/http2storey.h"
#include "core/engine/request.h"

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

Error unanswered(ByteEnd how, std::uint64_t headBytes, const std::string &who)
{
    if (how == ByteEnd::Fin && headBytes != 0)
        return {ErrorCode::TcpClosed, who + " closed the connection inside the head of its answer, after " +
                                          std::to_string(headBytes) + (headBytes == 1 ? " byte" : " bytes")};
    if (how == ByteEnd::Reset)
        return {ErrorCode::TcpReset, who + " reset the connection before it answered"};
    return {ErrorCode::TcpClosed, who + " closed the connection before it answered"};
}

std::string joined(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

} // namespace

Link::Link(EngineServices &services, const Recorder &opener, LinkWay way)
    : m_services(services), m_way(std::move(way)), m_recorder(opener),
      m_connection(m_recorder, services.makeTransport(),
                   {[this] { onConnected(); }, [this] { onSecured(); },
                    [this](const Plaintext &plaintext) { onReceived(plaintext); }, [this] { onReadDone(); },
                    [this](const TransportEnd &end) { onEnded(end); },
                    [this](const Error &error) { onCaptureFailed(error); }, [this] { onDrained(); }}),
      m_admission(services, [this](Exchange &exchange) { onAdmitted(exchange); }), m_idle(services.alarms),
      m_silence(services.alarms), m_pingPatience(services.alarms)
{
    m_recorder.setConnection(services.nextConnection());
}

Link::~Link() = default;

bool Link::takes(const LinkWay &way) const
{
    if (m_stage == Stage::Over || m_closing || !mayShare(way, m_way))
        return false;
    if (m_stage != Stage::Ready)
        return mayBecomeHttp2(way);
    return m_admission.takes(way);
}

std::string Link::crowding(const LinkWay &way) const
{
    LinkWay patient = way;
    patient.sharing.whenFull = WhenFull::Queue;
    return !takes(way) && takes(patient) ? m_admission.fullWords() + ": another connection" : std::string();
}

void Link::open()
{
    m_stage = Stage::Dialling;
    m_connection.open(m_way.route);
}

void Link::onConnected()
{
    if (m_way.route.proxy.kind != ProxyOptions::Kind::HttpConnect)
        return onSecured();
    // CONNECT (RFC 9110 section 9.3.6), an exchange of its own on the same connection.
    m_stage = Stage::Proxy;
    m_proxyAsker = m_admission.waiting().front();
    startHttp1(*m_proxyAsker);
    request(*m_proxyAsker, connectRequest(m_way.url, m_way.route.proxy), {});
}

bool Link::takeProxyAnswer(Exchange &exchange, const HttpHead &head)
{
    if (m_stage != Stage::Proxy)
        return false;
    m_tunnelOpen = head.status >= 200 && head.status < 300;
    if (m_tunnelOpen)
        return true;
    const Error refusal{ErrorCode::ProxyFailed,
                        "the proxy answered " + std::to_string(head.status) + " " + head.reason};
    const std::vector<Exchange *> all = m_admission.waiting();
    for (Exchange *waiting : all) {
        if (waiting != &exchange)
            waiting->conclude(ByteEnd::None, refusal);
    }
    exchange.handlers().refusedByProxy(refusal);
    return true;
}

void Link::explain(Error &error) const
{
    if (m_stage != Stage::Proxy || error.code == ErrorCode::None)
        return;
    if (m_http->failure())
        error.detail = "the proxy's answer: " + error.detail;
    error.code = ErrorCode::ProxyFailed;
}

/// One stage after the other: first TLS where it is wanted, then HTTP.
void Link::onSecured()
{
    if (m_way.tls && m_stage != Stage::Securing) {
        m_stage = Stage::Securing;
        const std::vector<Exchange *> all = m_admission.waiting();
        for (Exchange *exchange : all)
            exchange->handlers().securing();
        m_connection.startTls(m_way.tls, m_way.tlsSession);
        return;
    }
    becomeReady();
}

void Link::becomeReady()
{
    m_stage = Stage::Ready;
    const std::string chosen = m_connection.alpn();
    const bool isHttp2 = m_way.tls ? chosen == "h2" : m_way.http == HttpChoice::Http2;
    if (!isHttp2 && m_way.http == HttpChoice::Http2)
        return refuseHttp1(chosen);
    const std::string offered = joined(m_way.tlsOptions.alpn);
    m_choice = std::string(isHttp2 ? "HTTP/2" : "HTTP/1.1") +
               (!m_way.tls       ? isHttp2 ? " by prior knowledge" : ", as on cleartext"
                : chosen.empty() ? ", since the server's ALPN chose nothing of " + offered
                                 : ", by ALPN out of " + offered);
    if (isHttp2)
        startHttp2();
    m_admission.begin(connection(), m_http2, m_choice);
    admit();
}

/// Nothing falls back silently.
void Link::refuseHttp1(const std::string &chosen)
{
    const std::string what = chosen.empty() ? "chose nothing" : "chose \"" + chosen + "\"";
    concludeAll(ByteEnd::None,
                {ErrorCode::Http2NotOffered,
                 "the server does not offer HTTP/2: its ALPN " + what + " out of " + joined(m_way.tlsOptions.alpn)},
                OurEnd::GaveUp);
}

void Link::startHttp1(Exchange &exchange)
{
    m_http = std::make_unique<Http1Storey>(exchange, m_way.limits.headBytes);
}

void Link::startHttp2()
{
    auto http2 = std::make_unique<Http2Storey>(m_recorder, m_way, [this] { admit(); });
    m_http2 = http2.get();
    m_http = std::move(http2);
    write(SendCause::Own); // RFC 9113 section 3.4: the preface goes out at once
    m_lastRead = m_recorder.now();
    watchSilence();
}

void Link::join(Exchange &exchange)
{
    m_idle.clear();
    m_admission.wait(exchange);
    switch (m_stage) {
    case Stage::New: return open();
    case Stage::Ready:
        if (const auto self = shared_from_this(); !m_closing && !m_feeding)
            m_admission.admit(exchange);
        return;
    case Stage::Securing: return exchange.handlers().securing();
    case Stage::Dialling:
    case Stage::Proxy:
    case Stage::Over: return;
    }
}

/// Not in the middle of a read: what else that brings may speak against it.
void Link::admit()
{
    if (m_stage != Stage::Ready || m_closing || m_feeding || m_admission.waiting().empty())
        return;
    const auto self = shared_from_this();
    m_admission.admit();
}

void Link::onAdmitted(Exchange &exchange)
{
    const bool isShared = m_http2 != nullptr && m_http2->hadStreams();
    if (m_http2 == nullptr)
        startHttp1(exchange);
    exchange.setChoice(m_http->version(),
                       isShared ? m_choice + ", sharing connection " + std::to_string(connection().value) : m_choice);
    exchange.handlers().ready();
}

void Link::request(Exchange &exchange, const HttpHead &head, ByteView body)
{
    if (!m_http->request(exchange, head, body)) {
        exchange.conclude(ByteEnd::None, {ErrorCode::Http2Refused, "no stream could be opened on the connection"},
                          OurEnd::GaveUp);
        return;
    }
    flush();
}

void Link::onReceived(const Plaintext &plaintext)
{
    if (m_stage == Stage::Over || m_http == nullptr)
        return;
    const auto self = shared_from_this();
    m_receiving = m_feeding = true;
    m_http->feed(plaintext);
    m_feeding = false;
    if (m_http2 != nullptr && !m_http2->failure())
        admit();
    m_receiving = false;
    if (std::exchange(m_tunnelOpen, false)) {
        m_http.reset();
        onSecured();
    } else if (m_http2 != nullptr && m_stage != Stage::Over) {
        if (m_http2->failure())
            onHttp2Failed();
    }
}

/// A connection error (RFC 9113 section 5.4.1): its GOAWAY goes out, and that is all.
void Link::onHttp2Failed()
{
    write(SendCause::Own);
    const Error failure = *m_http2->failure();
    if (!concludeAll(ByteEnd::None, failure, OurEnd::GaveUp))
        tell(failure);
    end({Verdict::ByUs, "us", {}, 0, "ended by us: " + failure.detail}, false);
}

void Link::onReadDone()
{
    const auto self = shared_from_this();
    m_lastRead = m_recorder.now();
    m_pingPatience.clear();
    if (m_http == nullptr)
        return;
    write(SendCause::Answer); // nothing else is sent from inside a read
    for (Exchange *exchange : m_http->touched()) {
        if (exchange != nullptr && !exchange->isOver())
            exchange->handlers().readDone();
    }
    if (!m_crowded.empty())
        onDrained();
    admit(); // what was written may have ended a stream
}

void Link::onDrained()
{
    const std::vector<Exchange *> crowded = std::exchange(m_crowded, {});
    for (Exchange *exchange : crowded) {
        if (!exchange->isOver() && hasRoom(*exchange))
            exchange->handlers().drained();
    }
}

void Link::onCaptureFailed(const Error &error)
{
    const std::vector<Exchange *> all = m_admission.active().empty() ? m_admission.waiting() : m_admission.active();
    for (Exchange *exchange : all)
        exchange->handlers().captureFailed(error);
}

void Link::onEnded(const TransportEnd &end)
{
    if (m_stage == Stage::Over)
        return;
    const auto self = shared_from_this();
    m_connectionEnded = m_closing = true;
    const std::string who = m_stage == Stage::Proxy ? "the proxy" : "the peer";
    const bool goaway = m_http2 != nullptr && m_http2->isLeaving() && end.error.code == ErrorCode::None;
    const std::vector<Exchange *> all = m_admission.all();
    for (Exchange *exchange : all) {
        // What fails before HTTP begins has words of its own; afterwards the bytes' end speaks for itself, unless there
        // was no answer.
        Error error = end.error;
        if (error.code == ErrorCode::TlsNoAlpn && m_way.http == HttpChoice::Http2)
            error = {ErrorCode::Http2NotOffered, "the server does not offer HTTP/2: " + error.detail};
        if (goaway)
            error = {ErrorCode::Http2Goaway,
                     "the peer closed the connection behind its GOAWAY: " + m_http2->farewell()};
        else if (error.code == ErrorCode::None && !exchange->isAnswered())
            error = unanswered(end.how, pendingBytes(), who);
        else if (error.code == ErrorCode::None && end.how == ByteEnd::Reset)
            error = {ErrorCode::TcpReset, "the peer reset the connection"};
        exchange->conclude(end.how, std::move(error));
    }
    if (m_http2 == nullptr)
        return;
    if (all.empty() && end.error.code != ErrorCode::None)
        tell(end.error);
    this->end(judgeConnection(connectionEnding(end.how), !all.empty()), false);
}

bool Link::concludeAll(ByteEnd bytes, const Error &error, OurEnd ours)
{
    const auto self = shared_from_this();
    m_closing = true;
    const std::vector<Exchange *> all = m_admission.all();
    for (Exchange *exchange : all)
        exchange->conclude(bytes, error, ours);
    return !all.empty();
}

/// What went wrong behind the good end of all that was carried: nobody else says it.
void Link::tell(const Error &error)
{
    m_recorder.appendFacts(RecordKind::Error, ErrorFacts{std::string(word(error.code)), error.detail});
}

void Link::send(Exchange &exchange, ByteView bytes, SendCause cause)
{
    if (m_stage != Stage::Ready)
        return;
    if (!m_receiving)
        m_recorder.tick();
    m_http->send(exchange, bytes, cause);
    if (!m_receiving)
        write(cause);
}

void Link::flush()
{
    if (!m_receiving)
        write(SendCause::Own);
}

void Link::flushAnswers()
{
    if (m_receiving)
        write(SendCause::Answer);
}

void Link::write(SendCause cause)
{
    if (m_stage == Stage::Over || m_http == nullptr)
        return;
    const Bytes output = m_http->takeOutput();
    if (output.empty())
        return;
    {
        const ReleaseMarks::Pause pause(m_recorder.writer().marks());
        m_http->noteWritten(m_connection.send(output, cause));
    }
    m_recorder.publish();
}

bool Link::hasRoom(Exchange &exchange)
{
    if (m_connection.hasRoom() && m_http->unsent(exchange) <= Connection::RoomLimit)
        return true;
    m_crowded.push_back(&exchange);
    return false;
}

void Link::setPaused(Exchange &exchange, bool paused)
{
    if (m_stage == Stage::Ready && m_http->setPaused(exchange, paused))
        flush();
    else if (m_stage == Stage::Ready || !mayBecomeHttp2(m_way))
        m_connection.setPaused(paused);
}

void Link::closeSending(Exchange &exchange)
{
    if (m_http->endSending(exchange))
        flush();
    else
        m_connection.closeSending();
}

Ending Link::connectionEnding(ByteEnd bytes) const
{
    Ending ending;
    ending.bytes = bytes;
    ending.secure = m_connection.isSecure();
    ending.closeNotify = m_connection.sawCloseNotify();
    return ending;
}

Ending Link::endingOf(const Exchange &exchange, ByteEnd bytes) const
{
    Ending ending = connectionEnding(bytes);
    const bool isShared = m_http2 != nullptr && !m_connectionEnded;
    ending.onStream = isShared && exchange.stream().isValid();
    ending.secure = ending.secure && !isShared;
    ending.droppedFor = m_droppedFor;
    if (m_http != nullptr) {
        // HTTP/2 may have failed further on in the read than the exchange's end; who is ended by that is told so.
        if (m_http2 == nullptr && bytes == ByteEnd::None && m_http->failure())
            ending.ours = OurEnd::GaveUp;
        ending.insideMessage = m_http->isInsideMessage(exchange);
        ending.unsentBytes = m_http->unsent(exchange);
    }
    return ending;
}

void Link::finish(Exchange &exchange, ByteEnd bytes)
{
    if (m_http != nullptr)
        m_http->finish(exchange, bytes);
}

bool Link::isHeadComing() const
{
    return m_stage == Stage::Ready && m_http2 == nullptr && pendingBytes() > 0;
}

void Link::leave(Exchange &exchange, OurEnd how)
{
    const auto self = shared_from_this();
    m_admission.remove(exchange);
    std::erase(m_crowded, &exchange);
    if (m_stage == Stage::Over)
        return;
    const bool asksProxy = m_stage == Stage::Proxy && &exchange == m_proxyAsker;
    if (asksProxy && !m_closing) {
        m_closing = true; // nobody finds it again
        m_admission.sendAllElsewhere("the session that opened connection " + std::to_string(connection().value) +
                                     " has left");
    }
    const bool isLast = m_admission.isEmpty();
    if (m_http2 == nullptr && isLast) {
        m_stage = Stage::Over;
        how == OurEnd::Dropped ? m_connection.drop() : m_connection.close();
    } else if (m_http2 != nullptr && m_closing) {
        return;
    } else if (m_http2 != nullptr && how == OurEnd::Dropped) {
        // A network that cuts a connection cuts all that go over it.
        m_droppedFor = exchange.recorder().session();
        concludeAll(ByteEnd::None, {}, OurEnd::Dropped);
        end({Verdict::ByUs, "us", {}, 0, "dropped by us, for session " + std::to_string(m_droppedFor.value)}, true);
    } else if (m_http2 != nullptr) {
        m_http2->leave(exchange, how);
        flush();
        isLast ? settleDown() : admit();
    }
}

/// Nothing goes over it any more: whoever comes back soon finds it still open, as in browsers.
void Link::settleDown()
{
    if (m_way.sharing.ownConnection || m_http2->isLeaving())
        m_idle.set(Milliseconds(0), [this] { closeIdle(); });
    else
        m_idle.set(IdleTime, [this] { closeIdle(); });
}

void Link::closeIdle()
{
    if (m_stage != Stage::Ready || m_http2 == nullptr || !m_admission.isEmpty())
        return;
    const auto self = shared_from_this();
    m_recorder.tick();
    m_http2->goaway();
    write(SendCause::Own);
    end({Verdict::ByUs, "us", {}, 0, "closed by us: no stream was left"}, false);
}

/// What a connection that carried many says of its own end.
void Link::end(const EndFacts &facts, bool drop)
{
    if (std::exchange(m_stage, Stage::Over) == Stage::Over)
        return;
    m_idle.clear();
    m_silence.clear();
    m_pingPatience.clear();
    m_http2->finishFrames();
    m_recorder.appendFacts(RecordKind::End, facts);
    drop ? m_connection.drop() : m_connection.close();
    m_recorder.publish();
}

/// RFC 9113 section 6.7: a silent connection may be dead without anybody knowing.
void Link::watchSilence()
{
    m_silence.set(SilentTime, [this] {
        const auto silent = Milliseconds((m_recorder.tick() - m_lastRead) / 1'000'000);
        if (silent >= SilentTime && !m_admission.isEmpty() && !m_pingPatience.isSet()) {
            m_http2->ping();
            write(SendCause::Own);
            m_pingPatience.set(PingPatience, [this] { onPingUnanswered(); });
        }
        watchSilence();
    });
}

void Link::onPingUnanswered()
{
    const auto self = shared_from_this();
    m_recorder.tick();
    concludeAll(ByteEnd::Failed,
                {ErrorCode::Http2PingTimeout, "the connection was silent and a PING stayed unanswered for " +
                                                  std::to_string(PingPatience.count() / 1000) + " s"},
                OurEnd::None);
    end({Verdict::Cut, "network", {}, 0, "a PING stayed unanswered"}, true);
}

} // namespace pushscope
