#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace pushscope {

class Capture;

/// Which records set the last event ID: the first of all and the latest, and where connections ended between them. What
/// they set, and when, the capture says, should somebody ask; of those that it lets go of it is copied before (see
/// ReleaseMarks::Hold).
class IdHistory
{
public:
    static constexpr std::size_t Remembered = 1024;
    struct Entry
    {
        Bytes id;
        std::int64_t time = 0; ///< of the record
    };

    void note(Seq record)
    {
        if (m_count == 0)
            m_first = record;
        m_latest[m_count++ % Remembered] = record;
    }
    /// What comes next comes on another connection.
    void noteBreak()
    {
        if (m_count != 0 && m_latest[(m_count - 1) % Remembered].isValid())
            m_latest[m_count++ % Remembered] = Seq();
    }
    /// Records up to `last` are about to go.
    void keep(const Capture &capture, Seq last);
    /// Nothing stands where others lie between, a connection ended, or a block was too large to be looked through.
    [[nodiscard]] std::vector<std::optional<Entry>> inOrder(const Capture &capture) const;

private:
    std::array<Seq, Remembered> m_latest{};
    std::size_t m_count = 0;
    Seq m_first;
    std::vector<std::optional<Entry>> m_entries; ///< what the latest set, as far as it was kept
    std::size_t m_kept = 0;                      ///< as m_count
    std::optional<Entry> m_firstEntry;
    bool m_isFirstKept = false;
};

} // namespace pushscope
