#include "core/capture/details/flowwindow.h"

#include <algorithm>

namespace pushscope {

namespace {

/// No window is larger (RFC 9113 section 6.9.1); a hostile peer's updates add up to no more here.
constexpr std::int64_t LargestWindow = 0x7fffffff;

/// Each pair becomes one stretch.
void halve(std::vector<FlowWindow::Sample> &history)
{
    std::size_t kept = 0;
    for (std::size_t i = 0; i + 1 < history.size(); i += 2) {
        const FlowWindow::Sample &second = history[i + 1];
        history[kept++] = {history[i].time, second.left, std::min(history[i].lowest, second.lowest)};
    }
    if (history.size() % 2 == 1)
        history[kept++] = history.back();
    history.resize(kept);
}

} // namespace

FlowWindow::FlowWindow(std::int64_t time, std::int64_t bytes)
    : m_left(bytes), m_initial(bytes), m_highest(bytes), m_history{{time, bytes, bytes}}
{
}

void FlowWindow::take(std::int64_t time, std::uint64_t bytes)
{
    change(time, -static_cast<std::int64_t>(bytes));
}

void FlowWindow::give(std::int64_t time, std::uint64_t bytes)
{
    change(time, static_cast<std::int64_t>(bytes));
}

void FlowWindow::restart(std::int64_t time, std::int64_t initial)
{
    change(time, initial - m_initial);
    m_initial = initial;
}

const FlowWindow::Sample *FlowWindow::at(std::int64_t time) const
{
    const auto behind = std::upper_bound(m_history.begin(), m_history.end(), time,
                                         [](std::int64_t t, const Sample &sample) { return t < sample.time; });
    return behind == m_history.begin() ? nullptr : &*std::prev(behind);
}

void FlowWindow::change(std::int64_t time, std::int64_t difference)
{
    m_left = std::clamp(m_left + difference, -LargestWindow, LargestWindow);
    m_highest = std::max(m_highest, m_left);
    Sample &last = m_history.back();
    if (time <= last.time + m_step) {
        last.left = m_left;
        last.lowest = std::min(last.lowest, m_left);
        return;
    }
    if (m_history.size() == MaxSamples) {
        m_step = std::max(m_step * 2, (last.time - m_history.front().time) / static_cast<std::int64_t>(MaxSamples));
        halve(m_history);
    }
    m_history.push_back({time, m_left, m_left});
}

} // namespace pushscope
