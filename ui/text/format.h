#pragma once

#include <QString>

#include <cstdint>

namespace pushscope {

/// 98,313
[[nodiscard]] QString formatCount(std::uint64_t count);
/// "64 B", "1.4 KB", "6.1 MB" (powers of 1000)
[[nodiscard]] QString formatSize(std::uint64_t bytes);
/// "65,535 B": windows are compared to the byte; below 0 with a minus sign.
[[nodiscard]] QString formatSizeExactly(std::int64_t bytes);
/// "12.3/s", "0.4/s", "50,120/s"
[[nodiscard]] QString formatRate(double perSecond);
/// Local wall time of nanoseconds since 1970: "12:03:52.120"
[[nodiscard]] QString formatClock(std::int64_t nanoseconds, int decimals = 3);
/// Seconds since the capture's start: "12.345678"
[[nodiscard]] QString formatSince(std::int64_t nanoseconds);
/// "+1.000", "+0.000412" below a millisecond
[[nodiscard]] QString formatDelta(std::int64_t nanoseconds);
/// "3.0 s", "250 ms", "2 min 5 s", "26 h 3 min"
[[nodiscard]] QString formatDuration(double milliseconds);
/// How long ago: "just now", "12 min ago", "yesterday", "20 Nov"
[[nodiscard]] QString formatAgo(std::int64_t thenSeconds, std::int64_t nowSeconds);

} // namespace pushscope
