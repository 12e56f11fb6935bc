#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace pushscope {

// Text of the protocols: only ASCII letters have case there, whatever the locale says.

[[nodiscard]] constexpr char lowered(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

[[nodiscard]] inline std::string lowered(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) { return lowered(c); });
    return result;
}

/// Without the given whitespace at its end.
[[nodiscard]] constexpr std::string_view withoutTrailing(std::string_view text, std::string_view whitespace) noexcept
{
    return text.substr(0, text.find_last_not_of(whitespace) + 1);
}

/// Without it at both ends.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text, std::string_view whitespace) noexcept
{
    return withoutTrailing(text.substr(std::min(text.find_first_not_of(whitespace), text.size())), whitespace);
}

/// OWS, what may surround a field's value and the elements of a list (RFC 9110 section 5.6.3).
inline constexpr std::string_view OptionalWhitespace = " \t";

} // namespace pushscope
