#include "core/capture/details/codingdetails.h"

#include "core/capture/capture.h"
#include "core/capture/details/httpdetails.h"
#include "core/wire/coding/contentcoding.h"

#include <algorithm>

namespace pushscope {

namespace {

constexpr std::uint64_t Http2HeaderBytes = 9; // RFC 9113 section 4.1

/// Adds up what carried a body, and what became of it, record by record.
class Reader
{
public:
    Reader(const Capture &capture, Seq head)
        : m_capture(capture), m_head(capture.record(head)),
          m_isChunked(httpHeadOf(capture, head).headers.hasToken("Transfer-Encoding", "chunked"))
    {
    }

    /// What the read that brought the head's end brought behind it.
    void takeRestOfHeadsRead(Seq head)
    {
        if (m_isChunked || isOverHttp2(m_head) || m_head.carrierLast == 0)
            return;
        const Record &read = m_capture.record(Seq(head.value - m_head.carrierLast));
        const std::uint64_t end = read.origin + read.originLength;
        const std::uint64_t headEnd = m_head.origin + m_head.originLength;
        if (!m_head.has(RecordFlag::Scattered) && headEnd >= read.origin && headEnd < end)
            m_wire += end - headEnd;
    }

    /// False behind the body.
    bool take(Seq seq)
    {
        const Record &record = m_capture.record(seq);
        if (record.connection != m_head.connection || record.stream != m_head.stream ||
            record.direction == Direction::Out)
            return true;
        if (layerOf(record.kind) == Layer::Messages)
            takeMessage(record);
        else if (record.kind == RecordKind::H1Chunk)
            m_wire += chunkDetailsOf(chunkLineOf(m_capture, seq, m_scratch)).length;
        else if (record.kind == RecordKind::H2Data)
            m_wire += record.originLength - std::min<std::uint64_t>(record.originLength, Http2HeaderBytes);
        else if (record.kind == RecordKind::TcpRead && !m_isChunked)
            m_wire += record.originLength;
        return record.kind != RecordKind::End && record.kind != RecordKind::HttpResponse;
    }

    [[nodiscard]] std::uint64_t wire() const { return m_wire; }
    [[nodiscard]] std::uint64_t plain() const { return m_plain + m_lines; }

private:
    /// The lines of an event's block stand in its range again, which comes behind them.
    void takeMessage(const Record &record)
    {
        const bool isLine = record.kind == RecordKind::SseComment || record.kind == RecordKind::SseRetry ||
                            record.kind == RecordKind::SseUnknown;
        if (isLine) {
            if (m_lines == 0)
                m_linesBegin = record.origin;
            m_lines += record.originLength;
            return;
        }
        const bool holdsLines = m_lines != 0 && !record.has(RecordFlag::Scattered) && record.origin <= m_linesBegin;
        m_plain += record.originLength + (holdsLines ? 0 : m_lines);
        m_lines = 0;
    }

    const Capture &m_capture;
    const Record &m_head;
    bool m_isChunked;
    Bytes m_scratch;
    std::uint64_t m_wire = 0;
    std::uint64_t m_plain = 0;
    std::uint64_t m_lines = 0; ///< bytes of lines since the last event
    std::uint64_t m_linesBegin = 0;
};

} // namespace

std::optional<CodingFacts> codingSoFar(const Capture &capture, Seq head, Seq totals, std::uint64_t limit)
{
    const ContentCodings codings = contentCodings(httpHeadOf(capture, head).headers);
    if (!codings.isCoded() || !codings.isKnown)
        return std::nullopt;
    CodingFacts facts;
    facts.coding = codings.words;
    Reader reader(capture, head);
    if (totals.isValid()) {
        Bytes scratch;
        facts = decodeFacts<CodingFacts>(capture.derivedView(totals, scratch));
    } else {
        reader.takeRestOfHeadsRead(head);
    }
    const std::uint64_t from = totals.isValid() ? totals.value : head.value;
    const std::uint64_t last = std::min(capture.counts().records, from + limit);
    for (std::uint64_t seq = from + 1; seq <= last && reader.take(Seq(seq)); ++seq) {
    }
    facts.wire += reader.wire();
    facts.plain += reader.plain();
    return facts;
}

} // namespace pushscope
