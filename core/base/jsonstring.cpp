#include "core/base/jsonstring.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace pushscope {

namespace {

constexpr std::size_t EscapeLength = 6; // \uXXXX

/// The code unit of the escape \uXXXX that the text begins with.
std::optional<char32_t> codeUnit(ByteView text)
{
    if (text.size() < EscapeLength || !text.starts_with("\\u"))
        return {};
    std::uint32_t value = 0;
    const char *end = text.data() + EscapeLength;
    return std::from_chars(text.data() + 2, end, value, 16).ptr == end ? std::optional<char32_t>(value) : std::nullopt;
}

constexpr bool isHigh(char32_t unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}

constexpr bool isLow(char32_t unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/// Undoes the escape \uXXXX at the beginning of the text, or the two of a surrogate pair; returns how much of the text
/// that was.
std::size_t appendUnit(std::string &out, ByteView text)
{
    const char32_t unit = codeUnit(text).value_or(0xDC00);
    if (!isHigh(unit) && !isLow(unit)) {
        appendUtf8(out, unit);
        return EscapeLength;
    }
    const auto other = isHigh(unit) ? codeUnit(text.substr(EscapeLength)) : std::nullopt;
    if (!other || !isLow(*other)) {
        const ByteView spelled = text.substr(0, EscapeLength);
        out.append(spelled);
        return spelled.size();
    }
    appendUtf8(out, 0x10000 + ((unit - 0xD800) << 10) + (*other - 0xDC00));
    return 2 * EscapeLength;
}

} // namespace

void appendUtf8(std::string &out, char32_t codePoint)
{
    const auto follow = [&out](char32_t bits) { out.push_back(static_cast<char>(0x80 | (bits & 0x3F))); };
    if (codePoint < 0x80) {
        out.push_back(static_cast<char>(codePoint));
    } else if (codePoint < 0x800) {
        out.push_back(static_cast<char>(0xC0 | (codePoint >> 6)));
        follow(codePoint);
    } else if (codePoint < 0x10000) {
        out.push_back(static_cast<char>(0xE0 | (codePoint >> 12)));
        follow(codePoint >> 6);
        follow(codePoint);
    } else {
        out.push_back(static_cast<char>(0xF0 | (codePoint >> 18)));
        follow(codePoint >> 12);
        follow(codePoint >> 6);
        follow(codePoint);
    }
}

std::string decodedJsonString(ByteView spelled)
{
    constexpr ByteView names = "bfnrt";
    constexpr ByteView meanings = "\b\f\n\r\t";
    std::string out;
    out.reserve(spelled.size());
    std::size_t at = 0;
    while (at < spelled.size()) {
        const std::size_t escape = std::min(spelled.find('\\', at), spelled.size());
        out.append(spelled.substr(at, escape - at));
        at = escape;
        if (at + 1 >= spelled.size()) {
            out.append(spelled.substr(at));
            break;
        }
        const char named = spelled[at + 1];
        if (named == 'u') {
            at += appendUnit(out, spelled.substr(at));
            continue;
        }
        const std::size_t place = names.find(named);
        out.push_back(place == ByteView::npos ? named : meanings[place]);
        at += 2;
    }
    return out;
}

} // namespace pushscope
