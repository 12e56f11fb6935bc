#include "core/base/utf8.h"

#include "core/base/utf8blocks.h"

#include <algorithm>
#include <array>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace pushscope {

namespace {
using Octet = unsigned char;

/// What a sequence may go on with (RFC 3629 section 4). A state's number is where it stands in a row of the table.
enum State : std::uint8_t {
    Refused = 0,
    Accepted = 6,
    OneMore = 12,
    TwoMore = 18,
    ThreeMore = 24,
    AfterE0 = 30, // no overlong form of two bytes
    AfterEd = 36, // no surrogate
    AfterF0 = 42, // no overlong form of three bytes
    AfterF4 = 48  // nothing beyond U+10FFFF
};
constexpr std::uint64_t stateMask = 63;

/// A row for each byte, six bits in it for each state: the state that the byte leads to. A step is then a load and a
/// shift, and the table is small enough to stay in the cache.
constexpr std::array<std::uint64_t, 256> makeRows()
{
    std::array<std::uint64_t, 256> rows{};
    const auto lead = [&rows](unsigned first, unsigned last, State from, State to) {
        for (unsigned byte = first; byte <= last; ++byte)
            rows[byte] |= static_cast<std::uint64_t>(to) << from;
    };
    lead(0x00, 0x7F, Accepted, Accepted);
    lead(0xC2, 0xDF, Accepted, OneMore);
    lead(0xE0, 0xE0, Accepted, AfterE0);
    lead(0xE1, 0xEC, Accepted, TwoMore);
    lead(0xED, 0xED, Accepted, AfterEd);
    lead(0xEE, 0xEF, Accepted, TwoMore);
    lead(0xF0, 0xF0, Accepted, AfterF0);
    lead(0xF1, 0xF3, Accepted, ThreeMore);
    lead(0xF4, 0xF4, Accepted, AfterF4);
    lead(0x80, 0xBF, OneMore, Accepted);
    lead(0x80, 0xBF, TwoMore, OneMore);
    lead(0x80, 0xBF, ThreeMore, TwoMore);
    lead(0xA0, 0xBF, AfterE0, OneMore);
    lead(0x80, 0x9F, AfterEd, OneMore);
    lead(0x90, 0xBF, AfterF0, TwoMore);
    lead(0x80, 0x8F, AfterF4, TwoMore);
    return rows;
}
constexpr std::array<std::uint64_t, 256> rows = makeRows();

std::uint64_t step(std::uint64_t state, Octet byte)
{
    return rows[byte] >> (state & stateMask);
}

/// The first byte that is not ASCII.
const Octet *skipAscii(const Octet *at, const Octet *end)
{
#ifdef __SSE2__
    constexpr std::ptrdiff_t width = sizeof(__m128i);
    const auto load = [](const Octet *from) { return _mm_loadu_si128(reinterpret_cast<const __m128i *>(from)); };
    for (; end - at >= 4 * width; at += 4 * width) {
        const __m128i low = _mm_or_si128(load(at), load(at + width));
        const __m128i high = _mm_or_si128(load(at + 2 * width), load(at + 3 * width));
        if (_mm_movemask_epi8(_mm_or_si128(low, high)) != 0)
            break;
    }
    for (; end - at >= width && _mm_movemask_epi8(load(at)) == 0; at += width) {
    }
#endif
    for (std::uint64_t word = 0; end - at >= std::ptrdiff_t(sizeof(word)); at += sizeof(word)) {
        std::memcpy(&word, at, sizeof(word));
        if ((word & 0x8080808080808080u) != 0)
            break;
    }
    while (at != end && *at < 0x80)
        ++at;
    return at;
}

/// The longest prefix of a well-formed sequence that begins at a byte; at least that byte.
struct Subpart
{
    const Octet *end;
    bool isWhole;
};

Subpart subpartAt(const Octet *at, const Octet *end)
{
    const Octet *next = at;
    std::uint64_t state = Accepted;
    while (next != end) {
        state = step(state, *next) & stateMask;
        if (state == Refused)
            return {std::max(next, at + 1), false};
        ++next;
        if (state == Accepted)
            return {next, true};
    }
    return {next, false};
}

const Octet *octets(ByteView bytes)
{
    return reinterpret_cast<const Octet *>(bytes.data());
}

/// Behind what is ASCII or found valid a block at a time.
const Octet *skipValid(const Octet *at, const Octet *end)
{
    at = skipAscii(at, end);
    return at + wellFormedBlocks({reinterpret_cast<const char *>(at), static_cast<std::size_t>(end - at)});
}
} // namespace

bool Utf8Validator::feed(ByteView bytes)
{
    static_assert(refused == Refused && accepted == Accepted);
    if (!isValid())
        return false;
    constexpr std::ptrdiff_t stretch = 32;
    const Octet *const begin = octets(bytes);
    const Octet *const end = begin + bytes.size();
    const Octet *at = begin;
    std::uint64_t state = m_state;
    while (at != end) {
        if (state == Accepted && (at = skipValid(at, end)) == end)
            break;
        const Octet *const stop = at + std::min(stretch, end - at);
        std::uint64_t ahead = state;
        for (const Octet *next = at; next != stop; ++next)
            ahead = step(ahead, *next);
        ahead &= stateMask;
        if (ahead == Refused) {
            // Nothing leads out of it, so it is only now looked for in the stretch.
            while ((state = step(state, *at) & stateMask) != Refused)
                ++at;
            break;
        }
        state = ahead;
        at = stop;
    }
    m_state = static_cast<std::uint8_t>(state);
    m_seen += static_cast<std::uint64_t>(at - begin);
    return isValid();
}

bool isUtf8(ByteView bytes)
{
    const Octet *const end = octets(bytes) + bytes.size();
    const Octet *const other = skipAscii(octets(bytes), end);
    if (other == end)
        return true;
    Utf8Validator validator;
    return validator.feed(bytes.substr(bytes.size() - static_cast<std::size_t>(end - other))) && validator.isComplete();
}

std::string utf8Lossy(ByteView bytes)
{
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    const Octet *at = octets(bytes);
    const Octet *const end = at + bytes.size();
    const Octet *good = at;
    std::string result;
    result.reserve(bytes.size());
    const auto takeGood = [&] {
        result.append(reinterpret_cast<const char *>(good), static_cast<std::size_t>(at - good));
    };
    while ((at = skipAscii(at, end)) != end) {
        const Subpart subpart = subpartAt(at, end);
        if (!subpart.isWhole) {
            takeGood();
            result += replacement;
            good = subpart.end;
        }
        at = subpart.end;
    }
    takeGood();
    return result;
}

} // namespace pushscope
