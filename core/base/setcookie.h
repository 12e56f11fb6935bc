#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pushscope {

/// What a Set-Cookie field says, attributes that make no sense left out (RFC 6265 section 5.2).
struct SetCookie
{
    std::string name, value;
    std::optional<std::int64_t> expires; ///< seconds since 1970-01-01T00:00:00Z
    std::optional<std::int64_t> maxAge;  ///< seconds; stronger than `expires`
    std::string domain;                  ///< lower case, without a leading dot; "" without the attribute
    std::string path;                    ///< "" means the default path
    bool secure = false;
    bool httpOnly = false;

    friend bool operator==(const SetCookie &, const SetCookie &) = default;
};

/// Nothing for what section 5.2 says to ignore.
[[nodiscard]] std::optional<SetCookie> parseSetCookie(std::string_view field);

/// A cookie-date, leniently (section 5.1.1); seconds since 1970-01-01T00:00:00Z.
[[nodiscard]] std::optional<std::int64_t> parseCookieDate(std::string_view text);

} // namespace pushscope
