#include "core/capture/releasemarks.h"

#include "core/capture/capturelogs.h"
#include "core/capture/trail.h"

#include <algorithm>
#include <utility>

namespace pushscope {

ReleaseMarks::Hold::Hold(ReleaseMarks &marks, const Trail &trail) : m_marks(marks), m_trail(&trail)
{
    m_marks.m_trails.push_back(m_trail);
}

ReleaseMarks::Hold::Hold(ReleaseMarks &marks, const Seq &subject) : m_marks(marks), m_subject(&subject)
{
    m_marks.m_subjects.push_back(m_subject);
}

ReleaseMarks::Hold::Hold(ReleaseMarks &marks, Keep keep) : m_marks(marks), m_keep(std::move(keep))
{
    m_marks.m_keepers.push_back(&m_keep);
}

ReleaseMarks::Hold::~Hold()
{
    if (m_trail != nullptr)
        std::erase(m_marks.m_trails, m_trail);
    if (m_subject != nullptr)
        std::erase(m_marks.m_subjects, m_subject);
    if (m_keep)
        std::erase(m_marks.m_keepers, &m_keep);
}

void ReleaseMarks::mark(CaptureLogs &logs, const ReleaseMark &end)
{
    m_nextRecords = end.records + m_pace.records;
    m_nextBytes = end.bytes + m_pace.bytes;
    if (!logs.isReleasing.load(std::memory_order_relaxed))
        return;
    m_places.push_back({end.records, end.extents});
    const std::lock_guard guard(logs.releaseLock);
    if (logs.releaseMark)
        return;
    ReleaseMark mark = lowest(end);
    const auto behind =
        std::upper_bound(m_places.begin(), m_places.end(), mark.records,
                         [](std::uint64_t records, const Place &place) { return records < place.records; });
    m_places.erase(m_places.begin(), behind - 1); // the first of all is at the beginning: one stays
    mark.extents = m_places.front().extents;      // those of a record are appended right before it or later
    keepSubjects(logs, mark.records);
    for (const Keep *keep : m_keepers)
        (*keep)(Seq(end.records)); // those that stay may lose their bytes
    m_releasable = mark.records;
    logs.releaseMark = mark;
}

/// Records from the end on refer to their own bytes, extents and findings, which come, and to what trails still need.
ReleaseMark ReleaseMarks::lowest(const ReleaseMark &end) const
{
    ReleaseMark mark = end;
    mark.place = end.records;
    for (const Trail *trail : m_trails) {
        const auto oldest = trail->oldestNeeded();
        if (!oldest)
            continue;
        mark.bytes = std::min(mark.bytes, oldest->logOffset);
        mark.records = std::min(mark.records, std::max<std::uint64_t>(oldest->carrier.value, 1) - 1);
    }
    // A long frame may be the carrier of what came behind the last mark: only its distance will be asked for.
    mark.records = std::max(mark.records, m_releasable);
    return mark;
}

void ReleaseMarks::keepSubjects(const CaptureLogs &logs, std::uint64_t before)
{
    std::map<Seq, Record> copies;
    for (const Seq *subject : m_subjects) {
        if (!subject->isValid() || subject->value > before)
            continue;
        const Record *copy = kept(*subject);
        copies.emplace(
            *subject, copy != nullptr ? *copy : *reinterpret_cast<const Record *>(logs.records.at(subject->value - 1)));
    }
    m_kept = std::move(copies);
}

const Record *ReleaseMarks::kept(Seq subject) const
{
    const auto copy = m_kept.find(subject);
    return copy != m_kept.end() ? &copy->second : nullptr;
}

} // namespace pushscope
