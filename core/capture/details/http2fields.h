#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/capture/details/fieldtree.h"

#include <vector>

namespace pushscope {

/// Of an h2.* record: the nine bytes of the header, then what the frame's type has (RFC 9113 sections 4.1 and 6), then
/// what HPACK made of its field block.
[[nodiscard]] std::vector<Field> http2FrameFields(const Capture &capture, Seq frame);
/// The fields of a request, an answer, trailers or a push over HTTP/2, each with the bytes that coded it in the frames
/// that are the record's origin.
[[nodiscard]] std::vector<Field> http2HeadFields(const Capture &capture, Seq head);

} // namespace pushscope
