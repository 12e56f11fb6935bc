#include "core/base/utf8.h"

#include <cstring>

namespace pushscope {

namespace {
using Octet = unsigned char;

/// What may follow a lead byte (RFC 3629 section 4): how many continuation bytes, and the bounds of the first of them.
struct Lead
{
    std::uint8_t needed;
    std::uint8_t lower;
    std::uint8_t upper;
};

/// `needed` is 0 for a byte that begins no sequence. ASCII is not asked for.
constexpr Lead leadOf(Octet byte)
{
    if (byte < 0xC2 || byte > 0xF4)
        return {0, 0, 0};
    if (byte < 0xE0)
        return {1, 0x80, 0xBF};
    if (byte < 0xF0) // no overlong forms, no surrogates
        return {2, static_cast<std::uint8_t>(byte == 0xE0 ? 0xA0 : 0x80),
                static_cast<std::uint8_t>(byte == 0xED ? 0x9F : 0xBF)};
    return {3, static_cast<std::uint8_t>(byte == 0xF0 ? 0x90 : 0x80),
            static_cast<std::uint8_t>(byte == 0xF4 ? 0x8F : 0xBF)};
}

/// The first byte that is not ASCII.
const Octet *skipAscii(const Octet *at, const Octet *end)
{
    constexpr std::uint64_t high = 0x8080808080808080u;
    std::uint64_t words[4];
    while (static_cast<std::size_t>(end - at) >= sizeof(words)) {
        std::memcpy(words, at, sizeof(words));
        if (((words[0] | words[1] | words[2] | words[3]) & high) != 0)
            break;
        at += sizeof(words);
    }
    while (static_cast<std::size_t>(end - at) >= sizeof(words[0])) {
        std::memcpy(words, at, sizeof(words[0]));
        if ((words[0] & high) != 0)
            break;
        at += sizeof(words[0]);
    }
    while (at != end && *at < 0x80)
        ++at;
    return at;
}

/// The longest prefix of a well-formed sequence that begins at a byte beyond ASCII; at least that byte.
struct Subpart
{
    std::size_t length;
    bool whole;
};

Subpart subpartAt(const Octet *at, const Octet *end)
{
    Lead lead = leadOf(*at);
    if (lead.needed == 0)
        return {1, false};
    const Octet *next = at + 1;
    for (; lead.needed > 0; --lead.needed, ++next) {
        if (next == end || *next < lead.lower || *next > lead.upper)
            return {static_cast<std::size_t>(next - at), false};
        lead.lower = 0x80;
        lead.upper = 0xBF;
    }
    return {static_cast<std::size_t>(next - at), true};
}

const Octet *octets(ByteView bytes)
{
    return reinterpret_cast<const Octet *>(bytes.data());
}
} // namespace

bool Utf8Validator::feed(ByteView bytes)
{
    if (!m_valid)
        return false;
    const Octet *const begin = octets(bytes);
    const Octet *const end = begin + bytes.size();
    const Octet *at = begin;
    while (at != end) {
        if (m_needed == 0) {
            at = skipAscii(at, end);
            while (at != end && *at >= 0x80) {
                const Subpart subpart = subpartAt(at, end);
                if (!subpart.whole)
                    break;
                at += subpart.length;
            }
            if (at == end || *at < 0x80)
                continue;
            // What is cut off or wrong goes byte by byte, so that the offset of the first wrong byte comes out right.
            const Lead lead = leadOf(*at);
            m_valid = lead.needed != 0;
            m_needed = lead.needed;
            m_lower = lead.lower;
            m_upper = lead.upper;
        } else {
            m_valid = *at >= m_lower && *at <= m_upper;
            m_lower = 0x80;
            m_upper = 0xBF;
            --m_needed;
        }
        if (!m_valid)
            break;
        ++at;
    }
    m_seen += static_cast<std::uint64_t>(at - begin);
    return m_valid;
}

bool isUtf8(ByteView bytes)
{
    Utf8Validator validator;
    return validator.feed(bytes) && validator.isComplete();
}

std::size_t asciiPrefix(ByteView bytes)
{
    const Octet *const begin = octets(bytes);
    return static_cast<std::size_t>(skipAscii(begin, begin + bytes.size()) - begin);
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
        if (!subpart.whole) {
            takeGood();
            result += replacement;
            good = at + subpart.length;
        }
        at += subpart.length;
    }
    takeGood();
    return result;
}

} // namespace pushscope
