#include "core/engine/http1outbound.h"

#include "core/engine/exchange.h"

namespace pushscope {

namespace {

constexpr std::uint32_t OwnHeadLimit = ~std::uint32_t(0); ///< the limits are against peers

} // namespace

Http1Outbound::Http1Outbound(Exchange &exchange)
    : m_exchange(exchange), m_parser(Http1Parser::Side::Requests, OwnHeadLimit),
      m_hold(exchange.recorder().writer().marks(), m_plain)
{
}

void Http1Outbound::take(const Plaintext &written)
{
    const std::uint64_t begin = m_plain.end();
    m_plain.append(written.logOffset, written.bytes.size(), written.carrier);
    m_parser.feed(written.bytes);
    HttpFact fact;
    while (m_parser.next(fact))
        takeFact(fact, written, begin);
    m_plain.forget(m_plain.end() - m_parser.pendingBytes());
}

void Http1Outbound::takeFact(const HttpFact &fact, const Plaintext &written, std::uint64_t begin)
{
    switch (fact.kind) {
    case HttpFact::Kind::Head: recordRequest(fact); return;
    case HttpFact::Kind::Body:
        m_exchange.takeSent({fact.body, written.logOffset + (fact.range.begin - begin), written.carrier});
        return;
    case HttpFact::Kind::End: m_exchange.finishRequest(); return;
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

void Http1Outbound::recordRequest(const HttpFact &fact)
{
    Recorder &recorder = m_exchange.recorder();
    Record record = recorder.begin(RecordKind::HttpRequest, Direction::Out);
    m_plain.locate(fact.range, record, recorder.writer());
    recorder.setDerived(record, encode(RequestFacts{m_bodyBytes, {}}));
    const Seq request = recorder.append(record);
    recorder.findings(request, fact.range.begin, m_parser.findings());
    m_exchange.noteRequest(request);
}

void Http1Outbound::becomeTunnel()
{
    m_parser.switchToTunnel();
}

} // namespace pushscope
