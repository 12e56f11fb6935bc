#pragma once

#include "core/base/bytes.h"
#include "core/wire/http/headers.h"

#include <cstdint>
#include <optional>

namespace pushscope {

/// The head of a part of a multipart body (RFC 2046 section 5.1): field lines, folded or not, up to a blank line. All
/// of it may be missing.
struct PartHead
{
    Headers headers;
    std::uint64_t contentBegin = 0;   ///< behind the blank line; the end of the bytes when there is none
    std::optional<ByteRange> badLine; ///< the first that is no field, and is left out
};

/// Reads the head at the beginning of a part. Lines end with CR LF or LF.
[[nodiscard]] PartHead readPartHead(ByteView part);

/// What a part's Content-Length says, which tells its end before its delimiter does; nullopt without a usable one.
[[nodiscard]] std::optional<std::uint64_t> contentLengthOf(const PartHead &head);

} // namespace pushscope
