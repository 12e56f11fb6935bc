#include "app/record/totals.h"

#include "core/capture/capture.h"
#include "core/capture/details/partdetails.h"
#include "core/capture/facts.h"
#include "core/wire/sse/sseblock.h"
#include "core/wire/ws/wsframe.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sys/resource.h>

namespace pushscope {

namespace {
/// The first bytes of a record's origin: in place where they lie together, which nearly all do.
ByteView originStart(const Capture &capture, const Record &record, Seq seq, std::uint32_t length, Bytes &scratch)
{
    if (!record.has(RecordFlag::Scattered)) {
        if (const ByteView view = capture.bytesAt(record.origin, length); view.size() == length)
            return view;
    }
    return capture.originView(seq, scratch, length);
}

/// A data frame's payload (RFC 6455 section 5.2): what it has beyond its header.
std::uint64_t framePayload(const Capture &capture, const Record &record, Seq seq)
{
    Bytes scratch;
    const ByteView head = originStart(capture, record, seq, std::min(record.originLength, 2u), scratch);
    if (head.size() < 2 || isControl(static_cast<WsOpcode>(head[0] & 0x0F)))
        return 0;
    const int lengthField = head[1] & 0x7F;
    const std::uint32_t headerLength = 2 +
                                       (lengthField == 126   ? 2
                                        : lengthField == 127 ? 8
                                                             : 0) +
                                       ((head[1] & 0x80) != 0 ? 4 : 0);
    return std::max(record.originLength, headerLength) - headerLength;
}

/// What the application meant to say, without what carried it. WebSocket payloads are counted by their frames.
std::uint64_t payloadBytes(const Capture &capture, const Record &record, Seq seq)
{
    if (record.kind == RecordKind::WsFrame)
        return framePayload(capture, record, seq);
    if (record.kind == RecordKind::SseEvent) {
        Bytes scratch;
        return sseDataLength(originStart(capture, record, seq, record.originLength, scratch),
                             record.has(RecordFlag::StreamStart));
    }
    if (record.kind == RecordKind::StreamPart)
        return record.originLength - partOf(capture, seq).contentBegin;
    const bool isWhole = record.kind == RecordKind::StreamLine || record.kind == RecordKind::StreamChunk;
    return isWhole ? record.originLength : 0;
}

/// The high-water mark of this program alone (proc(5)): what getrusage() says begins with the memory of whoever started
/// us.
long peakResidentKib()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:"))
            return std::atol(line.c_str() + std::strlen("VmHWM:"));
    }
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}
} // namespace

void Totals::take(const Capture &capture, const Record &record, Layer layer, Seq seq)
{
    if (m_records++ == 0)
        m_begin = record.time;
    switch (layer) {
    case Layer::Connection: takeConnection(capture, record, seq); break;
    case Layer::Frames:
        ++m_frames;
        m_bytesPayload += payloadBytes(capture, record, seq);
        break;
    case Layer::Messages:
        ++m_messages;
        m_bytesPayload += payloadBytes(capture, record, seq);
        break;
    case Layer::Findings: break;
    case Layer::Reads: takeTail(capture, record, seq); break;
    }
}

void Totals::takeTail(const Capture &capture, const Record &record, Seq seq)
{
    if (layerOf(record.kind) == Layer::Reads)
        m_bytesWire +=
            record.derivedLength == 0 ? record.originLength : decodeFacts<ReadFacts>(capture.derived(seq)).bytes;
}

void Totals::takeConnection(const Capture &capture, const Record &record, Seq seq)
{
    if (record.kind == RecordKind::Tcp)
        ++m_connections;
    if (record.kind == RecordKind::State) {
        const auto facts = decodeFacts<StateFacts>(capture.derived(seq));
        if (facts.state == SessionState::Open && !m_firstOpen)
            m_firstOpen = record.time;
        std::uint32_t &attempts = m_attempts[record.session];
        m_reconnects += facts.attempt > std::max(attempts, 1u) ? 1 : 0;
        attempts = std::max(attempts, facts.attempt);
    }
    if (record.kind == RecordKind::Resume) {
        const auto facts = decodeFacts<ResumeFacts>(capture.derived(seq));
        m_gaps += facts.gap.value_or(0);
        m_duplicates += facts.duplicates;
    }
}

std::string Totals::json(double seconds, std::uint64_t lost) const
{
    const auto number = [](std::uint64_t value) { return std::to_string(value); };
    const auto decimal = [](double value) {
        char text[32];
        std::snprintf(text, sizeof text, "%.6f", value);
        return std::string(text);
    };
    return R"({"records":)" + number(m_records) + R"(,"messages":)" + number(m_messages) + R"(,"frames":)" +
           number(m_frames) + R"(,"bytes_wire":)" + number(m_bytesWire) + R"(,"bytes_payload":)" +
           number(m_bytesPayload) + R"(,"seconds":)" + decimal(seconds) + R"(,"connect_seconds":)" +
           decimal(static_cast<double>(m_firstOpen.value_or(m_begin) - m_begin) / 1e9) + R"(,"reconnects":)" +
           number(m_reconnects) + R"(,"gaps":)" + number(m_gaps) + R"(,"duplicates":)" + number(m_duplicates) +
           R"(,"lost":)" + number(lost) + R"(,"peak_rss_kib":)" + std::to_string(peakResidentKib()) +
           R"(,"connections":)" + number(m_connections) + "}";
}

} // namespace pushscope
