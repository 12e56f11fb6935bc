#include "app/record/totals.h"

#include "core/capture/capture.h"
#include "core/capture/details/payload.h"
#include "core/capture/facts.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <sys/resource.h>

namespace pushscope {

namespace {
bool carriesData(RecordKind kind)
{
    constexpr std::array Kinds{RecordKind::SseEvent,   RecordKind::StreamLine, RecordKind::StreamChunk,
                               RecordKind::StreamPart, RecordKind::WsText,     RecordKind::WsBinary};
    return std::find(Kinds.begin(), Kinds.end(), kind) != Kinds.end();
}

/// Without its type, id and other fields, line ends and masks: what the application meant to say.
std::uint64_t payloadBytes(const Capture &capture, const Record &record, Seq seq)
{
    if (!carriesData(record.kind))
        return 0;
    if (record.kind == RecordKind::SseEvent)
        return payloadOf(capture, seq).totalBytes;
    return record.has(RecordFlag::Compressed) ? record.derivedLength : record.originLength;
}

long peakResidentKib()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}
} // namespace

void Totals::take(const Capture &capture, Seq seq)
{
    const Record &record = capture.record(seq);
    ++m_records;
    switch (layerOf(record.kind)) {
    case Layer::Connection: takeConnection(capture, record, seq); break;
    case Layer::Frames: ++m_frames; break;
    case Layer::Messages:
        ++m_messages;
        m_bytesPayload += payloadBytes(capture, record, seq);
        break;
    case Layer::Findings: break;
    case Layer::Reads: takeTail(capture, seq); break;
    }
}

void Totals::takeTail(const Capture &capture, Seq seq)
{
    const Record &record = capture.record(seq);
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
        if (facts.state == SessionState::Connecting && facts.attempt > 1)
            ++m_reconnects;
    }
    if (record.kind == RecordKind::Resume) {
        const auto facts = decodeFacts<ResumeFacts>(capture.derived(seq));
        m_gaps += facts.gap;
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
           decimal(static_cast<double>(m_firstOpen.value_or(0)) / 1e9) + R"(,"reconnects":)" + number(m_reconnects) +
           R"(,"gaps":)" + number(m_gaps) + R"(,"duplicates":)" + number(m_duplicates) + R"(,"lost":)" + number(lost) +
           R"(,"peak_rss_kib":)" + std::to_string(peakResidentKib()) + R"(,"connections":)" + number(m_connections) +
           "}";
}

} // namespace pushscope
