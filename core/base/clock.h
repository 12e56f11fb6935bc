#pragma once

#include <cstdint>
#ifndef Q_MOC_RUN // moc 6.4 stumbles over the concepts that it brings in
#include <compare>
#endif

namespace pushscope {

/// Nanoseconds on a monotonic clock with an origin of its own.
struct Stamp
{
    std::int64_t nanoseconds = 0;

    friend constexpr auto operator<=>(const Stamp &, const Stamp &) = default;
    friend constexpr std::int64_t operator-(const Stamp &later, const Stamp &earlier)
    {
        return later.nanoseconds - earlier.nanoseconds;
    }
};

/// Nanoseconds as facts say durations.
constexpr double milliseconds(std::int64_t nanoseconds)
{
    return static_cast<double>(nanoseconds) * 1e-6;
}

/// The seam that tests replace: where times come from. Thread-safe.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Stamp now() const = 0;
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    [[nodiscard]] virtual std::int64_t wallTime() const = 0;
};

/// CLOCK_MONOTONIC and CLOCK_REALTIME.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] Stamp now() const override;
    [[nodiscard]] std::int64_t wallTime() const override;
};

} // namespace pushscope
