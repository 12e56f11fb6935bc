#include "core/engine/resumecheck.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <utility>

namespace pushscope {

namespace {

std::uint64_t hashOf(ByteView id)
{
    return std::hash<ByteView>()(id);
}

/// A number that is plausibly a time since 1970 (from 2001 to 2103), in s, ms, us or ns.
bool looksLikeTime(std::uint64_t number)
{
    constexpr std::uint64_t first = 1'000'000'000;
    constexpr std::uint64_t last = 4'200'000'000;
    for (std::uint64_t unit = 1; unit <= 1'000'000'000; unit *= 1000) {
        if (number >= first * unit && number < last * unit)
            return true;
    }
    return false;
}

} // namespace

/// Up to 19 digits without a leading zero count as a number: such ids keep their value when written again.
ResumeCheck::Known ResumeCheck::read(ByteView id)
{
    Known known;
    known.text = id;
    if (!id.empty() && id.size() <= 19 && (id.front() != '0' || id.size() == 1)) {
        const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), known.number);
        known.numeric = error == std::errc() && end == id.data() + id.size();
    }
    return known;
}

ResumeCheck::Step ResumeCheck::between(const Known &from, const Known &to)
{
    Step step;
    if (from.numeric && to.numeric && to.number > from.number)
        step.by = to.number - from.number;
    step.sorted = from.text.size() == to.text.size() && to.text > from.text;
    // Ids that sort begin with what grows: an eighth of a ULID or of a UUID version 7 stays for weeks, of a random id
    // for none.
    const auto end = std::mismatch(from.text.begin(), from.text.end(), to.text.begin(), to.text.end()).first;
    const auto alike = static_cast<std::size_t>(end - from.text.begin());
    step.kindred = alike >= std::max<std::size_t>(1, from.text.size() / 8);
    return step;
}

/// Whether the ids seen so far are in order, by more than chance: random ones of one length are in order now and then.
bool ResumeCheck::areSorted() const
{
    constexpr std::size_t enough = 5;
    const auto end = m_steps.begin() + static_cast<std::ptrdiff_t>(std::min(m_stepCount, StepsKept));
    const bool sorted = std::all_of(m_steps.begin(), end, [](const Step &step) { return step.sorted; });
    const bool kindred = std::all_of(m_steps.begin(), end, [](const Step &step) { return step.kindred; });
    return m_stepCount > 0 && sorted && (kindred || m_stepCount >= enough);
}

/// By how much ids go up; 0 when they do so irregularly, as times do: then what is missing can't be counted. The
/// smallest step is a habit if most are like it and the others are multiples: holes there were before.
std::uint64_t ResumeCheck::usualStep() const
{
    const bool isTime = looksLikeTime(m_sent.number);
    if (m_stepCount == 0)
        return isTime ? 0 : 1;
    const auto end = m_steps.begin() + static_cast<std::ptrdiff_t>(std::min(m_stepCount, StepsKept));
    const std::uint64_t smallest =
        std::min_element(m_steps.begin(), end, [](const Step &a, const Step &b) { return a.by < b.by; })->by;
    if (smallest == 0)
        return 0;
    const auto alike = std::count_if(m_steps.begin(), end, [&](const Step &step) { return step.by == smallest; });
    const bool multiples = std::all_of(m_steps.begin(), end, [&](const Step &step) { return step.by % smallest == 0; });
    const auto known = end - m_steps.begin();
    constexpr std::ptrdiff_t enoughForTimes = 3;
    return multiples && alike * 2 >= known && (!isTime || known >= enoughForTimes) ? smallest : 0;
}

/// The latest place of an id among the `before` first that were seen, as far as they are remembered.
std::optional<std::size_t> ResumeCheck::lastSeen(std::uint64_t hash, std::size_t before) const
{
    const std::size_t oldest = m_seenCount - std::min(m_seenCount, Remembered);
    for (std::size_t place = before; place > oldest; --place) {
        if (m_seen[(place - 1) % Remembered] == hash)
            return place - 1;
    }
    return {};
}

