#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pushscope {

/// A flow-control window (RFC 9113 section 6.9) and how it changed. However often it does, no more than MaxSamples are
/// kept: the longer it lives, the coarser its history.
class FlowWindow
{
public:
    /// What the window came to, from `time` to the next sample's.
    struct Sample
    {
        std::int64_t time = 0; ///< capture time, ns
        std::int64_t left = 0; ///< at the end of that stretch: bytes that may be sent
        std::int64_t lowest = 0;
        friend bool operator==(const Sample &, const Sample &) = default;
    };
    static constexpr std::size_t MaxSamples = 256;

    /// Open from `time` on with `bytes`.
    FlowWindow(std::int64_t time, std::int64_t bytes);

    /// DATA takes from it.
    void take(std::int64_t time, std::uint64_t bytes);
    /// WINDOW_UPDATE gives back.
    void give(std::int64_t time, std::uint64_t bytes);
    /// A new SETTINGS_INITIAL_WINDOW_SIZE moves an open stream's window by the difference (section 6.9.2).
    void restart(std::int64_t time, std::int64_t initial);

    /// Bytes that may be sent now; below 0 when a smaller initial window came while more was on its way, or when the
    /// sender broke the rule.
    [[nodiscard]] std::int64_t left() const { return m_left; }
    /// What it began with, or would by now.
    [[nodiscard]] std::int64_t initial() const { return m_initial; }
    /// The most that was ever left: the gauge's upper end.
    [[nodiscard]] std::int64_t highest() const { return m_highest; }
    [[nodiscard]] const std::vector<Sample> &history() const { return m_history; }
    /// The stretch that a time lies in; nullptr before the first.
    [[nodiscard]] const Sample *at(std::int64_t time) const;

private:
    void change(std::int64_t time, std::int64_t difference);

    std::int64_t m_left = 0;
    std::int64_t m_initial = 0;
    std::int64_t m_highest = 0;
    std::int64_t m_step = 0; ///< changes that are nearer to each other share a sample
    std::vector<Sample> m_history;
};

} // namespace pushscope
