#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pushscope {

/// A URI reference taken apart where RFC 3986 appendix B cuts it, byte for byte as written: nothing is decoded or
/// normalised. The parts are views into the text; absent and empty are different.
struct UrlReference
{
    std::optional<std::string_view> scheme;
    std::optional<std::string_view> authority;
    std::string_view path;
    std::optional<std::string_view> query;
    std::optional<std::string_view> fragment;
};

[[nodiscard]] UrlReference splitReference(std::string_view text);

/// The absolute URI, without fragment, that a reference means beside a base (RFC 3986 section 5.2). The base has a
/// scheme and an authority.
[[nodiscard]] std::string resolveReference(std::string_view base, std::string_view reference);

} // namespace pushscope
