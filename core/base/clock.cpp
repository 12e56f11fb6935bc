#include "core/base/clock.h"

#include <chrono>

namespace pushscope {

namespace {
template <class Source>
std::int64_t nanoseconds()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(Source::now().time_since_epoch()).count();
}
} // namespace

Stamp SystemClock::now() const
{
    return {nanoseconds<std::chrono::steady_clock>()};
}

std::int64_t SystemClock::wallTime() const
{
    return nanoseconds<std::chrono::system_clock>();
}

} // namespace pushscope
