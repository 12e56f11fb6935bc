#pragma once

#include "core/base/bytes.h"
#include "core/wire/coding/contentcoding.h"

#include <cstdint>
#include <memory>

namespace pushscope {

/// Applies a content coding as it streams: the other half of ContentDecoder, for whoever plays a server.
class ContentEncoder
{
public:
    enum class Flush : std::uint8_t {
        None, ///< the library keeps what it likes, and packs better
        Sync, ///< what was given can be decoded at once
        End   ///< the coding's own end; nothing follows
    };

    ContentEncoder() = default;
    ContentEncoder(const ContentEncoder &) = delete;
    ContentEncoder &operator=(const ContentEncoder &) = delete;
    virtual ~ContentEncoder() = default;

    /// The coded bytes that are ready, which may be none.
    [[nodiscard]] virtual Bytes encode(ByteView plain, Flush flush) = 0;
};

[[nodiscard]] std::unique_ptr<ContentEncoder> makeContentEncoder(ContentCoding coding);

} // namespace pushscope
