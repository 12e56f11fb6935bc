#include "tests/core/wire/sse/ssereading.h"

#include "core/base/utf8.h"
#include "core/wire/sse/sseblock.h"

#include <algorithm>
#include <memory>

namespace pushscope::test {

namespace {
const char *word(SseFact::Kind kind)
{
    switch (kind) {
    case SseFact::Kind::Event: return "event";
    case SseFact::Kind::Block: return "block";
    case SseFact::Kind::Comment: return "comment";
    case SseFact::Kind::Retry: return "retry";
    case SseFact::Kind::Unknown: return "unknown";
    case SseFact::Kind::Incomplete: return "incomplete";
    }
    return "";
}

std::string text(ByteRange range)
{
    return std::to_string(range.begin) + '-' + std::to_string(range.end);
}

class Reader
{
public:
    Reader(ByteView stream, ByteView lastEventId, std::uint64_t limit) : m_stream(stream), m_decoder(lastEventId, limit)
    {
    }

    void feed(ByteView piece)
    {
        // Memory of its own, without slack behind it: a sanitizer sees every step too far.
        const std::unique_ptr<char[]> copy(new char[piece.size()]);
        std::ranges::copy(piece, copy.get());
        m_decoder.feed({copy.get(), piece.size()});
        m_fed += piece.size();
        drain();
        m_reading.eventsAfterPiece.push_back(m_reading.events.size());
    }

    SseReading finish()
    {
        m_decoder.finish();
        drain();
        if (m_decoder.pendingBytes() != 0)
            m_reading.facts += "pending bytes after the end\n";
        m_reading.lastEventId = utf8Lossy(m_decoder.lastEventId());
        return std::move(m_reading);
    }

private:
    void drain()
    {
        SseFact fact{};
        while (m_decoder.next(fact))
            take(fact);
        if (m_decoder.pendingBytes() > 0 && m_decoder.pendingBytes() != m_fed - m_decoder.oldestNeeded())
            m_reading.facts += "pending bytes that do not reach back to the block's beginning\n";
    }

    bool isLateLf(std::uint64_t offset) const
    {
        return offset > 0 && offset < m_stream.size() && m_stream[offset - 1] == '\r' && m_stream[offset] == '\n';
    }

    void take(const SseFact &fact)
    {
        if (fact.range.begin < m_oldestNeeded || fact.range.end < m_lastEnd || fact.range.end > m_fed)
            m_reading.facts += "out of order: " + text(fact.range) + '\n';
        m_lastEnd = fact.range.end;
        const ByteRange range{fact.range.begin + isLateLf(fact.range.begin), fact.range.end + isLateLf(fact.range.end)};
        m_reading.facts += std::string(word(fact.kind)) + ' ' + text(range) + (fact.isCut ? " cut" : "");
        const ByteView bytes = m_stream.substr(fact.range.begin, fact.range.size());
        takeContent(fact, bytes, fact.range.begin == 0);
        for (const Finding &finding : m_decoder.findings())
            addFinding(finding, fact.range);
        m_reading.facts += '\n';
        m_oldestNeeded = m_decoder.oldestNeeded();
    }

    void takeContent(const SseFact &fact, ByteView bytes, bool atStreamStart)
    {
        switch (fact.kind) {
        case SseFact::Kind::Event:
        case SseFact::Kind::Block: takeBlock(fact, parseSseBlock(bytes, atStreamStart)); break;
        case SseFact::Kind::Comment:
            m_reading.comments.push_back(utf8Lossy(parseSseLine(bytes, atStreamStart).value));
            break;
        case SseFact::Kind::Retry:
            m_reading.retries.push_back(fact.retry);
            m_reading.facts += " ms=" + std::to_string(fact.retry);
            break;
        case SseFact::Kind::Unknown:
            m_reading.facts += " name=" + std::string(parseSseLine(bytes, atStreamStart).name);
            break;
        case SseFact::Kind::Incomplete: break;
        }
    }

    void takeBlock(const SseFact &fact, const SseBlock &block)
    {
        if (fact.idSet)
            m_reading.facts += " id=" + m_decoder.lastEventId();
        const bool isHalfId = fact.isCut && !fact.idSet; // of a line larger than the limit
        if ((fact.idSet != block.id.has_value() && !isHalfId) || (fact.idSet && *block.id != m_decoder.lastEventId()))
            m_reading.facts += " OTHER ID WHEN PARSED LATE";
        if (fact.dataBytes != block.data.size() || block.hasData != (fact.kind == SseFact::Kind::Event))
            m_reading.facts += " OTHER DATA WHEN PARSED LATE";
        if (fact.kind != SseFact::Kind::Event)
            return;
        m_reading.facts += " data=" + std::to_string(fact.dataBytes);
        m_reading.events.push_back({block.type.empty() ? "message" : utf8Lossy(block.type), utf8Lossy(block.data),
                                    utf8Lossy(m_decoder.lastEventId())});
    }

    /// A finding about the whole fact or line is long by its line ending, which a cut may shorten: only its beginning
    /// is told.
    void addFinding(const Finding &finding, ByteRange range)
    {
        const std::uint64_t end = finding.begin + finding.length;
        if (finding.begin < range.begin || end > range.end)
            m_reading.facts += " FINDING OUTSIDE ITS FACT";
        const std::uint64_t begin = finding.begin + isLateLf(finding.begin);
        m_reading.facts += ' ' + std::string(ruleInfo(finding.rule).id) + '@' + std::to_string(begin);
        if (finding.argument != 0)
            m_reading.facts += '=' + std::to_string(finding.argument);
    }

    ByteView m_stream;
    SseDecoder m_decoder;
    std::uint64_t m_fed = 0;
    std::uint64_t m_lastEnd = 0;
    std::uint64_t m_oldestNeeded = 0;
    SseReading m_reading;
};
} // namespace

SseReading readSse(const std::vector<Bytes> &pieces, ByteView lastEventId, std::uint64_t limit)
{
    Bytes stream;
    for (const Bytes &piece : pieces)
        stream += piece;
    Reader reader(stream, lastEventId, limit);
    for (const Bytes &piece : pieces)
        reader.feed(piece);
    return reader.finish();
}

std::vector<Bytes> inPieces(ByteView stream, std::size_t size)
{
    std::vector<Bytes> pieces;
    for (; !stream.empty(); stream.remove_prefix(std::min(size, stream.size())))
        pieces.emplace_back(stream.substr(0, size));
    return pieces;
}

} // namespace pushscope::test
