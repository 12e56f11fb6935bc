#include "core/base/jsonpointer.h"

#include <charconv>

namespace pushscope {

namespace {

/// Section 4: digits without a leading zero. "-" names the element behind the last, which no document has.
std::optional<std::uint32_t> arrayIndex(ByteView token)
{
    std::uint32_t index = 0;
    const char *end = token.data() + token.size();
    const bool hasLeadingZero = token.size() > 1 && token[0] == '0';
    const auto [stop, error] = std::from_chars(token.data(), end, index);
    if (token.empty() || hasLeadingZero || stop != end || error != std::errc())
        return {};
    return index;
}

} // namespace

Expected<JsonPointer, PlacedError> JsonPointer::parse(ByteView text)
{
    JsonPointer pointer;
    if (!text.empty() && text[0] != '/')
        return PlacedError{0, "a JSON pointer is empty or begins with /"};
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '/') {
            pointer.m_tokens.emplace_back();
            continue;
        }
        std::string &token = pointer.m_tokens.back();
        if (c != '~') {
            token.push_back(c);
            continue;
        }
        ++at;
        if (at == text.size() || (text[at] != '0' && text[at] != '1'))
            return PlacedError{at, "after ~ comes 0 (a tilde) or 1 (a slash)"};
        token.push_back(text[at] == '0' ? '~' : '/');
    }
    return pointer;
}

std::optional<std::uint32_t> JsonPointer::find(const JsonDocument &document) const
{
    std::uint32_t at = 0;
    for (const std::string &token : m_tokens) {
        const JsonNode &node = document.node(at);
        std::optional<std::uint32_t> next;
        if (node.kind == JsonNode::Kind::Object)
            next = document.member(at, token);
        else if (const auto index = arrayIndex(token);
                 node.kind == JsonNode::Kind::Array && index && *index < node.childCount)
            next = document.child(at, *index);
        if (!next)
            return {};
        at = *next;
    }
    return at;
}

} // namespace pushscope
