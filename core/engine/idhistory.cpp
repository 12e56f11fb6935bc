#include "core/engine/idhistory.h"

#include "core/capture/capture.h"
#include "core/wire/sse/sseblock.h"

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

/// What an event or block set; nothing for blocks too large to be looked through now.
std::optional<IdHistory::Entry> entryOf(const Capture &capture, Seq seq)
{
    constexpr std::uint32_t largest = 16 * 1024;
    if (!seq.isValid())
        return std::nullopt;
    const Record &record = capture.record(seq);
    if (record.originLength > largest)
        return std::nullopt;
    auto id = parseSseBlock(capture.origin(seq), record.has(RecordFlag::StreamStart)).id;
    return id ? std::optional(IdHistory::Entry{std::move(*id), record.time}) : std::nullopt;
}

} // namespace

void IdHistory::keep(const Capture &capture, Seq last)
{
    if (!m_isFirstKept && m_first.isValid() && m_first <= last) {
        m_firstEntry = entryOf(capture, m_first);
        m_isFirstKept = true;
        m_entries.resize(Remembered);
    }
    m_kept = std::max(m_kept, m_count - std::min(m_count, Remembered));
    for (; m_kept < m_count && m_latest[m_kept % Remembered] <= last; ++m_kept)
        m_entries[m_kept % Remembered] = entryOf(capture, m_latest[m_kept % Remembered]);
}

std::vector<std::optional<IdHistory::Entry>> IdHistory::inOrder(const Capture &capture) const
{
    std::vector<std::optional<Entry>> entries;
    if (m_count > Remembered)
        entries = {m_isFirstKept ? m_firstEntry : entryOf(capture, m_first), std::nullopt};
    for (std::size_t i = m_count - std::min(m_count, Remembered); i < m_count; ++i)
        entries.push_back(i < m_kept ? m_entries[i % Remembered] : entryOf(capture, m_latest[i % Remembered]));
    return entries;
}

} // namespace pushscope
