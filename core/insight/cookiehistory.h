#pragma once

#include "core/base/cookiejar.h"
#include "core/base/ids.h"
#include "core/base/url.h"

#include <optional>
#include <vector>

namespace pushscope {

class Capture;

/// The URL that a request's record asked for; nothing when its bytes don't tell. HTTP/1.1 does not say whether the
/// connection was secure.
[[nodiscard]] std::optional<Url> urlOfRequest(const Capture &capture, Seq request, bool isSecure);

/// The session's jar as it was behind the record `upTo`, made again from what its answers set: `from` of each cookie is
/// the answer's record. `records` are the session's records of the connection layer, ascending; of many the latest
/// AnswersLimit count.
inline constexpr std::size_t AnswersLimit = 2'000;
[[nodiscard]] std::vector<Cookie> cookiesBehind(const Capture &capture, const std::vector<Seq> &records, Seq upTo);

} // namespace pushscope
