#include "core/capture/files/jsontext.h"

#include "core/base/utf8.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace pushscope {

namespace {

constexpr std::uint64_t Ones = 0x0101010101010101u;
constexpr std::uint64_t Highs = 0x8080808080808080u;

constexpr std::uint64_t each(unsigned char byte)
{
    return Ones * byte;
}

/// The high bit of each byte that is 0 (exact up to the first such byte, which is what is asked for).
constexpr std::uint64_t zeroBytes(std::uint64_t word)
{
    return (word - Ones) & ~word & Highs;
}

/// The high bit of each byte that JSON wants escaped: quotation mark, reverse solidus, control characters (RFC 8259
/// section 7).
constexpr std::uint64_t escapedBytes(std::uint64_t word)
{
    const std::uint64_t controls = (word - each(0x20)) & ~word & Highs;
    return controls | zeroBytes(word ^ each('"')) | zeroBytes(word ^ each('\\'));
}

constexpr bool isEscaped(unsigned char byte)
{
    return byte < 0x20 || byte == '"' || byte == '\\';
}

/// How many bytes at the front need no escape; with AsciiOnly also none beyond ASCII.
template <bool AsciiOnly>
std::size_t plainPrefix(ByteView bytes)
{
    std::size_t at = 0;
    for (; at + 8 <= bytes.size(); at += 8) {
        std::uint64_t word;
        std::memcpy(&word, bytes.data() + at, sizeof word);
        if ((escapedBytes(word) | (AsciiOnly ? word & Highs : 0)) != 0)
            break;
    }
    for (; at < bytes.size(); ++at) {
        const auto byte = static_cast<unsigned char>(bytes[at]);
        if (isEscaped(byte) || (AsciiOnly && byte >= 0x80))
            break;
    }
    return at;
}

void appendEscape(std::string &out, unsigned char byte)
{
    switch (byte) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u00";
    out += digits[byte >> 4];
    out += digits[byte & 0xF];
}

void appendEscaped(std::string &out, ByteView utf8)
{
    while (!utf8.empty()) {
        const std::size_t plain = plainPrefix<false>(utf8);
        out.append(utf8.substr(0, plain));
        utf8.remove_prefix(plain);
        if (utf8.empty())
            break;
        appendEscape(out, static_cast<unsigned char>(utf8.front()));
        utf8.remove_prefix(1);
    }
}

template <class Number>
void appendInteger(std::string &out, Number value)
{
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end);
}

} // namespace

void appendNumber(std::string &out, std::uint64_t value)
{
    appendInteger(out, value);
}

void appendNumber(std::string &out, std::int64_t value)
{
    appendInteger(out, value);
}

void appendDecimal(std::string &out, double value)
{
    if (!std::isfinite(value))
        value = 0;                // a damaged capture's; JSON has no word for it
    std::array<char, 400> digits; // enough for the largest double
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, 6).ptr;
    std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
    text = text.substr(0, text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
        text.remove_suffix(1);
    out.append(text);
}

void appendString(std::string &out, ByteView utf8)
{
    out += '"';
    appendEscaped(out, utf8);
    out += '"';
}

void appendBase64(std::string &out, ByteView bytes)
{
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto octet = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])); };
    const std::size_t begin = out.size();
    out.resize(begin + 2 + (bytes.size() + 2) / 3 * 4);
    char *to = out.data() + begin;
    *to++ = '"';
    std::size_t at = 0;
    for (; at + 3 <= bytes.size(); at += 3) {
        const std::uint32_t group = octet(at) << 16 | octet(at + 1) << 8 | octet(at + 2);
        for (int shift = 18; shift >= 0; shift -= 6)
            *to++ = letters[group >> shift & 63];
    }
    if (const std::size_t rest = bytes.size() - at; rest > 0) {
        const std::uint32_t group = octet(at) << 16 | (rest == 2 ? octet(at + 1) << 8 : 0);
        *to++ = letters[group >> 18 & 63];
        *to++ = letters[group >> 12 & 63];
        *to++ = rest == 2 ? letters[group >> 6 & 63] : '=';
        *to++ = '=';
    }
    *to = '"';
}

void appendStringOrBase64(std::string &out, ByteView bytes)
{
    if (isUtf8(bytes)) {
        appendString(out, bytes);
        return;
    }
    out += "{\"base64\":";
    appendBase64(out, bytes);
    out += '}';
}

void appendKey(std::string &out, std::string_view name)
{
    out += ",\"";
    out += name;
    out += "\":";
}

void appendMember(std::string &out, std::string_view name, std::uint64_t value)
{
    appendKey(out, name);
    appendNumber(out, value);
}

void appendMember(std::string &out, std::string_view name, bool value)
{
    appendKey(out, name);
    out += value ? "true" : "false";
}

namespace {

void appendBase64Member(std::string &out, std::string_view name, ByteView bytes)
{
    out += ",\"";
    out += name;
    out += "_base64\":";
    appendBase64(out, bytes);
}

/// The common case at once: ASCII that needs no escape. Returns whether it was that.
bool appendedPlain(std::string &out, std::string_view name, ByteView bytes)
{
    if (plainPrefix<true>(bytes) != bytes.size())
        return false;
    appendKey(out, name);
    out += '"';
    out += bytes;
    out += '"';
    return true;
}

} // namespace

void appendData(std::string &out, std::string_view name, ByteView bytes)
{
    if (appendedPlain(out, name, bytes))
        return;
    if (!isUtf8(bytes)) {
        appendBase64Member(out, name, bytes);
        return;
    }
    appendKey(out, name);
    appendString(out, bytes);
}

void appendText(std::string &out, std::string_view name, ByteView bytes)
{
    if (appendedPlain(out, name, bytes))
        return;
    appendKey(out, name);
    if (isUtf8(bytes)) {
        appendString(out, bytes);
        return;
    }
    appendString(out, utf8Lossy(bytes));
    appendBase64Member(out, name, bytes);
}

void appendNull(std::string &out, std::string_view name)
{
    appendKey(out, name);
    out += "null";
}

} // namespace pushscope
