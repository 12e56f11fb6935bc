#pragma once

#include "core/wire/http/http2codec.h"
#include "core/wire/http/http2receiver.h"

#include <cstddef>
#include <memory>

struct nghttp2_session;

namespace pushscope {

/// What nghttp2's callbacks work on: their user data.
struct Http2Context
{
    Http2Receiver receiver;
    std::size_t padTo = 0;
    std::size_t goaways = 0;  ///< the owner's, submitted and not sent yet; any other is nghttp2's for an error
    std::size_t received = 0; ///< content that the connection's window was not given back for
    bool onlyControl = false; ///< DATA frames wait
};

struct Http2SessionDeleter
{
    void operator()(nghttp2_session *session) const;
};
using Http2SessionPointer = std::unique_ptr<nghttp2_session, Http2SessionDeleter>;

/// The context must stay where it is as long as the session lives.
[[nodiscard]] Http2SessionPointer openHttp2Session(Role role, const Http2Codec::Options &options,
                                                   Http2Context &context);

} // namespace pushscope
