#pragma once

#include "core/capture/capture.h"
#include "core/capture/details/http2details.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace pushscope {

struct ConnectionSummary;

/// A setting as one side of an HTTP/2 connection wants it kept.
struct Http2SettingLine
{
    Http2Setting setting{};
    std::optional<std::uint32_t> value; ///< none: not limited
    Seq announcedIn;                    ///< none: never announced, the value is the standard's initial one
    bool isAcknowledged = false;
};

/// What the sender of that direction has announced by now: every setting that the standards define, in the order of
/// their numbers, then the others (RFC 9113 section 6.5).
[[nodiscard]] std::vector<Http2SettingLine> http2SettingsOf(const Capture &capture, const ConnectionSummary &connection,
                                                            Direction direction);

} // namespace pushscope
