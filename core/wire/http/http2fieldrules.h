#pragma once

#include "core/base/bytes.h"
#include "core/wire/http/hpack.h"
#include "core/wire/role.h"

#include <optional>

namespace pushscope {

/// What can be known of a field block's purpose without its stream's history: a block without pseudo-header fields may
/// be trailers when it ends its stream.
struct Http2BlockUse
{
    Role sender = Role::Client;
    bool isPromise = false; ///< PUSH_PROMISE: a server's request
    bool endsStream = false;
};

/// What certainly makes a message with this block malformed (RFC 9113 sections 8.1 to 8.3, RFC 8441 section 4): the
/// first such field's range in the block, an empty range when a field is missing that must be there; nullopt when
/// nothing does.
[[nodiscard]] std::optional<ByteRange> malformedPart(const HpackBlock &block, Http2BlockUse use);

} // namespace pushscope
