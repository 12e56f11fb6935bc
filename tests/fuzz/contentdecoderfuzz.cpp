#include "core/wire/coding/contentdecoder.h"
#include "tests/fuzz/invariant.h"

#include <algorithm>
#include <memory>
#include <vector>

using namespace pushscope;

namespace {
/// Enough for whatever a fuzzer may find; a bomb's first megabytes tell no more.
constexpr std::uint64_t PlainLimit = 1024 * 1024;

/// The first byte says which codings: two bits each, the first always, the second where bit 4 is set.
std::vector<ContentCoding> codingsOf(std::uint8_t byte)
{
    std::vector<ContentCoding> codings{static_cast<ContentCoding>(byte & 3)};
    if ((byte & 0x10) != 0)
        codings.push_back(static_cast<ContentCoding>(byte >> 2 & 3));
    return codings;
}

class Reader
{
public:
    explicit Reader(const std::vector<ContentCoding> &codings) : m_decoder(codings) {}

    void feed(ByteView bytes)
    {
        const std::unique_ptr<char[]> piece(new char[bytes.size()]);
        bytes.copy(piece.get(), bytes.size());
        m_fed += bytes.size();
        m_decoder.feed({piece.get(), bytes.size()});
        std::size_t made = 0;
        do {
            made = m_decoder.next(m_room);
            m_plain.append(m_room, 0, made);
            check();
        } while (made > 0 && !isFull());
    }

    const Bytes &finish()
    {
        m_decoder.finish();
        check();
        return m_plain;
    }
    [[nodiscard]] bool isFull() const { return m_plain.size() >= PlainLimit; }

private:
    void check()
    {
        PUSHSCOPE_INVARIANT(m_decoder.codedBytes() <= m_fed);
        PUSHSCOPE_INVARIANT(m_decoder.plainBytes() == m_plain.size());
        for (const Finding &finding : m_decoder.findings())
            PUSHSCOPE_INVARIANT(finding.begin <= m_fed);
    }

    ContentDecoder m_decoder;
    Bytes m_room = Bytes(4096, '\0');
    Bytes m_plain;
    std::uint64_t m_fed = 0;
};
} // namespace

/// Coded content whole and byte by byte: the same plain bytes, up to the call in which a library gave up.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::vector<ContentCoding> codings = codingsOf(data[0]);
    const ByteView content(reinterpret_cast<const char *>(data) + 1, size - 1);
    Reader whole(codings);
    whole.feed(content);
    const Bytes &plain = whole.finish();
    Reader cut(codings);
    for (std::size_t at = 0; at < content.size() && !cut.isFull(); ++at)
        cut.feed(content.substr(at, 1));
    const Bytes &bytewise = cut.finish();
    const std::size_t common = std::min(plain.size(), bytewise.size());
    PUSHSCOPE_INVARIANT(plain.compare(0, common, bytewise, 0, common) == 0);
    return 0;
}
