#pragma once

#include "core/base/finding.h"
#include "core/wire/http/http2frame.h"
#include "core/wire/role.h"

#include <cstdint>
#include <vector>

namespace pushscope {

// What a frame breaks of RFC 9113 by itself, as Findings; `begin` is where its header begins in what the sender sent.

/// By its header alone; how large frames may be is the connection's matter.
void inspectHttp2Header(const Http2FrameHeader &header, Role sender, std::uint64_t begin,
                        std::vector<Finding> &findings);
/// By its payload, which is all there; rules of field blocks are elsewhere.
void inspectHttp2Payload(const Http2FrameHeader &header, const Http2Payload &payload, Role sender, std::uint64_t begin,
                         std::vector<Finding> &findings);
/// More padding than there is room for (section 6.1); the length byte is the payload's first.
[[nodiscard]] bool isPaddingTooLong(const Http2FrameHeader &header, std::uint8_t padLength);
[[nodiscard]] Finding paddingTooLong(std::uint64_t begin, std::uint8_t padLength);

} // namespace pushscope
