#pragma once

#include "core/capture/capture.h"
#include "core/capture/facts.h"
#include "ui/timeline/lanepyramid.h"

#include <chrono>
#include <memory>
#include <unordered_map>
#include <vector>

namespace pushscope {

/// A stretch of a lane in one state; it ends where the next begins.
struct LaneBand
{
    std::int64_t start = 0;
    SessionState state = SessionState::Idle;
    Cause cause = Cause::None;
    double delayMs = 0;
    DelaySource delaySource = DelaySource::None;
    Seq seq;
};

struct Lane
{
    SessionId session;
    LanePyramid marks;
    std::vector<LaneBand> bands;
    [[nodiscard]] bool isOver() const
    {
        return bands.empty() || bands.back().state == SessionState::Closed ||
               bands.back().state == SessionState::Failed;
    }
};

/// The lanes of the timeline, folded from a growing capture a slice at a time.
class TimelineLanes
{
public:
    explicit TimelineLanes(std::shared_ptr<const Capture> capture);

    /// Takes records up to `published`, for no longer than `slice`; returns whether there was something new.
    bool advance(std::uint64_t published, std::chrono::microseconds slice);
    [[nodiscard]] const std::vector<std::unique_ptr<Lane>> &lanes() const { return m_lanes; }
    [[nodiscard]] const Lane *lane(SessionId session) const;
    /// Time of the newest record that was taken.
    [[nodiscard]] std::int64_t end() const { return m_end; }
    /// Whether any lane's state goes on growing with the clock.
    [[nodiscard]] bool isMoving() const;

private:
    Lane &laneOf(std::uint32_t session);
    void take(Seq seq, const Record &record);

    std::shared_ptr<const Capture> m_capture;
    std::vector<std::unique_ptr<Lane>> m_lanes;
    std::unordered_map<std::uint32_t, Lane *> m_bySession;
    std::uint64_t m_position = 0;
    std::int64_t m_end = 0;
};

} // namespace pushscope
