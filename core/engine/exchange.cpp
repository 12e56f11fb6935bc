#include "core/engine/exchange.h"

#include <utility>

namespace pushscope {

Exchange::Exchange(Recorder &recorder, LinkWay way, Handlers handlers)
    : m_recorder(recorder), m_way(std::move(way)), m_handlers(std::move(handlers))
{
}

Exchange::~Exchange()
{
    if (m_link != nullptr && !m_over)
        end(OurEnd::Left);
}

void Exchange::join(std::shared_ptr<Link> link)
{
    m_link = std::move(link);
    m_recorder.setConnection(m_link->connection());
    m_link->join(*this);
}

void Exchange::move(std::shared_ptr<Link> link, const std::string &why)
{
    m_recorder.setConnection(link->connection());
    m_toldWaiting = false;
    m_handlers.moved(why);
    join(std::move(link));
}

void Exchange::tellWaiting(const std::string &forWhat)
{
    if (!std::exchange(m_toldWaiting, true))
        m_handlers.waits(forWhat);
}

void Exchange::setStream(StreamId stream)
{
    m_stream = stream;
    m_recorder.setStream(stream);
}

void Exchange::setChoice(HttpVersion version, std::string why)
{
    m_version = version;
    m_choice = std::move(why);
}

void Exchange::request(const HttpHead &head, ByteView body)
{
    m_requestFields = head.headers;
    m_link->request(*this, head, body);
}

void Exchange::noteRequest(Seq record)
{
    m_requestRecord = record;
    m_requestTime = m_recorder.now();
    m_sentTrail = Trail();
    m_sent.emplace<BodyStorey>(m_recorder, m_sentTrail, Direction::Out, m_way.limits.bodyBytes);
}

void Exchange::finishRequest()
{
    if (auto *body = std::get_if<BodyStorey>(&m_sent)) {
        body->finish();
        m_sent.emplace<std::monostate>();
        m_sentTrail.forget(m_sentTrail.end());
    }
}

void Exchange::takeSent(const Plaintext &content)
{
    m_sentTrail.append(content.logOffset, content.bytes.size(), content.carrier);
    if (auto *webSocket = std::get_if<WsStorey>(&m_sent)) {
        webSocket->feed(content.bytes);
        WsStep step;
        while (webSocket->next(step)) {
        }
    } else if (auto *body = std::get_if<BodyStorey>(&m_sent)) {
        body->feed(content.bytes);
    }
}

void Exchange::takeAnswer(const HttpHead &head, Seq record)
{
    if (m_link->takeProxyAnswer(*this, head))
        return;
    m_answered = true;
    m_coded = openCodedContent(m_recorder, m_receivedTrail, {m_requestFields, head.headers, record});
    m_handlers.answered(head, record);
}

void Exchange::takeAsEventStream(EventSourceState &state)
{
    m_received.emplace<SseStorey>(m_recorder, state, contentTrail(), m_way.limits.messageBytes);
}

void Exchange::takeAsStream(StreamSplitter splitter, EventCount &count)
{
    m_received.emplace<StreamStorey>(m_recorder, contentTrail(), std::move(splitter), count);
}

void Exchange::takeAsEither()
{
    m_received.emplace<SniffStorey>();
}

void Exchange::takeAsBody()
{
    m_received.emplace<BodyStorey>(m_recorder, contentTrail(), Direction::In, m_way.limits.bodyBytes);
}

void Exchange::takeAsWebSocket(bool keepPayloads, EventCount &count)
{
    m_coded.reset(); // a tunnel's bytes are no content (RFC 9110 section 7.8)
    m_received.emplace<WsStorey>(m_recorder, m_receivedTrail, m_controls,
                                 WsStorey::Options{Direction::In, m_way.limits, keepPayloads, &count});
    m_sentTrail = Trail(); // the tunnel counts from its own first byte
    m_sent.emplace<WsStorey>(m_recorder, m_sentTrail, m_controls, WsStorey::Options{Direction::Out, m_way.limits});
    m_link->openTunnel(*this);
}

void Exchange::takeContent(ByteView bytes)
{
    if (m_coded)
        takeCoded(bytes);
    else
        deliver(bytes);
}

void Exchange::takeCoded(ByteView bytes)
{
    if (m_coded->isBroken())
        return;
    const CaptureWriter &writer = m_recorder.writer();
    m_coded->feed(bytes);
    for (ByteView plain = m_coded->next(); !plain.empty(); plain = m_coded->next()) {
        const std::uint64_t before = writer.nextSeq().value - writer.findings();
        deliver(plain);
        m_coded->noteMessages(writer.nextSeq().value - writer.findings() - before);
        if (!isContentWanted())
            m_coded->abandon();
    }
    if (m_coded->isBroken())
        conclude(ByteEnd::None, m_coded->error(), OurEnd::GaveUp);
}

/// Whatever takes it has all that it wanted; its owner will end this when the read is done.
bool Exchange::isContentWanted() const
{
    if (const auto *events = std::get_if<SseStorey>(&m_received))
        return !events->isLimitReached();
    if (const auto *stream = std::get_if<StreamStorey>(&m_received))
        return !stream->isLimitReached();
    return !isBodyLimitReached();
}

void Exchange::deliver(ByteView bytes)
{
    if (auto *webSocket = std::get_if<WsStorey>(&m_received)) {
        webSocket->feed(bytes);
        drainWebSocket();
    } else if (auto *events = std::get_if<SseStorey>(&m_received)) {
        events->feed(bytes);
    } else if (auto *stream = std::get_if<StreamStorey>(&m_received)) {
        stream->feed(bytes);
    } else if (auto *body = std::get_if<BodyStorey>(&m_received)) {
        body->feed(bytes);
    } else if (auto *beginning = std::get_if<SniffStorey>(&m_received)) {
        const SseSniff verdict = beginning->feed(bytes, m_recorder.now());
        if (verdict != SseSniff::Undecided)
            endSniffing(verdict == SseSniff::EventStream);
    }
}

void Exchange::endSniffing(bool isEventStream)
{
    auto *beginning = std::get_if<SniffStorey>(&m_received);
    if (beginning == nullptr)
        return;
    const SniffStorey kept = std::move(*beginning);
    *beginning = {};
    m_handlers.sniffed(isEventStream);
    ByteView rest = kept.beginning();
    for (const SniffStorey::Piece &piece : kept.pieces()) {
        m_recorder.setPast(piece.at);
        deliver(rest.substr(0, piece.size));
        rest.remove_prefix(piece.size);
        if (piece.isWhole)
            endPiece();
    }
    m_recorder.setPast({});
}

void Exchange::endPiece()
{
    if (auto *stream = std::get_if<StreamStorey>(&m_received))
        stream->endPiece();
    else if (auto *beginning = std::get_if<SniffStorey>(&m_received))
        beginning->endPiece();
}

void Exchange::drainWebSocket()
{
    WsStep step;
    while (!m_over && std::get<WsStorey>(m_received).next(step))
        m_handlers.webSocket(step);
}

void Exchange::settle()
{
    if (auto *events = std::get_if<SseStorey>(&m_received))
        events->settle();
}

std::uint64_t Exchange::pendingBytes() const
{
    if (const auto *events = std::get_if<SseStorey>(&m_received))
        return events->pendingBytes();
    if (const auto *stream = std::get_if<StreamStorey>(&m_received))
        return stream->pendingBytes();
    if (const auto *webSocket = std::get_if<WsStorey>(&m_received))
        return webSocket->pendingBytes();
    return m_link->pendingBytes();
}

/// What is known now, before the storeys are told that it is over.
Ending Exchange::ending(ByteEnd bytes) const
{
    Ending ending = m_link->endingOf(*this, bytes);
    ending.answered = m_answered;
    ending.messageEnded = m_messageEnded;
    ending.insideCoding = m_coded && m_coded->isInside();
    ending.codingBroken = m_coded && m_coded->isBroken();
    ending.codingBomb = m_coded && m_coded->isBomb();
    const auto *webSocket = std::get_if<WsStorey>(&m_received);
    ending.webSocket = webSocket != nullptr;
    // A plain stream's last line needs no line ending, unless the end cut it.
    const auto *stream = std::get_if<StreamStorey>(&m_received);
    const bool isWhole = stream != nullptr && stream->mayEndHere() && !ending.insideMessage && !ending.insideCoding &&
                         bytes != ByteEnd::Reset;
    ending.pendingBytes = isWhole ? 0 : pendingBytes();
    ending.insideBlock = ending.pendingBytes != 0 || (webSocket != nullptr && webSocket->isInsideMessage());
    return ending;
}

void Exchange::finishContents(bool cut)
{
    if (auto *events = std::get_if<SseStorey>(&m_received)) {
        events->finish();
    } else if (auto *stream = std::get_if<StreamStorey>(&m_received)) {
        stream->finish(cut);
    } else if (auto *body = std::get_if<BodyStorey>(&m_received)) {
        body->finish();
    } else if (auto *webSocket = std::get_if<WsStorey>(&m_received)) {
        webSocket->finish();
        WsStep step;
        while (webSocket->next(step)) {
        }
    }
    if (auto *webSocket = std::get_if<WsStorey>(&m_sent)) {
        webSocket->finish();
        WsStep step;
        while (webSocket->next(step)) {
        }
    }
    if (m_coded)
        m_coded->finish();
}

void Exchange::conclude(ByteEnd bytes, Error error, OurEnd ours)
{
    if (m_over)
        return;
    if (bytes == ByteEnd::None)
        m_link->flush();
    else if (bytes == ByteEnd::Fin)
        m_link->flushAnswers();
    m_link->explain(error);
    endSniffing(false);
    Ending ending = this->ending(bytes);
    if (ours != OurEnd::None)
        ending.ours = ours;
    if (error.code == ErrorCode::TlsVerify)
        ending.ours = OurEnd::GaveUp;
    m_over = true;
    m_link->finish(*this, bytes);
    finishContents(ending.insideMessage || ending.insideCoding || bytes == ByteEnd::Reset);
    m_link->leave(*this, ending.codingBroken ? ending.ours : OurEnd::None); // the peer would go on with the rest
    m_handlers.ended({ending, std::move(error)});
}

Ending Exchange::end(OurEnd how)
{
    m_link->flush();
    endSniffing(false);
    Ending ending = this->ending(ByteEnd::None);
    ending.ours = how;
    m_over = true;
    if (m_coded)
        m_coded->abandon(); // that it is not whole is our doing
    m_link->finish(*this, ByteEnd::None);
    finishContents(true);
    m_link->leave(*this, how);
    return ending;
}

bool Exchange::isHeadComing() const
{
    return !m_answered && m_requestRecord.isValid() && m_link->isHeadComing();
}

bool Exchange::isSniffing() const
{
    const auto *beginning = std::get_if<SniffStorey>(&m_received);
    return beginning != nullptr && beginning->isUndecided();
}

bool Exchange::isBodyLimitReached() const
{
    const auto *body = std::get_if<BodyStorey>(&m_received);
    return body != nullptr && body->isLimitReached();
}

} // namespace pushscope