void ResumeCheck::remember(Known id)
{
    if (m_last && !std::exchange(m_paused, false)) {
        const Step step = between(*m_last, id);
        // The same id again, or a number from before: no step.
        const bool isStep = id.numeric && m_last->numeric ? step.by != 0 : id.text != m_last->text;
        if (isStep)
            m_steps[m_stepCount++ % StepsKept] = step;
    }
    if (m_seen.size() < Remembered)
        m_seen.push_back(0);
    m_seen[m_seenCount++ % Remembered] = hashOf(id.text);
    if (!m_first)
        m_first = id;
    m_last = std::move(id);
}

void ResumeCheck::begin(ByteView idSent)
{
    m_active = !idSent.empty();
    m_decided = m_any = m_ignored = m_uncountable = false;
    m_gap = m_duplicates = m_fresh = m_replayed = 0;
    m_sent = read(idSent);
    m_sentAt = lastSeen(hashOf(idSent), m_seenCount);
    m_kind = m_sent.numeric ? IdKind::Numeric : areSorted() ? IdKind::Lexical : IdKind::Opaque;
    pause();
}

void ResumeCheck::note(ByteView id)
{
    if (id.empty())
        return; // it takes the last event ID back: there is nothing to resume from
    Known known = read(id);
    if (m_active)
        judge(known);
    remember(std::move(known));
}

/// Whether an id is not behind the one that was sent: what is behind it was asked for, even if it had been seen.
bool ResumeCheck::isOld(const Known &id) const
{
    if (id.text == m_sent.text)
        return true;
    if (m_kind == IdKind::Numeric && id.numeric)
        return id.number < m_sent.number;
    if (m_kind == IdKind::Lexical && id.text.size() == m_sent.text.size())
        return id.text < m_sent.text;
    return lastSeen(hashOf(id.text), m_sentAt ? *m_sentAt + 1 : m_seenCount).has_value();
}

void ResumeCheck::judge(const Known &id)
{
    const bool isFirst = !std::exchange(m_any, true);
    if (isOld(id)) {
        ++m_duplicates;
        // A server that begins again with the very first id of all, or with one from before, does not look at what we
        // sent.
        const bool isAnew = !m_first || id.text == m_first->text ||
                            (m_kind == IdKind::Numeric && id.numeric && m_first->numeric
                                 ? id.number < m_first->number || id.number <= 1
                                 : m_kind == IdKind::Lexical && id.text < m_first->text);
        m_ignored |= isFirst && isAnew && id.text != m_sent.text;
        m_decided |= m_ignored;
        return;
    }
    if (m_fresh++ == 0 && !m_ignored)
        measureGap(id);
    m_decided = true;
}

void ResumeCheck::measureGap(const Known &id)
{
    if (m_kind == IdKind::Numeric && id.numeric) {
        const std::uint64_t step = usualStep();
        const std::uint64_t distance = id.number - m_sent.number;
        m_uncountable = step == 0 || distance % step != 0;
        m_gap = m_uncountable ? 0 : distance / step - 1;
        return;
    }
    const Step step = between(m_sent, id);
    if (m_kind == IdKind::Numeric)
        m_kind = IdKind::Opaque; // another kind of id
    else if (m_kind == IdKind::Opaque && m_stepCount == 0 && step.sorted && step.kindred)
        m_kind = IdKind::Lexical;
    m_uncountable = true;
}

ResumeFacts ResumeCheck::take()
{
    m_active = false;
    ResumeFacts facts;
    facts.idKind = m_kind;
    facts.gap = m_gap;
    facts.duplicates = m_duplicates;
    facts.replayed = m_replayed;
    facts.ignored = m_ignored;
    facts.uncountable = m_uncountable;
    return facts;
}

} // namespace pushscope
