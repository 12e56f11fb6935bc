#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/base/finding.h"
#include "core/wire/http/httpfact.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace pushscope {

/// What of a request's method decides how its answer is framed (RFC 9112 section 6.3).
enum class AnswerTo : std::uint8_t { Head, Connect, Other };
[[nodiscard]] AnswerTo answerTo(std::string_view method);

struct MessageFraming
{
    BodyFraming kind = BodyFraming::None;
    std::uint64_t length = 0; ///< ContentLength
};

/// Where the message behind a head ends (RFC 9112 section 6.3). `range` is the head's, for Findings. HttpMalformed when
/// the length is contradictory or no number, or a request's transfer coding isn't chunked at last: the framing is lost
/// then.
[[nodiscard]] Expected<MessageFraming, Error> messageFraming(const HttpHead &head, AnswerTo request, ByteRange range,
                                                             std::vector<Finding> &findings);

/// Whether the sender of this head is willing to keep the connection (section 9.3).
[[nodiscard]] bool isPersistent(const HttpHead &head);

} // namespace pushscope
