#include "core/wire/sse/ssesniffer.h"
#include "core/wire/stream/streamsplitter.h"
#include "tests/fuzz/invariant.h"

#include <algorithm>
#include <memory>
#include <vector>

using namespace pushscope;

namespace {

constexpr std::uint64_t Limit = 64;

/// What must not depend on the cuts.
struct Told
{
    StreamUnit::Kind kind;
    bool isCut;
    ByteRange range;
    std::size_t findings;
    friend bool operator==(const Told &, const Told &) = default;
};

/// The stream in pieces of a size, each in memory of its own. Of what stands outside of units, which is told as it
/// arrives, nothing is kept.
template <class Splitter>
std::vector<Told> read(Splitter splitter, ByteView stream, std::size_t step)
{
    std::vector<Told> told;
    std::uint64_t fed = 0;
    std::uint64_t oldestNeeded = 0;
    const auto drain = [&] {
        StreamUnit unit;
        while (splitter.next(unit)) {
            PUSHSCOPE_INVARIANT(!unit.range.isEmpty() && unit.range.begin >= oldestNeeded && unit.range.end <= fed);
            PUSHSCOPE_INVARIANT(unit.kind == StreamUnit::Kind::Chunk || unit.range.size() <= Limit);
            for (const Finding &finding : splitter.findings())
                PUSHSCOPE_INVARIANT(finding.begin >= unit.range.begin && finding.begin <= unit.range.end);
            oldestNeeded = splitter.oldestNeeded();
            if (unit.kind != StreamUnit::Kind::Chunk)
                told.push_back({unit.kind, unit.isCut, unit.range, splitter.findings().size()});
        }
        PUSHSCOPE_INVARIANT(splitter.oldestNeeded() >= oldestNeeded && splitter.oldestNeeded() <= fed);
        PUSHSCOPE_INVARIANT(splitter.pendingBytes() <= fed);
        oldestNeeded = splitter.oldestNeeded();
    };
    for (std::size_t at = 0; at < stream.size(); at += step) {
        const ByteView piece = stream.substr(at, step);
        const std::unique_ptr<char[]> memory(new char[piece.size()]);
        std::copy(piece.begin(), piece.end(), memory.get());
        fed += piece.size();
        splitter.feed({memory.get(), piece.size()});
        drain();
    }
    splitter.finish(false);
    drain();
    return told;
}

template <class Splitter>
void compare(const Splitter &splitter, ByteView stream)
{
    const std::vector<Told> whole = read(splitter, stream, std::max<std::size_t>(stream.size(), 1));
    PUSHSCOPE_INVARIANT(read(splitter, stream, 1) == whole);
    PUSHSCOPE_INVARIANT(read(splitter, stream, stream.empty() ? 2 : 2 + static_cast<unsigned char>(stream[0]) % 40) ==
                        whole);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const ByteView stream(reinterpret_cast<const char *>(data), size);
    compare(LineSplitter(Limit), stream);
    compare(JsonSequenceSplitter(Limit), stream);
    compare(MultipartSplitter("b", Limit), stream);
    compare(MultipartSplitter("--b", Limit), stream);
    SseSniffer whole;
    const SseSniff verdict = whole.feed(stream);
    SseSniffer byByte;
    for (const char byte : stream)
        byByte.feed({&byte, 1});
    PUSHSCOPE_INVARIANT(byByte.verdict() == verdict);
    return 0;
}
