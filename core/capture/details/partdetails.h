#pragma once

#include "core/base/ids.h"
#include "core/wire/http/headers.h"

#include <cstdint>
#include <string>

namespace pushscope {

class Capture;

/// A part of a multipart body, taken apart.
struct PartDetails
{
    Headers headers;
    std::string mediaType; ///< of its content, as RFC 2046 section 5.1 has it where the part says nothing: text/plain
    std::uint64_t contentBegin = 0; ///< in its origin
};
/// Precondition: the record's kind is StreamPart.
[[nodiscard]] PartDetails partOf(const Capture &capture, Seq seq);

} // namespace pushscope
