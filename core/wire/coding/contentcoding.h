#pragma once

#include "core/wire/http/headers.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pushscope {

/// The content codings that are spoken here (RFC 9110 section 8.4.1, RFC 7932, RFC 8878).
enum class ContentCoding : std::uint8_t { Gzip, Deflate, Brotli, Zstd };

/// As Content-Encoding has it: "gzip", "deflate", "br", "zstd".
[[nodiscard]] std::string_view word(ContentCoding coding);
/// Case ignored; "x-gzip" is gzip (RFC 9110 section 8.4.1.3).
[[nodiscard]] std::optional<ContentCoding> contentCoding(std::string_view word);

/// What an Accept-Encoding of ours offers.
inline constexpr std::string_view OfferedCodings = "gzip, deflate, br, zstd";

/// Codings on one another that are still undone. Nobody needs more than one; each costs a window.
inline constexpr std::size_t MaxContentCodings = 4;

/// What a message's Content-Encoding says (RFC 9110 section 8.4).
struct ContentCodings
{
    std::vector<ContentCoding> applied; ///< in the order in which they were applied; "identity" is none
    std::string words;                  ///< the same as the field has it, "gzip, br"; "" without any coding
    bool isKnown = true;                ///< false: one is unknown, or there are too many; `applied` is empty then

    [[nodiscard]] bool isCoded() const { return !words.empty(); }
};
[[nodiscard]] ContentCodings contentCodings(const Headers &message);

/// Whether a request names a coding in its Accept-Encoding, or takes any by "*" (RFC 9110 section 12.5.3).
[[nodiscard]] bool offersCoding(const Headers &request, std::string_view coding);
/// Whether it may be answered with one: a request without Accept-Encoding takes any.
[[nodiscard]] bool acceptsCoding(const Headers &request, ContentCoding coding);

} // namespace pushscope
