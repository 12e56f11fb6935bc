#include "core/base/utf8blocks.h"

#include <array>
#include <cstdint>

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace pushscope {

#ifdef __x86_64__
namespace {

/// The text without a sequence at its end that more bytes may complete.
ByteView wholeSequences(ByteView text)
{
    constexpr std::size_t longest = 4;
    for (std::size_t back = 1; back < longest && back <= text.size(); ++back) {
        const auto byte = static_cast<unsigned char>(text[text.size() - back]);
        if (byte >= 0xC0) {
            const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
            return length > back ? text.substr(0, text.size() - back) : text;
        }
        if (byte < 0x80)
            break;
    }
    return text;
}

/// A set of nibbles, a bit for each.
using Nibbles = std::uint16_t;
constexpr Nibbles any = 0xFFFF;
constexpr Nibbles ascii = 0x00FF;
constexpr Nibbles continuation = 0x0F00;
constexpr Nibbles lead = 0xF000;

/// Two neighbours that no text contains.
struct Forbidden
{
    Nibbles highOfFirst;
    Nibbles lowOfFirst;
    Nibbles highOfSecond;
};

/// What RFC 3629 section 4 excludes, as far as two bytes show it; one row for each bit of an octet. The last one is
/// forbidden only where the second byte is not the third or fourth of a sequence.
constexpr std::array<Forbidden, 8> forbiddenPairs{{
    {lead, any, ascii | lead},        // a sequence cut short
    {ascii, any, continuation},       // one without a lead
    {0x1000, 0x0003, continuation},   // C0, C1: overlong
    {0x4000, 0x0001, 0x0300},         // E0 80 to E0 9F: overlong
    {0x4000, 0x2000, 0x0C00},         // ED A0 to ED BF: surrogates
    {0x8000, 0xFFE1, 0x0100},         // F0 80 to F0 8F: overlong; F5 and above before 80 to 8F: beyond U+10FFFF
    {0x8000, 0xFFF0, 0x0E00},         // F4 and above before 90 to BF: beyond U+10FFFF
    {continuation, any, continuation} // a continuation too many
}};
constexpr int tooMany = 0x80; ///< the last row's bit

/// For each value of a nibble the rows that have it.
constexpr std::array<std::uint8_t, 16> rowsWith(Nibbles Forbidden::*set)
{
    std::array<std::uint8_t, 16> rows{};
    for (std::size_t nibble = 0; nibble < rows.size(); ++nibble) {
        for (std::size_t row = 0; row < forbiddenPairs.size(); ++row)
            rows[nibble] |= static_cast<std::uint8_t>((forbiddenPairs[row].*set >> nibble & 1) << row);
    }
    return rows;
}
constexpr auto rowsByHighOfFirst = rowsWith(&Forbidden::highOfFirst);
constexpr auto rowsByLowOfFirst = rowsWith(&Forbidden::lowOfFirst);
constexpr auto rowsByHighOfSecond = rowsWith(&Forbidden::highOfSecond);

using Block = __m256i;
constexpr std::size_t blockSize = sizeof(Block);

[[gnu::target("avx2")]] inline Block load(const char *from)
{
    return _mm256_loadu_si256(reinterpret_cast<const Block *>(from));
}

[[gnu::target("avx2")]] inline Block lookUp(const std::array<std::uint8_t, 16> &table, Block nibbles)
{
    const __m128i once = _mm_loadu_si128(reinterpret_cast<const __m128i *>(table.data()));
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(once), nibbles);
}

[[gnu::target("avx2")]] inline Block low(Block bytes)
{
    return _mm256_and_si256(bytes, _mm256_set1_epi8(0x0F));
}

[[gnu::target("avx2")]] inline Block high(Block bytes)
{
    return low(_mm256_srli_epi16(bytes, 4));
}

/// Where a byte is `least` or more, the top bit is set.
[[gnu::target("avx2")]] inline Block atLeast(Block bytes, int least)
{
    return _mm256_subs_epu8(bytes, _mm256_set1_epi8(static_cast<char>(least - tooMany)));
}

/// Other than zero where a byte makes a pair that is forbidden, given the bytes one, two and three places before each.
[[gnu::target("avx2")]] inline Block flawsOf(Block block, Block oneBack, Block twoBack, Block threeBack)
{
    const Block firsts =
        _mm256_and_si256(lookUp(rowsByHighOfFirst, high(oneBack)), lookUp(rowsByLowOfFirst, low(oneBack)));
    const Block pairs = _mm256_and_si256(firsts, lookUp(rowsByHighOfSecond, high(block)));
    const Block behindLead = _mm256_or_si256(atLeast(twoBack, 0xE0), atLeast(threeBack, 0xF0));
    const Block expected = _mm256_and_si256(behindLead, _mm256_set1_epi8(static_cast<char>(tooMany)));
    return _mm256_xor_si256(pairs, expected);
}

[[gnu::target("avx2")]] inline Block flawsOfFirst(Block block)
{
    const Block before = _mm256_permute2x128_si256(block, block, 0x08); // NUL, and the lower half
    return flawsOf(block, _mm256_alignr_epi8(block, before, 15), _mm256_alignr_epi8(block, before, 14),
                   _mm256_alignr_epi8(block, before, 13));
}

constexpr std::size_t furthestBack = 3;

/// At least furthestBack bytes must stand before.
[[gnu::target("avx2")]] inline Block flawsAt(const char *at)
{
    return flawsOf(load(at), load(at - 1), load(at - 2), load(at - 3));
}

[[gnu::target("avx2")]] inline bool isNone(Block flaws)
{
    return _mm256_testz_si256(flaws, flaws) != 0;
}

/// How many bytes are well-formed: all, or whole blocks.
[[gnu::target("avx2")]] std::size_t checkBlocks(ByteView text)
{
    if (text.size() < blockSize || !isNone(flawsOfFirst(load(text.data()))))
        return 0;
    const char *at = text.data() + blockSize;
    const char *const end = text.data() + text.size();
    constexpr std::ptrdiff_t size = blockSize;
    while (end - at >= 2 * size && isNone(_mm256_or_si256(flawsAt(at), flawsAt(at + size))))
        at += 2 * size;
    while (end - at >= size && isNone(flawsAt(at)))
        at += size;
    // The last block overlaps the one before it.
    const bool isAll = end - at < size && text.size() >= blockSize + furthestBack && isNone(flawsAt(end - size));
    return isAll ? text.size() : static_cast<std::size_t>(at - text.data());
}
} // namespace

std::size_t wellFormedBlocks(ByteView text)
{
    if (!__builtin_cpu_supports("avx2"))
        return 0;
    const std::size_t checked = checkBlocks(wholeSequences(text));
    return wholeSequences(text.substr(0, checked)).size(); // a block may end with half a sequence
}
#else
std::size_t wellFormedBlocks(ByteView)
{
    return 0;
}
#endif

} // namespace pushscope
