#include "core/engine/http2frames.h"

#include "core/capture/details/http2details.h"

#include <utility>

namespace pushscope {

namespace {

/// Recorded as soon as the header is here, since its content is handed on as it arrives. The others are small.
bool isStreamed(RecordKind kind)
{
    return kind == RecordKind::H2Data || kind == RecordKind::H2Unknown;
}

bool carriesBlock(RecordKind kind)
{
    return kind == RecordKind::H2Headers || kind == RecordKind::H2PushPromise || kind == RecordKind::H2Continuation;
}

FieldBlockFacts factsOf(const HpackBlock &block)
{
    FieldBlockFacts facts;
    facts.fields.reserve(block.fields.size());
    for (const HpackField &field : block.fields)
        facts.fields.push_back(
            {{field.name, field.value}, static_cast<std::uint8_t>(field.coding), field.index, field.range});
    facts.sizeUpdates = block.sizeUpdates;
    facts.tableSize = block.tableSize;
    facts.leftOut = block.leftOut;
    facts.error = block.error;
    return facts;
}

} // namespace

Http2Frames::Http2Frames(Recorder &recorder, Direction direction, std::uint64_t headLimit, PingLedger &pings,
                         std::function<StreamOwner(StreamId)> owner)
    : m_recorder(recorder), m_direction(direction), m_pings(pings), m_owner(std::move(owner)),
      m_splitter(direction == Direction::Out ? Http2Splitter::Sender::Client : Http2Splitter::Sender::Server, headLimit)
{
}

void Http2Frames::feed(const Plaintext &plaintext)
{
    m_input = plaintext;
    m_inputBegin = m_plain.end();
    m_plain.append(plaintext.logOffset, plaintext.bytes.size(), plaintext.carrier);
    m_growing.grow(m_plain, m_recorder.writer());
    m_splitter.feed(plaintext.bytes);
}

void Http2Frames::settle()
{
    // Not before: what the codec makes of a frame may become known behind the read's last one.
    if (!m_insideBlock)
        m_plain.forget(m_plain.end() - m_splitter.pendingBytes());
}

bool Http2Frames::next(Http2Fact &fact)
{
    if (!m_splitter.next(fact))
        return false;
    if (fact.kind == Http2Fact::Kind::Begin || fact.kind == Http2Fact::Kind::End) {
        const bool atBegin = fact.kind == Http2Fact::Kind::Begin;
        if (isStreamed(http2KindOf(fact.frame.type)) == atBegin)
            record(fact);
    }
    if (const auto findings = m_splitter.findings(); !findings.empty() || !m_early.empty())
        takeFindings(fact, findings);
    return true;
}

/// What is wrong with a header may be known before the frame has its record.
void Http2Frames::takeFindings(const Http2Fact &fact, std::span<const Finding> findings)
{
    if (fact.kind == Http2Fact::Kind::Preface || fact.kind == Http2Fact::Kind::Junk) {
        m_recorder.findings(m_input.carrier, m_inputBegin, findings);
    } else if (fact.kind == Http2Fact::Kind::Begin && !isStreamed(http2KindOf(fact.frame.type))) {
        m_early.assign(findings.begin(), findings.end());
    } else {
        m_recorder.findings(m_frame, m_frameBegin, std::exchange(m_early, {}));
        m_recorder.findings(m_frame, m_frameBegin, findings);
    }
}

void Http2Frames::record(const Http2Fact &fact)
{
    const RecordKind kind = http2KindOf(fact.frame.type);
    Record record = m_recorder.begin(kind, m_direction);
    const StreamId stream(fact.frame.stream);
    record.stream = stream.value;
    if (const StreamOwner owner = m_owner(stream); owner.session.isValid()) {
        record.session = owner.session.value;
        record.flags = owner.flags;
    }
    m_plain.locate(fact.range, record, m_recorder.writer());
    derive(fact, record);
    m_frame = m_recorder.append(record);
    m_frameBegin = fact.range.begin;
    if (isStreamed(kind))
        m_growing.begin(m_frame, fact.range.end, m_plain);
    else if (carriesBlock(kind))
        noteBlock(fact);
    if (kind == RecordKind::H2Ping && m_direction == Direction::Out && !fact.frame.has(Http2Flag::Ack))
        m_pings.note({parseHttp2Payload(fact.frame, fact.payload).opaque.value_or(0), m_frame, m_recorder.now()});
}

/// What can't be known from the frame's bytes later.
void Http2Frames::derive(const Http2Fact &fact, Record &record)
{
    if (fact.block != nullptr) {
        m_recorder.setDerived(record, encode(factsOf(*fact.block)));
    } else if (record.kind == RecordKind::H2Ping && m_direction == Direction::In && fact.frame.has(Http2Flag::Ack)) {
        const auto opaque = parseHttp2Payload(fact.frame, fact.payload).opaque;
        if (const auto ping = opaque ? m_pings.take(*opaque) : std::nullopt) {
            record.related = ping->record.value;
            m_recorder.setDerived(record, encode(PingFacts{milliseconds(m_recorder.now() - ping->sent)}));
        }
    }
}

void Http2Frames::noteBlock(const Http2Fact &fact)
{
    if (!std::exchange(m_insideBlock, true)) {
        m_blockRange = fact.range;
        m_blockFirst = m_frame;
    }
    m_blockRange.end = fact.range.end;
    m_blockLast = m_frame;
    m_block = fact.block;
    m_insideBlock = !fact.frame.has(Http2Flag::EndHeaders);
}

Record Http2Frames::recordOfBlock(RecordKind kind, Recorder &recorder)
{
    Record record = recorder.begin(kind, m_direction);
    m_plain.locate(m_blockRange, record, recorder.writer());
    const Seq next = recorder.writer().nextSeq();
    record.carrierFirst = Trail::distance(m_blockFirst, next);
    record.carrierLast = Trail::distance(m_blockLast, next);
    return record;
}

HttpFields Http2Frames::fieldsOfBlock() const
{
    HttpFields fields;
    if (m_block == nullptr)
        return fields;
    fields.reserve(m_block->fields.size());
    for (const HpackField &field : m_block->fields)
        fields.push_back({field.name, field.value});
    return fields;
}

} // namespace pushscope
