#include "core/capture/details/words.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <cstdio>

namespace pushscope {

namespace {

/// Takes a character off the end that lost its last bytes to a cut.
ByteView withoutCutCharacter(ByteView bytes)
{
    std::size_t tail = 0;
    while (tail < 3 && tail < bytes.size() && (bytes[bytes.size() - 1 - tail] & 0xC0) == 0x80)
        ++tail;
    if (tail == bytes.size())
        return bytes;
    const auto lead = static_cast<unsigned char>(bytes[bytes.size() - 1 - tail]);
    const std::size_t needed = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    return needed > tail ? bytes.substr(0, bytes.size() - 1 - tail) : bytes;
}

} // namespace

std::string grouped(std::uint64_t number)
{
    std::string digits = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    return digits;
}

std::string byteCount(std::uint64_t bytes)
{
    return grouped(bytes) + (bytes == 1 ? " byte" : " bytes");
}

std::string ratio(std::uint64_t plain, std::uint64_t wire)
{
    if (wire == 0 || plain == 0)
        return {};
    char text[64];
    std::snprintf(text, sizeof text, "%.1f to 1", static_cast<double>(plain) / static_cast<double>(wire));
    return text;
}

std::string milliseconds(double ms)
{
    char text[64];
    std::snprintf(text, sizeof text, "%.3f ms", ms);
    return text;
}

std::string hexPairs(ByteView bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 3);
    for (const char byte : bytes) {
        if (!text.empty())
            text += ' ';
        text += digits[static_cast<unsigned char>(byte) >> 4];
        text += digits[static_cast<unsigned char>(byte) & 0xF];
    }
    return text;
}

std::string previewOf(ByteView bytes, std::size_t limit, bool isText)
{
    ByteView shown = bytes.substr(0, limit);
    if (shown.size() < bytes.size())
        shown = withoutCutCharacter(shown);
    return isText || isUtf8(shown) ? utf8Lossy(shown) : hexPairs(shown.substr(0, limit / 3));
}

} // namespace pushscope
