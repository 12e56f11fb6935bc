#include "core/capture/details/ssedetails.h"

#include "core/capture/capture.h"
#include "core/capture/details/httpdetails.h"

namespace pushscope {

namespace {

constexpr ByteView ByteOrderMark = "\xEF\xBB\xBF";

SseLine lineOf(ByteView bytes, bool atStreamStart)
{
    if (atStreamStart && bytes.starts_with(ByteOrderMark))
        bytes.remove_prefix(ByteOrderMark.size());
    if (bytes.starts_with('\n')) // of the CR that ended the fact before: see SseDecoder
        bytes.remove_prefix(1);
    return parseSseLine(bytes.substr(0, bytes.find_first_of("\r\n")));
}

} // namespace

SseBlock sseBlockOf(const Capture &capture, Seq seq)
{
    Bytes scratch;
    return parseSseBlock(capture.originView(seq, scratch), capture.record(seq).has(RecordFlag::StreamStart));
}

SseLine sseLineOf(const Capture &capture, Seq seq, Bytes &scratch, std::uint64_t limit)
{
    return lineOf(capture.originView(seq, scratch, limit), capture.record(seq).has(RecordFlag::StreamStart));
}

Bytes lastEventIdSetBy(const Capture &capture, Seq seq)
{
    if (!seq.isValid() || seq.value > capture.counts().records)
        return {};
    const RecordKind kind = capture.record(seq).kind;
    if (kind == RecordKind::HttpRequest)
        return Bytes(httpHeadOf(capture, seq).headers.value("Last-Event-ID").value_or(std::string_view()));
    if (kind == RecordKind::SseEvent || kind == RecordKind::SseBlock)
        return sseBlockOf(capture, seq).id.value_or(Bytes());
    return {};
}

Bytes lastEventIdAt(const Capture &capture, Seq seq)
{
    if (!seq.isValid() || seq.value > capture.counts().records)
        return {};
    const Record &record = capture.record(seq);
    if (record.kind < RecordKind::SseEvent || record.kind > RecordKind::SseIncomplete)
        return {};
    return lastEventIdSetBy(capture, record.has(RecordFlag::IdSet) ? seq : Seq(record.related));
}

SseDetails sseDetailsOf(const Capture &capture, Seq seq)
{
    const Record &record = capture.record(seq);
    SseDetails details;
    if (record.kind == RecordKind::SseEvent || record.kind == RecordKind::SseBlock) {
        SseBlock block = sseBlockOf(capture, seq);
        details.type = block.type.empty() ? Bytes("message") : std::move(block.type);
        details.idSet = record.has(RecordFlag::IdSet);
        details.id =
            details.idSet ? std::move(block.id).value_or(Bytes()) : lastEventIdSetBy(capture, Seq(record.related));
    } else {
        Bytes scratch;
        const SseLine line = sseLineOf(capture, seq, scratch);
        details.name = line.name;
        details.value = line.value;
    }
    return details;
}

} // namespace pushscope
