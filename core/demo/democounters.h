#pragma once

#include <atomic>
#include <cstdint>

namespace pushscope::demo {

/// Written by the server's thread, read by the panel's.
struct DemoCounters
{
    std::atomic<std::uint32_t> connections{0};
    std::atomic<std::uint32_t> streams{0};
    std::atomic<std::uint64_t> eventsSent{0};
};

} // namespace pushscope::demo
