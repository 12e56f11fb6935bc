#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <deque>
#include <optional>

namespace pushscope::demo {

/// A feed's last events: what readers resume from. Ids grow, not always by one.
class ReplayLog
{
public:
    struct Entry
    {
        std::uint64_t id = 0;
        Bytes event;
    };
    /// Where a reader starts.
    struct Start
    {
        std::uint64_t next = 1; ///< the first id that it gets
        bool isGap = false;     ///< it does not go on behind its last event ID; `next` is the oldest left
    };

    explicit ReplayLog(std::uint64_t window) : m_window(window) {}

    void append(std::uint64_t id, Bytes event);
    [[nodiscard]] std::uint64_t lastId() const { return m_lastId; }
    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }
    /// Resumes behind the last event ID if that is one of ours; without one with what comes next. So does one from the
    /// future, of a feed that was here before, but that is a gap: its ids come again.
    [[nodiscard]] Start start(std::optional<std::uint64_t> lastEventId) const;
    /// The first event from that id on; null when there is none yet.
    [[nodiscard]] const Entry *from(std::uint64_t id) const;
    /// The newest id that is not here any more, 0 while none was forgotten.
    [[nodiscard]] std::uint64_t newestForgotten() const { return m_forgotten; }
    /// The id of the oldest event that is still here; lastId() + 1 when there is none.
    [[nodiscard]] std::uint64_t oldest() const { return m_entries.empty() ? m_lastId + 1 : m_entries.front().id; }
    /// Forgets what is outside the window and older than `needed`, which a slow reader waits for; beyond `byteLimit`
    /// that too.
    void trim(std::uint64_t needed, std::uint64_t byteLimit);

private:
    std::uint64_t m_window;
    std::uint64_t m_lastId = 0;
    std::uint64_t m_forgotten = 0;
    std::uint64_t m_bytes = 0;
    std::deque<Entry> m_entries;
};

} // namespace pushscope::demo
