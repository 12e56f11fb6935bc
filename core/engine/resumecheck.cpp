#include "core/engine/resumecheck.h"

#include <algorithm>
#include <charconv>
#include <functional>

namespace pushscope {

/// Up to 19 digits without a leading zero count as a number: such ids keep their value when written again.
ResumeCheck::Known ResumeCheck::read(ByteView id)
{
    Known known;
    known.length = id.size();
    if (!id.empty() && id.size() <= 19 && (id.front() != '0' || id.size() == 1)) {
        const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), known.number);
        known.numeric = error == std::errc() && end == id.data() + id.size();
    }
    if (!known.numeric)
        known.hash = std::hash<ByteView>()(id);
    return known;
}

bool ResumeCheck::wasSeen(const Known &id) const
{
    const auto end = m_seen.begin() + static_cast<std::ptrdiff_t>(std::min(m_seenCount, Remembered));
    return std::find(m_seen.begin(), end, id.hash) != end;
}

void ResumeCheck::remember(const Known &id, bool acrossBreak)
{
    if (!id.numeric) {
        m_seen[m_seenCount++ % Remembered] = id.hash;
    } else if (!acrossBreak && m_last && m_last->numeric && id.number > m_last->number) {
        m_steps[m_stepCount++ % m_steps.size()] = id.number - m_last->number;
    }
    if (!m_first)
        m_first = id;
    m_last = id;
}

void ResumeCheck::begin(ByteView idSent)
{
    m_active = !idSent.empty();
    m_decided = m_any = m_ignored = false;
    m_gap = m_duplicates = m_fresh = 0;
    m_sentText = idSent;
    m_sent = read(idSent);
    m_kind = IdKind::None;
}

void ResumeCheck::note(ByteView id)
{
    const Known known = read(id);
    const bool acrossBreak = m_active && !m_any;
    if (m_active && !id.empty())
        judge(known, id);
    remember(known, acrossBreak);
}

void ResumeCheck::judge(const Known &id, ByteView text)
{
    if (m_sent.numeric && id.numeric) {
        m_kind = IdKind::Numeric;
        judgeNumeric(id);
    } else if (wasSeen(id)) {
        ++m_duplicates;
        // A server that begins again with the very first id of all does not look at what we sent.
        m_ignored |= !m_any && m_first && !m_first->numeric && m_first->hash == id.hash && id.hash != m_sent.hash;
        m_decided |= m_ignored;
    } else {
        ++m_fresh;
        m_decided = true;
        if (m_kind == IdKind::None)
            m_kind = id.length == m_sent.length && text > m_sentText ? IdKind::Lexical : IdKind::Opaque;
    }
    m_any = true;
}

void ResumeCheck::judgeNumeric(const Known &id)
{
    if (id.number <= m_sent.number) {
        ++m_duplicates;
        const bool restarted =
            m_first && m_first->numeric && id.number <= m_first->number && id.number != m_sent.number;
        m_ignored |= !m_any && (restarted || id.number <= 1) && id.number < m_sent.number;
        m_decided |= m_ignored;
        return;
    }
    if (m_fresh++ == 0 && !m_ignored) {
        if (const std::uint64_t step = usualStep(); step != 0)
            m_gap = (id.number - m_sent.number + step - 1) / step - 1;
    }
    m_decided = true;
}

/// By how much ids go up; 0 when they do so irregularly, as timestamps do: then what is missing can't be counted. One
/// step that comes twice among the latest is a habit.
std::uint64_t ResumeCheck::usualStep() const
{
    if (m_stepCount == 0)
        return 1;
    const std::size_t known = std::min(m_stepCount, m_steps.size());
    const std::uint64_t latest = m_steps[(m_stepCount - 1) % m_steps.size()];
    const auto end = m_steps.begin() + static_cast<std::ptrdiff_t>(known);
    return known == 1 || std::count(m_steps.begin(), end, latest) > 1 ? latest : 0;
}

ResumeFacts ResumeCheck::take()
{
    m_active = false;
    ResumeFacts facts;
    facts.idKind = m_kind == IdKind::None ? IdKind::Opaque : m_kind;
    facts.gap = m_gap;
    facts.duplicates = m_duplicates;
    facts.replayed = m_fresh;
    facts.ignored = m_ignored;
    return facts;
}

} // namespace pushscope
