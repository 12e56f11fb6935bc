#pragma once

#include "core/wire/http/http2sendqueue.h"
#include "core/wire/http/httphead.h"

#include <cstddef>
#include <memory>

namespace pushscope {

/// What Http2Codec knows of a stream that is not closed (RFC 9113 section 5.1).
struct Http2Stream
{
    std::shared_ptr<HttpHead> head; ///< whose fields are coming in
    std::size_t headBytes = 0;
    std::size_t interimBytes = 0; ///< client: of the interim answers' heads, which count like the final one's
    std::size_t consumed = 0;     ///< content that the window was not given back for
    bool isPushed = false;
    bool isTunnel = false;      ///< CONNECT: both sides send as long as they like
    bool isHeadRequest = false; ///< the answer has no content (RFC 9110 section 9.3.2)
    bool isOpened = false;      ///< server: the request's head was received
    bool isAnswered = false;    ///< client: the final head was received
    bool hasContent = true;     ///< server: of the answer, by its status and the request's method
    bool isPeerDone = false;    ///< END_STREAM was received
    bool isOver = false;        ///< by a reset of either side: no more facts
    bool isResetByPeer = false;
    Http2SendQueue sending;
};

} // namespace pushscope
