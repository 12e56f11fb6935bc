#pragma once

#include "core/base/ids.h"
#include "core/capture/record.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

namespace pushscope {

class CaptureLogs;
class Trail;

/// What no record behind a place refers to, in the units of the logs: everything before it may go once the reader is
/// there.
struct ReleaseMark
{
    std::uint64_t place = 0; ///< records up to here refer to what lies further back
    std::uint64_t records = 0;
    std::uint64_t extents = 0;
    std::uint64_t findings = 0;
    std::uint64_t bytes = 0;
};

/// The writer's side of CaptureWriter::release(): knows what is still going to be asked for and sets, every few
/// megabytes, a mark for the reader. The writer's thread.
class ReleaseMarks
{
public:
    using Keep = std::function<void(Seq)>;

    /// Something that will be asked for later, as long as this lives.
    class Hold
    {
    public:
        /// The bytes that a trail has not forgotten and their carriers.
        Hold(ReleaseMarks &marks, const Trail &trail);
        /// The record that a Finding may come for, whichever it is at the time: of an old one a copy is kept.
        Hold(ReleaseMarks &marks, const Seq &subject);
        /// Whatever else is in records: `keep` copies it from those up to the one that it is given, before they go.
        Hold(ReleaseMarks &marks, Keep keep);
        Hold(const Hold &) = delete;
        Hold &operator=(const Hold &) = delete;
        ~Hold();

    private:
        ReleaseMarks &m_marks;
        const Trail *m_trail = nullptr;
        const Seq *m_subject = nullptr;
        const Keep m_keep;
    };

    /// Bytes are in the log that no trail has yet: nothing is marked as long as one lives, whatever is published.
    class Pause
    {
    public:
        explicit Pause(ReleaseMarks &marks) : m_marks(marks) { ++m_marks.m_pauses; }
        Pause(const Pause &) = delete;
        Pause &operator=(const Pause &) = delete;
        ~Pause() { --m_marks.m_pauses; }

    private:
        ReleaseMarks &m_marks;
    };

    /// How far marks are apart: a segment goes at a time.
    struct Pace
    {
        std::uint64_t records = 65536;
        std::uint64_t bytes = 8 * 1024 * 1024;
    };
    void setPace(const Pace &pace)
    {
        m_pace = pace;
        m_nextRecords = m_nextBytes = 0;
    }

    [[nodiscard]] bool isDue(std::uint64_t records, std::uint64_t bytes) const noexcept
    {
        return (records >= m_nextRecords || bytes >= m_nextBytes) && m_pauses == 0;
    }
    /// `end`: what was published just now; no record is half made. Nothing is marked unless a reader lets go, nor while
    /// it has not taken the mark before.
    void mark(CaptureLogs &logs, const ReleaseMark &end);
    /// The copy of a subject that may be gone from the log; null for all others.
    [[nodiscard]] const Record *kept(Seq subject) const;

private:
    /// How many extents there were when there were so many records.
    struct Place
    {
        std::uint64_t records = 0;
        std::uint64_t extents = 0;
    };

    [[nodiscard]] ReleaseMark lowest(const ReleaseMark &end) const;
    void keepSubjects(const CaptureLogs &logs, std::uint64_t before);

    Pace m_pace;
    std::uint64_t m_nextRecords = m_pace.records;
    std::uint64_t m_nextBytes = m_pace.bytes;
    std::size_t m_pauses = 0;
    std::vector<Place> m_places{{}}; ///< from the last one before the mark on
    std::uint64_t m_releasable = 0;  ///< records, by the last mark
    std::vector<const Trail *> m_trails;
    std::vector<const Seq *> m_subjects;
    std::vector<const Keep *> m_keepers;
    std::map<Seq, Record> m_kept;
};

} // namespace pushscope
