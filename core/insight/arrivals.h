#pragma once

#include "core/capture/capture.h"
#include "core/insight/coarseningseries.h"
#include "core/insight/loghistogram.h"
#include "core/insight/servertimesearch.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace pushscope {

/// When the messages of one session came: how far apart, how many to a second and to a socket read, and how long after
/// their server's own time. Folded from a growing capture a stretch of records at a time, in a bounded memory.
class Arrivals
{
public:
    /// A stretch of time.
    struct Stretch
    {
        std::uint64_t events = 0, bytes = 0;
        std::uint64_t largestLump = 0;
        Seq first;                 ///< message in it
        std::uint64_t stamped = 0; ///< messages whose server's time was read
        double sumOfDelays = 0;    ///< arrival less server's time, ns: their clocks differ, so only changes count
        std::int64_t leastDelay = 0, greatestDelay = 0;

        void add(const Stretch &later);
        void stamp(std::int64_t delay);
    };
    static constexpr std::size_t Stretches = 1024;
    static constexpr std::int64_t FirstWidth = 10'000'000; ///< of a stretch, ns

    struct Lump
    {
        std::uint64_t size = 0;
        Seq first;
    };

    /// `place`: where the server's time stands; none: wherever a ServerTimeSearch finds it.
    Arrivals(std::shared_ptr<const Capture> capture, SessionId session,
             std::optional<ServerTimePlace> place = std::nullopt);

    /// Takes records up to the published count, at most `limit` of them; returns whether there are more.
    bool advance(std::uint64_t limit = ~0ull);
    [[nodiscard]] SessionId session() const { return m_session; }
    [[nodiscard]] std::uint64_t position() const { return m_position; }

    [[nodiscard]] std::uint64_t events() const { return m_events; }
    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }
    /// Capture time of the first and the last, ns.
    [[nodiscard]] std::int64_t firstTime() const { return m_firstTime; }
    [[nodiscard]] std::int64_t lastTime() const { return m_lastTime; }
    /// Between a message and the one before on the same connection, ns; 0 in one read.
    [[nodiscard]] const LogHistogram &gaps() const { return m_gaps; }
    [[nodiscard]] Seq longestGap() const { return m_longestGap; }
    [[nodiscard]] const CoarseningSeries<Stretch> &overTime() const { return m_overTime; }
    /// How many messages a socket read brought to its end; reads that brought none are left out. The newest read may
    /// still grow and is left out too.
    [[nodiscard]] const LogHistogram &lumps() const { return m_lumps; }
    [[nodiscard]] const Lump &largestLump() const { return m_largestLump; }
    /// Messages that came with others.
    [[nodiscard]] std::uint64_t inLumps() const { return m_inLumps; }
    /// Where the server's time stands; none: nowhere that was found. One that was found may turn out to be none.
    [[nodiscard]] const std::optional<ServerTimePlace> &place() const { return m_place; }
    [[nodiscard]] std::uint64_t stamped() const { return m_stamped; }
    /// The smallest of arrival less server's time, ns: what all others are compared with.
    [[nodiscard]] std::int64_t leastDelay() const { return m_leastDelay; }
    [[nodiscard]] std::int64_t greatestDelay() const { return m_greatestDelay; }

private:
    void take(Seq seq, const Record &record);
    void takeMessage(Seq seq, const Record &record);
    void endLump();
    void readServerTime(Seq seq);
    void search(const JsonDocument &message, Seq seq);
    void stamp(const JsonDocument &message, Seq seq);
    void forgetStamps();

    std::shared_ptr<const Capture> m_capture;
    SessionId m_session;
    std::optional<ServerTimePlace> m_place;
    bool m_isPlaceGiven;
    ServerTimeSearch m_search;
    std::vector<Seq> m_unstamped; ///< looked at before there was a place
    std::uint64_t m_position = 0;
    std::uint64_t m_events = 0, m_bytes = 0, m_inLumps = 0, m_stamped = 0;
    std::int64_t m_firstTime = 0, m_lastTime = 0, m_leastDelay = 0, m_greatestDelay = 0;
    std::uint32_t m_connection = 0; ///< of the last message; 0 behind a break
    bool m_newRead = true;          ///< a socket read came since the last message
    LogHistogram m_gaps, m_lumps;
    Seq m_longestGap;
    Lump m_lump, m_largestLump;
    Seq m_lumpLast;
    Seq m_lastTimed; ///< whose server's time was asked for last
    CoarseningSeries<Stretch> m_overTime{FirstWidth, Stretches};
};

} // namespace pushscope
