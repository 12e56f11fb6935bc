#include "core/engine/stack.h"

#include "core/engine/request.h"
#include "core/wire/http/http1codec.h"

#include <utility>

namespace pushscope {

namespace {

Error unanswered(ByteEnd how, std::uint64_t headBytes, const std::string &who)
{
    if (how == ByteEnd::Fin && headBytes != 0)
        return {ErrorCode::HttpMalformed, who + " closed the connection inside the head of its answer, after " +
                                              std::to_string(headBytes) + (headBytes == 1 ? " byte" : " bytes")};
    if (how == ByteEnd::Reset)
        return {ErrorCode::TcpReset, who + " reset the connection before it answered"};
    return {ErrorCode::TcpClosed, who + " closed the connection before it answered"};
}

} // namespace

Stack::Stack(Recorder &recorder, std::unique_ptr<Transport> transport, Way way, Handlers handlers)
    : m_recorder(recorder), m_way(std::move(way)), m_handlers(std::move(handlers)),
      m_connection(recorder, std::move(transport),
                   {[this] { onConnected(); }, [this] { onSecured(); },
                    [this](const Plaintext &plaintext) { onReceived(plaintext); },
                    [this] {
                        flush();
                        m_handlers.readDone();
                    },
                    [this](const TransportEnd &end) { onEnded(end); }, m_handlers.captureFailed, m_handlers.drained})
{
}

void Stack::open()
{
    m_connection.open(m_way.route);
}

void Stack::onConnected()
{
    if (m_way.route.proxy.kind == ProxyOptions::Kind::HttpConnect)
        askProxy();
    else
        onSecured();
}

/// CONNECT (RFC 9110 section 9.3.6), an exchange of its own on the same connection.
void Stack::askProxy()
{
    m_stage = Stage::Proxy;
    m_http =
        std::make_unique<HttpStorey>(m_recorder, std::make_unique<Http1Codec>(Role::Client, m_way.limits.headBytes));
    m_mirror = std::make_unique<OutMirror>(m_recorder, m_way.limits);
    request(connectRequest(m_way.url, m_way.route.proxy), {});
}

void Stack::takeProxyAnswer()
{
    HttpFact fact;
    while (!m_over && m_stage == Stage::Proxy && m_http->next(fact)) {
        if (fact.kind == HttpFact::Kind::Head && !fact.head->isInterim()) {
            if (fact.head->status >= 200 && fact.head->status < 300)
                return onSecured();
            m_handlers.refusedByProxy(
                {ErrorCode::ProxyFailed,
                 "the proxy answered " + std::to_string(fact.head->status) + " " + fact.head->reason});
        } else if (fact.kind == HttpFact::Kind::Body) {
            takeBody(fact.body);
        } else if (fact.kind == HttpFact::Kind::End && std::holds_alternative<BodyStorey>(m_content)) {
            conclude(ByteEnd::None, {});
        }
    }
    if (!m_over && m_stage == Stage::Proxy && m_http->codec().failure())
        conclude(ByteEnd::None, {ErrorCode::ProxyFailed, "the proxy's answer: " + m_http->codec().failure()->detail});
}

/// One stage after the other: first TLS where it is wanted, then the request.
void Stack::onSecured()
{
    if (m_way.tls && m_stage != Stage::Securing) {
        m_stage = Stage::Securing;
        m_handlers.securing();
        m_connection.startTls(m_way.tls, m_way.tlsSession);
        return;
    }
    m_http =
        std::make_unique<HttpStorey>(m_recorder, std::make_unique<Http1Codec>(Role::Client, m_way.limits.headBytes));
    m_mirror = std::make_unique<OutMirror>(m_recorder, m_way.limits);
    m_stage = Stage::Ready;
    m_handlers.ready();
}

Seq Stack::request(const HttpHead &head, ByteView body)
{
    m_mirror->expectRequest(body.size());
    const Bytes bytes = m_http->request(head, body);
    m_mirror->take(m_connection.send(bytes, SendCause::Own));
    m_http->noteRequest(m_mirror->requestRecord());
    return m_mirror->requestRecord();
}

void Stack::takeAsEventStream(EventSourceState &state)
{
    m_content.emplace<SseStorey>(m_recorder, state, m_http->body(), m_way.limits.messageBytes);
}

void Stack::takeAsStream(StreamStorey::By by, EventCount &count)
{
    m_content.emplace<StreamStorey>(m_recorder, m_http->body(), by, count, m_way.limits.messageBytes);
}

void Stack::takeAsBody()
{
    m_content.emplace<BodyStorey>(m_recorder, m_http->body(), Direction::In, m_way.limits.bodyBytes);
}

void Stack::takeAsWebSocket(bool keepPayloads, EventCount &count)
{
    m_content.emplace<WsStorey>(m_recorder, m_http->body(), m_controls,
                                WsStorey::Options{Direction::In, m_way.limits, keepPayloads, &count});
    m_mirror->becomeWebSocket(m_controls);
}

void Stack::onReceived(const Plaintext &plaintext)
{
    if (m_over || m_http == nullptr)
        return;
    m_receiving = true;
    m_http->feed(plaintext);
    if (m_stage == Stage::Proxy)
        takeProxyAnswer();
    else
        drain();
    if (auto *events = std::get_if<SseStorey>(&m_content))
        events->settle();
    m_receiving = false;
}

void Stack::drain()
{
    HttpFact fact;
    while (!m_over && m_http->next(fact))
        takeFact(fact);
    if (m_over)
        return;
    if (const auto &failure = m_http->codec().failure())
        conclude(ByteEnd::None, *failure);
    else if (m_messageEnded)
        conclude(ByteEnd::None, {});
}

void Stack::takeFact(const HttpFact &fact)
{
    switch (fact.kind) {
    case HttpFact::Kind::Head:
        if (fact.head->isInterim() || m_http->codec().failure())
            return;
        m_stage = Stage::Answered;
        m_handlers.answered(*fact.head, m_http->headRecord());
        return;
    case HttpFact::Kind::Body: takeBody(fact.body); return;
    case HttpFact::Kind::End: m_messageEnded = m_stage == Stage::Answered; return;
    case HttpFact::Kind::Chunk:
    case HttpFact::Kind::ChunkEnd:
    case HttpFact::Kind::Trailers:
    case HttpFact::Kind::Junk:
    case HttpFact::Kind::Promise:
    case HttpFact::Kind::Reset:
    case HttpFact::Kind::Settings:
    case HttpFact::Kind::PingAck:
    case HttpFact::Kind::Goaway: return;
    }
}

void Stack::takeBody(ByteView bytes)
{
    if (auto *webSocket = std::get_if<WsStorey>(&m_content)) {
        webSocket->feed(bytes);
        drainWebSocket();
    } else if (auto *events = std::get_if<SseStorey>(&m_content)) {
        events->feed(bytes);
    } else if (auto *stream = std::get_if<StreamStorey>(&m_content)) {
        stream->feed(bytes);
    } else if (auto *body = std::get_if<BodyStorey>(&m_content)) {
        body->feed(bytes);
    }
}

void Stack::drainWebSocket()
{
    WsStep step;
    while (!m_over && std::get<WsStorey>(m_content).next(step))
        m_handlers.webSocket(step);
}

void Stack::send(ByteView frames, SendCause cause)
{
    if (m_receiving) {
        m_outgoing += frames;
    } else if (!m_over) {
        m_recorder.tick();
        write(frames, cause);
    }
}

void Stack::flush()
{
    if (m_outgoing.empty() || m_over)
        return;
    write(std::exchange(m_outgoing, {}), SendCause::Answer); // nothing else is sent from inside a read
}

void Stack::write(ByteView frames, SendCause cause)
{
    m_mirror->take(m_connection.send(m_http->tunnel(frames), cause));
    m_recorder.publish();
}

void Stack::onEnded(const TransportEnd &end)
{
    if (m_over)
        return;
    // What fails before HTTP begins has words of its own; afterwards the bytes' end speaks for itself, unless there was
    // no answer.
    Error error = end.error;
    if (error.code == ErrorCode::None && m_stage != Stage::Answered)
        error = unanswered(end.how, pendingBytes(), m_stage == Stage::Proxy ? "the proxy" : "the peer");
    else if (error.code == ErrorCode::None && end.how == ByteEnd::Reset)
        error = {ErrorCode::TcpReset, "the peer reset the connection"};
    if (m_stage == Stage::Proxy)
        error.code = ErrorCode::ProxyFailed;
    conclude(end.how, std::move(error));
}

std::uint64_t Stack::pendingBytes() const
{
    if (const auto *events = std::get_if<SseStorey>(&m_content))
        return events->pendingBytes();
    if (const auto *stream = std::get_if<StreamStorey>(&m_content))
        return stream->pendingBytes();
    if (const auto *webSocket = std::get_if<WsStorey>(&m_content))
        return webSocket->pendingBytes();
    return m_http != nullptr ? m_http->codec().pendingBytes() : 0;
}

/// What is known now, before the storeys are told that it is over.
Ending Stack::ending(ByteEnd bytes)
{
    Ending ending;
    ending.bytes = bytes;
    if (bytes == ByteEnd::None && m_http != nullptr && m_http->codec().failure())
        ending.ours = OurEnd::GaveUp;
    ending.answered = m_stage == Stage::Answered;
    ending.messageEnded = m_messageEnded;
    ending.insideMessage = m_http != nullptr && !m_messageEnded &&
                           (m_http->codec().failure().has_value() || m_http->codec().isInsideMessage(StreamId()));
    const auto *webSocket = std::get_if<WsStorey>(&m_content);
    ending.webSocket = webSocket != nullptr;
    // A plain stream's last line needs no line ending, unless the end cut it.
    const bool isWhole =
        std::holds_alternative<StreamStorey>(m_content) && !ending.insideMessage && bytes != ByteEnd::Reset;
    ending.pendingBytes = isWhole ? 0 : pendingBytes();
    ending.insideBlock = ending.pendingBytes != 0 || (webSocket != nullptr && webSocket->isInsideMessage());
    ending.secure = m_connection.isSecure();
    ending.closeNotify = m_connection.sawCloseNotify();
    return ending;
}

void Stack::finishStoreys(bool cut)
{
    if (m_http != nullptr && !m_http->codec().failure() && !m_messageEnded) {
        m_http->finish();
        HttpFact fact;
        while (m_http->next(fact)) {
            if (fact.kind == HttpFact::Kind::Body)
                takeBody(fact.body);
        }
    }
    if (auto *events = std::get_if<SseStorey>(&m_content)) {
        events->finish();
    } else if (auto *stream = std::get_if<StreamStorey>(&m_content)) {
        stream->finish(cut);
    } else if (auto *body = std::get_if<BodyStorey>(&m_content)) {
        body->finish();
    } else if (auto *webSocket = std::get_if<WsStorey>(&m_content)) {
        webSocket->finish();
        WsStep step;
        while (webSocket->next(step)) {
        }
    }
    if (m_mirror != nullptr)
        m_mirror->finish();
}

void Stack::conclude(ByteEnd bytes, Error error)
{
    if (bytes == ByteEnd::None)
        flush();
    Ending ending = this->ending(bytes);
    if (error.code == ErrorCode::TlsVerify)
        ending.ours = OurEnd::GaveUp;
    m_over = true;
    finishStoreys(ending.insideMessage || bytes == ByteEnd::Reset);
    m_connection.close();
    m_handlers.ended({ending, std::move(error)});
}

Ending Stack::end(OurEnd how)
{
    flush();
    Ending ending = this->ending(ByteEnd::None);
    ending.ours = how;
    m_over = true;
    finishStoreys(true);
    if (how == OurEnd::Dropped)
        m_connection.drop();
    else
        m_connection.close();
    return ending;
}

bool Stack::isHeadComing() const
{
    return m_stage == Stage::Ready && m_http->codec().pendingBytes() > 0;
}

bool Stack::isBodyLimitReached() const
{
    const auto *body = std::get_if<BodyStorey>(&m_content);
    return body != nullptr && body->isLimitReached();
}

} // namespace pushscope
