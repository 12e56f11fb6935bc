#include "app/terminaltext.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>

namespace pushscope {

namespace {
/// Of the UTF-8 sequence that the text begins with; 0 when it begins with none.
std::size_t sequenceLength(std::string_view text)
{
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return isUtf8(text.substr(0, length)) ? length : 0;
}

/// Of a whole sequence.
char32_t codePoint(std::string_view sequence)
{
    const auto lead = static_cast<unsigned char>(sequence.front());
    constexpr unsigned char payloads[] = {0, 0x7F, 0x1F, 0x0F, 0x07}; // by length (RFC 3629 section 3)
    char32_t point = lead & payloads[sequence.size()];
    for (const char next : sequence.substr(1))
        point = point << 6 | (static_cast<unsigned char>(next) & 0x3F);
    return point;
}

/// Characters that do something to those around them instead of being seen.
bool isEffect(char32_t point)
{
    const bool isControl = point < 0x20 || (point >= 0x7F && point < 0xA0);
    const bool isDirection = point == 0x061C || point == 0x200E || point == 0x200F ||
                             (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    return isControl || isDirection || point == 0x2028 || point == 0x2029;
}

std::string escaped(const char *form, unsigned value)
{
    char text[12];
    std::snprintf(text, sizeof text, form, value);
    return text;
}
} // namespace

std::string terminalText(std::string_view text)
{
    std::string shown;
    while (!text.empty()) {
        const std::size_t length = sequenceLength(text);
        const std::string_view sequence = text.substr(0, std::max<std::size_t>(length, 1));
        const char32_t point = length == 0 ? 0 : codePoint(sequence);
        if (length == 0 || (length == 1 && isEffect(point)))
            shown += escaped("\\x%02x", static_cast<unsigned char>(sequence.front()));
        else if (isEffect(point))
            shown += escaped("\\u%04x", static_cast<unsigned>(point));
        else
            shown += sequence;
        text.remove_prefix(sequence.size());
    }
    return shown;
}

} // namespace pushscope
