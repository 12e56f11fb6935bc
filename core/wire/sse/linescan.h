#pragma once

#include "core/base/bytes.h"

#include <bit>
#include <cstddef>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace pushscope {

/// What one look at the rest of a line says.
struct LineScan
{
    std::size_t length; ///< bytes before the first CR or LF, or all
    bool isAscii;       ///< whether those bytes are
};

#ifdef __SSE2__
/// A bit for each of sixteen bytes that ends a line.
inline unsigned lineEndMask(__m128i bytes)
{
    const __m128i ends =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
    return static_cast<unsigned>(_mm_movemask_epi8(ends));
}
#endif

/// Looks at each byte once. Whether they are ASCII comes at the price of one instruction for sixteen bytes, and saves
/// most streams the UTF-8 check.
inline LineScan scanLine(ByteView text)
{
    std::size_t at = 0;
    bool isAscii = true;
#ifdef __SSE2__
    constexpr std::size_t width = sizeof(__m128i);
    const auto load = [text](std::size_t from) {
        return _mm_loadu_si128(reinterpret_cast<const __m128i *>(text.data() + from));
    };
    __m128i seen = _mm_setzero_si128();
    for (; text.size() - at >= 2 * width; at += 2 * width) {
        const __m128i first = load(at);
        const __m128i second = load(at + width);
        const unsigned ends = lineEndMask(first) | lineEndMask(second) << width;
        if (ends != 0) {
            const unsigned before = (ends - 1) & ~ends; // the bits below the lowest one
            const auto others = static_cast<unsigned>(_mm_movemask_epi8(first) | _mm_movemask_epi8(second) << width);
            isAscii = ((others & before) | static_cast<unsigned>(_mm_movemask_epi8(seen))) == 0;
            return {at + static_cast<std::size_t>(std::countr_zero(ends)), isAscii};
        }
        seen = _mm_or_si128(seen, _mm_or_si128(first, second));
    }
    isAscii = _mm_movemask_epi8(seen) == 0;
#endif
    for (; at != text.size() && text[at] != '\n' && text[at] != '\r'; ++at)
        isAscii = isAscii && static_cast<unsigned char>(text[at]) < 0x80;
    return {at, isAscii};
}

} // namespace pushscope
