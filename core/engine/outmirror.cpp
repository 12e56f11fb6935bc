#include "core/engine/outmirror.h"

namespace pushscope {

namespace {

constexpr std::uint32_t OwnHeadLimit = ~std::uint32_t(0); ///< the limits are against peers

} // namespace

OutMirror::OutMirror(Recorder &recorder, const Limits &limits)
    : m_recorder(recorder), m_limits(limits), m_parser(Http1Parser::Side::Requests, OwnHeadLimit)
{
}

void OutMirror::take(const Plaintext &written)
{
    const std::uint64_t begin = m_plain.end();
    m_plain.append(written.logOffset, written.bytes.size(), written.carrier);
    m_parser.feed(written.bytes);
    HttpFact fact;
    while (m_parser.next(fact))
        takeFact(fact, written, begin);
    m_plain.forget(m_plain.end() - m_parser.pendingBytes());
}

void OutMirror::takeFact(const HttpFact &fact, const Plaintext &written, std::uint64_t begin)
{
    switch (fact.kind) {
    case HttpFact::Kind::Head:
        recordRequest(fact);
        m_content.emplace(m_recorder, m_body, Direction::Out, m_limits.bodyBytes);
        return;
    case HttpFact::Kind::Body:
        m_body.append(written.logOffset + (fact.range.begin - begin), fact.range.size(), written.carrier);
        if (m_webSocket) {
            m_webSocket->feed(fact.body);
            drainWebSocket();
        } else if (m_content) {
            m_content->feed(fact.body);
        }
        return;
    case HttpFact::Kind::End:
        if (m_content)
            m_content->finish();
        m_content.reset();
        return;
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

void OutMirror::recordRequest(const HttpFact &fact)
{
    Record record = m_recorder.begin(RecordKind::HttpRequest, Direction::Out);
    m_plain.locate(fact.range, record, m_recorder.writer());
    m_recorder.setDerived(record, encode(RequestFacts{m_bodyBytes}));
    m_request = m_recorder.append(record);
    m_recorder.findings(m_request, fact.range.begin, m_parser.findings());
}

void OutMirror::becomeWebSocket(ControlLedger &controls)
{
    m_parser.switchToTunnel();
    m_body = Trail(); // the tunnel counts from its own first byte
    m_webSocket.emplace(m_recorder, m_body, controls, WsStorey::Options{Direction::Out, m_limits});
}

void OutMirror::finish()
{
    if (!m_webSocket)
        return;
    m_webSocket->finish();
    drainWebSocket();
}

void OutMirror::drainWebSocket()
{
    WsStep step;
    while (m_webSocket->next(step)) {
    }
}

} // namespace pushscope
