#pragma once

#include "core/base/ids.h"
#include "core/capture/record.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace pushscope {

class Capture;

/// What a recording came to: what --stats prints. Folded from the records as they come.
class Totals
{
public:
    /// A record that counts, at its place in the capture.
    void take(const Capture &capture, const Record &record, Layer layer, Seq seq);
    /// One that came behind the end (--count): only what it cost on the wire counts.
    void takeTail(const Capture &capture, const Record &record, Seq seq);

    /// One JSON object in one line, without line ending.
    [[nodiscard]] std::string json(double seconds, std::uint64_t lost) const;

private:
    void takeConnection(const Capture &capture, const Record &record, Seq seq);

    std::uint64_t m_records = 0;
    std::uint64_t m_messages = 0;
    std::uint64_t m_frames = 0;
    std::uint64_t m_bytesWire = 0;
    std::uint64_t m_bytesPayload = 0;
    std::uint64_t m_reconnects = 0;
    std::uint64_t m_gaps = 0;
    std::uint64_t m_duplicates = 0;
    std::uint64_t m_connections = 0;
    std::int64_t m_begin = 0;                          ///< capture time of the first record
    std::optional<std::int64_t> m_firstOpen;           ///< the same of the first open state
    std::map<std::uint32_t, std::uint32_t> m_attempts; ///< by session
};

} // namespace pushscope
