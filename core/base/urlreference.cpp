#include "core/base/urlreference.h"

#include <algorithm>

namespace pushscope {

namespace {
bool isAlpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isSchemeCharacter(char c)
{
    return isAlpha(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

/// Length of the scheme that a text begins with (section 3.1); 0 when it has none.
std::size_t schemeLength(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || !isAlpha(text[0]))
        return 0;
    return std::ranges::all_of(text.substr(0, colon), isSchemeCharacter) ? colon : 0;
}

/// What stands behind a mark, taken off the text with it.
std::optional<std::string_view> takeBehind(std::string_view &text, char mark)
{
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos)
        return std::nullopt;
    const std::string_view behind = text.substr(at + 1);
    text = text.substr(0, at);
    return behind;
}

/// Section 5.2.4, segment by segment.
std::string withoutDotSegments(std::string_view path)
{
    std::string result;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/', 1), path.size());
        const std::string_view segment = path.substr(0, end);
        const bool isLast = end == path.size();
        path.remove_prefix(end);
        if (segment == "/..")
            result.erase(std::min(result.rfind('/'), result.size()));
        else if (segment != "/.")
            result += segment;
        if (isLast && (segment == "/." || segment == "/.."))
            result += '/';
    }
    return result;
}

/// Section 5.2.3.
std::string merged(const UrlReference &base, std::string_view path)
{
    const std::size_t end = base.path.rfind('/');
    return (end == std::string_view::npos ? "/" : std::string(base.path.substr(0, end + 1))) + std::string(path);
}

std::string recomposed(std::string_view scheme, std::string_view authority, std::string_view path,
                       std::optional<std::string_view> query)
{
    std::string text = std::string(scheme) + "://" + std::string(authority) + std::string(path);
    if (query)
        text.append("?").append(*query);
    return text;
}
} // namespace

UrlReference splitReference(std::string_view text)
{
    UrlReference parts;
    parts.fragment = takeBehind(text, '#');
    parts.query = takeBehind(text, '?');
    if (const std::size_t length = schemeLength(text); length != 0) {
        parts.scheme = text.substr(0, length);
        text.remove_prefix(length + 1);
    }
    if (text.starts_with("//")) {
        const std::size_t end = std::min(text.find('/', 2), text.size());
        parts.authority = text.substr(2, end - 2);
        text.remove_prefix(end);
    }
    parts.path = text;
    return parts;
}

std::string resolveReference(std::string_view base, std::string_view reference)
{
    const UrlReference from = splitReference(base);
    const UrlReference to = splitReference(reference);
    if (to.scheme && !to.authority) // another kind of URI: mailto, data
        return std::string(reference);
    const std::string_view scheme = to.scheme.value_or(*from.scheme);
    if (to.authority)
        return recomposed(scheme, *to.authority, withoutDotSegments(to.path), to.query);
    if (to.path.empty())
        return recomposed(scheme, *from.authority, from.path, to.query ? to.query : from.query);
    const std::string path = to.path.starts_with('/') ? std::string(to.path) : merged(from, to.path);
    return recomposed(scheme, *from.authority, withoutDotSegments(path), to.query);
}

} // namespace pushscope
