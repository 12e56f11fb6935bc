#include "core/wire/sse/sseblock.h"
#include "core/wire/sse/ssedecoder.h"
#include "tests/fuzz/invariant.h"

#include <algorithm>
#include <memory>
#include <vector>

using namespace pushscope;

namespace {
/// What must not depend on the cuts.
struct Told
{
    SseFact::Kind kind;
    bool idSet;
    ByteRange range;
    std::uint64_t dataBytes;
    std::uint64_t retry;
    std::size_t findings;
    Bytes lastEventId;
    friend bool operator==(const Told &, const Told &) = default;
};

class Reader
{
public:
    explicit Reader(ByteView stream) : m_stream(stream) {}

    void feed(std::size_t size)
    {
        const std::unique_ptr<char[]> piece(new char[size]);
        m_stream.copy(piece.get(), size, m_fed);
        m_decoder.feed({piece.get(), size});
        m_fed += size;
        drain();
    }

    std::vector<Told> finish()
    {
        m_decoder.finish();
        drain();
        PUSHSCOPE_INVARIANT(m_decoder.pendingBytes() == 0);
        return std::move(m_told);
    }

private:
    void drain()
    {
        SseFact fact{};
        while (m_decoder.next(fact))
            take(fact);
        PUSHSCOPE_INVARIANT(m_decoder.oldestNeeded() <= m_fed);
        PUSHSCOPE_INVARIANT(m_decoder.pendingBytes() <= m_fed - m_decoder.oldestNeeded());
    }

    /// A LF that came too late for its line ending stands in the next range; here it counts to the CR's.
    std::uint64_t behindLateLf(std::uint64_t at) const
    {
        const bool isLate = at > 0 && at < m_stream.size() && m_stream[at - 1] == '\r' && m_stream[at] == '\n';
        return isLate ? at + 1 : at;
    }

    void take(const SseFact &fact)
    {
        PUSHSCOPE_INVARIANT(fact.range.begin < fact.range.end && fact.range.end <= m_fed);
        PUSHSCOPE_INVARIANT(fact.range.end >= m_lastEnd && fact.range.begin >= m_oldestNeeded);
        m_lastEnd = fact.range.end;
        m_oldestNeeded = m_decoder.oldestNeeded();
        for (const Finding &finding : m_decoder.findings()) {
            PUSHSCOPE_INVARIANT(finding.begin >= fact.range.begin);
            PUSHSCOPE_INVARIANT(finding.begin + finding.length <= fact.range.end);
        }
        if (fact.kind == SseFact::Kind::Event || fact.kind == SseFact::Kind::Block) {
            const SseBlock block =
                parseSseBlock(m_stream.substr(fact.range.begin, fact.range.size()), fact.range.begin == 0);
            PUSHSCOPE_INVARIANT(block.hasData == (fact.kind == SseFact::Kind::Event));
            PUSHSCOPE_INVARIANT(block.data.size() == fact.dataBytes);
            PUSHSCOPE_INVARIANT(block.id.has_value() == fact.idSet);
            PUSHSCOPE_INVARIANT(!fact.idSet || *block.id == m_decoder.lastEventId());
        }
        m_told.push_back({fact.kind,
                          fact.idSet,
                          {behindLateLf(fact.range.begin), behindLateLf(fact.range.end)},
                          fact.dataBytes,
                          fact.retry,
                          m_decoder.findings().size(),
                          m_decoder.lastEventId()});
    }

    ByteView m_stream;
    SseDecoder m_decoder;
    std::uint64_t m_fed = 0;
    std::uint64_t m_lastEnd = 0;
    std::uint64_t m_oldestNeeded = 0;
    std::vector<Told> m_told;
};
} // namespace

/// The stream whole, byte by byte, and in pieces whose sizes its first byte gives: the same facts.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const ByteView stream(reinterpret_cast<const char *>(data), size);
    Reader whole(stream);
    whole.feed(size);
    const std::vector<Told> told = whole.finish();
    const std::size_t piece = stream.empty() ? 2 : 2 + data[0] % 40;
    for (const std::size_t step : {std::size_t(1), piece}) {
        Reader cut(stream);
        for (std::size_t at = 0; at < size; at += step)
            cut.feed(std::min(step, size - at));
        PUSHSCOPE_INVARIANT(cut.finish() == told);
    }
    return 0;
}
