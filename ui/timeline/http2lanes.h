#pragma once

#include "core/capture/capture.h"
#include "ui/timeline/lanepyramid.h"

#include <chrono>
#include <memory>
#include <unordered_map>
#include <vector>

namespace pushscope {

/// What marks of a lane stand for: the flags of its buckets.
namespace FrameMark {
inline constexpr std::uint32_t Headers = 1 << 0; ///< HEADERS, CONTINUATION
inline constexpr std::uint32_t EndStream = 1 << 1;
inline constexpr std::uint32_t Reset = 1 << 2;
inline constexpr std::uint32_t Settings = 1 << 3;
inline constexpr std::uint32_t SettingsAck = 1 << 4;
inline constexpr std::uint32_t Goaway = 1 << 5;
inline constexpr std::uint32_t Push = 1 << 6;
inline constexpr std::uint32_t Other = 1 << 7; ///< WINDOW_UPDATE, PING, PRIORITY and the like
} // namespace FrameMark

/// A PING of ours that was answered.
struct RoundTrip
{
    std::int64_t answered = 0; ///< capture time, ns
    std::int64_t length = 0;   ///< ns
    Seq seq;                   ///< of the answer
};

/// A stream of an HTTP/2 connection over time; stream 0 is the connection itself.
struct Http2Lane
{
    std::uint32_t stream = 0;
    SessionId session;
    std::int64_t start = 0; ///< of its first frame
    LanePyramid data;       ///< DATA, sized by their bytes
    LanePyramid marks;      ///< all other frames, and DATA that end the stream
    std::vector<RoundTrip> trips;
    bool isTouched = false; ///< by the advance under way
};

/// The lanes of one HTTP/2 connection, folded from its frames a slice at a time: those of the connection first, then a
/// lane for each stream in the order they began.
class Http2Lanes
{
public:
    explicit Http2Lanes(std::shared_ptr<const Capture> capture);

    /// Begins anew with another connection; `first` is its first record.
    void setConnection(std::uint32_t connection, Seq first);
    [[nodiscard]] std::uint32_t connection() const { return m_connection; }
    /// Takes records up to `published`, for no longer than `slice`; returns whether there was something new.
    bool advance(std::uint64_t published, std::chrono::microseconds slice);
    [[nodiscard]] const std::vector<std::unique_ptr<Http2Lane>> &lanes() const { return m_lanes; }
    /// -1: there is no lane for the stream yet.
    [[nodiscard]] int placeOf(std::uint32_t stream) const;
    /// Time of the newest frame that was taken.
    [[nodiscard]] std::int64_t end() const { return m_end; }

private:
    void take(Seq seq, const Record &record);
    Http2Lane &laneOf(const Record &record);

    std::shared_ptr<const Capture> m_capture;
    std::uint32_t m_connection = 0;
    std::vector<std::unique_ptr<Http2Lane>> m_lanes;
    std::unordered_map<std::uint32_t, int> m_places;
    std::vector<Http2Lane *> m_touched; ///< by the advance under way
    int m_last = -1;                    ///< the lane of the frame before
    std::uint64_t m_position = 0;
    std::int64_t m_end = 0;
};

} // namespace pushscope
