#include "core/engine/http1inbound.h"

#include "core/engine/exchange.h"

#include <algorithm>
#include <limits>

namespace pushscope {

namespace {

constexpr std::uint64_t ChunkEndLength = 2; // CRLF behind a chunk's data, RFC 9112 section 7.1

} // namespace

Http1Inbound::Http1Inbound(Exchange &exchange, Http1Codec &codec)
    : m_exchange(exchange), m_codec(codec), m_plainHold(exchange.recorder().writer().marks(), m_plain),
      m_subjectHold(exchange.recorder().writer().marks(), m_subject)
{
}

void Http1Inbound::feed(const Plaintext &plaintext)
{
    m_input = plaintext;
    m_inputBegin = m_plain.end();
    m_plain.append(plaintext.logOffset, plaintext.bytes.size(), plaintext.carrier);
    m_chunk.grow(m_plain, m_exchange.recorder().writer());
    if (!m_headRecord.isValid()) { // what no head explains yet is a matter of the read
        m_subject = plaintext.carrier;
        m_subjectBegin = m_inputBegin;
    }
    m_codec.feed(plaintext.bytes);
}

inline void Http1Inbound::recordFindings()
{
    m_exchange.recorder().findings(m_subject, m_subjectBegin, m_codec.findings());
}

bool Http1Inbound::next(HttpFact &fact)
{
    if (!m_codec.next(fact)) {
        recordFindings(); // the end of the input may be one
        m_plain.forget(m_plain.end() - m_codec.pendingBytes());
        return false;
    }
    switch (fact.kind) {
    case HttpFact::Kind::Head: recordHead(fact); break;
    case HttpFact::Kind::Chunk: recordChunk(fact); break;
    case HttpFact::Kind::Body:
        m_exchange.noteReceived(m_input.logOffset + (fact.range.begin - m_inputBegin), fact.range.size(),
                                m_chunkRecord.value_or(m_input.carrier));
        break;
    case HttpFact::Kind::Trailers: recordTrailers(fact); break;
    case HttpFact::Kind::ChunkEnd:
    case HttpFact::Kind::End:
    case HttpFact::Kind::Junk:
    case HttpFact::Kind::Promise:
    case HttpFact::Kind::Reset:
    case HttpFact::Kind::Settings:
    case HttpFact::Kind::PingAck:
    case HttpFact::Kind::Goaway: break;
    }
    recordFindings();
    return true;
}

void Http1Inbound::recordHead(const HttpFact &fact)
{
    Recorder &recorder = m_exchange.recorder();
    Record record = recorder.begin(RecordKind::HttpResponse, Direction::In);
    m_plain.locate(fact.range, record, recorder.writer());
    recorder.setDerived(record, encode(ResponseFacts{m_exchange.millisecondsSinceRequest(), {}}));
    record.related = m_exchange.requestRecord().value;
    m_headRecord = m_subject = recorder.append(record);
    m_subjectBegin = fact.range.begin;
    m_chunkRecord.reset();
}

void Http1Inbound::recordChunk(const HttpFact &fact)
{
    // A size may announce more bytes than a stream can have.
    const std::uint64_t room = std::numeric_limits<std::uint64_t>::max() - fact.range.end - ChunkEndLength;
    const std::uint64_t rest = fact.length == 0 ? 0 : std::min(fact.length, room) + ChunkEndLength;
    const std::uint64_t end = fact.range.end + rest;
    const Seq seq = m_exchange.recorder().append(RecordKind::H1Chunk, Direction::In, m_plain, {fact.range.begin, end});
    m_chunk.begin(seq, end, m_plain);
    m_chunkRecord = m_subject = seq;
    m_subjectBegin = fact.range.begin;
}

void Http1Inbound::recordTrailers(const HttpFact &fact)
{
    if (!fact.head || fact.head->headers.isEmpty())
        return;
    m_subject = m_exchange.recorder().append(RecordKind::HttpTrailers, Direction::In, m_plain, fact.range);
    m_subjectBegin = fact.range.begin;
}

} // namespace pushscope
