#include "core/capture/details/partdetails.h"

#include "core/capture/capture.h"
#include "core/wire/stream/multipartsplitter.h"
#include "core/wire/stream/parthead.h"

#include <utility>

namespace pushscope {

PartDetails partOf(const Capture &capture, Seq seq)
{
    Bytes scratch;
    // The splitter read no more of it as a head.
    PartHead head = readPartHead(capture.originView(seq, scratch, MultipartSplitter::HeadLimit));
    PartDetails part;
    const auto type = head.headers.value("Content-Type");
    part.mediaType = type ? mediaTypeEssence(*type) : "text/plain";
    part.contentBegin = head.contentBegin;
    part.headers = std::move(head.headers);
    return part;
}

} // namespace pushscope
