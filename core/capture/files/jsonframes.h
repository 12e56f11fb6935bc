#pragma once

#include "core/base/bytes.h"

#include <string>

namespace pushscope {

// The JSON lines' fields of HTTP/2 frames.

/// Of an h2.* record: `origin` is the frame, `facts` what is derived of it (see facts.h). A number that the
/// connection's end cut off is null.
void appendHttp2Frame(std::string &out, ByteView origin, ByteView facts);

} // namespace pushscope
