#include "core/engine/resumecheck.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <span>
#include <utility>

namespace pushscope {

namespace {

/// A number that is plausibly a time since 1970 (from 2001 to 2103), in s, ms, us or ns.
bool looksLikeTime(std::int64_t number)
{
    constexpr std::int64_t first = 1'000'000'000;
    constexpr std::int64_t last = 4'200'000'000;
    for (std::int64_t unit = 1; unit <= 1'000'000'000; unit *= 1000) {
        if (number >= first * unit && number / unit < last)
            return true;
    }
    return false;
}

} // namespace

/// Digits without a leading zero count as a number: such ids keep their value when written again.
ResumeCheck::Known ResumeCheck::read(ByteView id)
{
    Known known;
    known.text = id;
    const bool isPlain = !id.empty() && id.front() >= '0' && id.front() <= '9' && (id.front() != '0' || id.size() == 1);
    if (isPlain) {
        const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), known.number);
        known.numeric = error == std::errc() && end == id.data() + id.size();
    }
    return known;
}

ResumeCheck::Step ResumeCheck::between(const Known &from, const Known &to)
{
    Step step;
    if (from.numeric && to.numeric)
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
    const std::span steps(m_steps.data(), std::min(m_stepCount, StepsKept));
    return !steps.empty() && std::ranges::all_of(steps, &Step::sorted) &&
           (std::ranges::all_of(steps, &Step::kindred) || steps.size() >= enough);
}

/// Whether numbers go up (1) or down (-1), as far as one can see; 0 when they do both. Up, until something else is
/// seen.
int ResumeCheck::direction() const
{
    const std::span steps(m_steps.data(), std::min(m_stepCount, StepsKept));
    const auto inside = [](const Step &step) { return !step.broken; };
    const bool anyUp = std::ranges::any_of(steps, [&](const Step &step) { return inside(step) && step.by > 0; });
    const bool anyDown = std::ranges::any_of(steps, [&](const Step &step) { return inside(step) && step.by < 0; });
    return anyUp && anyDown ? 0 : anyDown ? -1 : 1;
}

/// By how much ids go up, or down; nothing when they do so irregularly, or that was not seen often enough: once is
/// enough for neighbours. A step over a break may have lost some: it can bear out the others, but not speak for itself.
std::optional<std::uint64_t> ResumeCheck::usualStep() const
{
    const std::span steps(m_steps.data(), std::min(m_stepCount, StepsKept));
    const auto first = std::ranges::find(steps, false, &Step::broken);
    if (first == steps.end() || first->by == 0)
        return {};
    const std::ptrdiff_t enough = std::abs(first->by) == 1 ? 1 : 2;
    const bool isRegular =
        std::ranges::all_of(steps, [&](const Step &step) { return step.broken || step.by == first->by; });
    if (!isRegular || std::ranges::count(steps, first->by, &Step::by) < enough)
        return {};
    return static_cast<std::uint64_t>(std::abs(first->by));
}

void ResumeCheck::remember(Known id)
{
    const bool isBroken = std::exchange(m_paused, false);
    if (m_last && !m_seen.contains(id.text)) {
        Step &step = m_steps[m_stepCount++ % StepsKept];
        step = between(*m_last, id);
        step.broken = isBroken;
    }
    m_seen[id.text] = m_seenCount++;
    if (!m_first)
        m_first = id;
    m_last = std::move(id);
}

void ResumeCheck::begin(ByteView idSent)
{
    m_active = !idSent.empty();
    m_sent = read(idSent);
    const auto sent = m_seen.find(m_sent.text);
    m_sentAt = sent == m_seen.end() ? m_seenCount : sent->second;
    m_kind = m_sent.numeric ? IdKind::Numeric : areSorted() ? IdKind::Lexical : IdKind::Opaque;
}

void ResumeCheck::note(ByteView id)
{
    if (id.empty())
        return; // it takes the last event ID back: there is nothing to resume from
    if (m_active)
        judge(read(id));
    else
        remember(read(id));
}

/// What lies behind the id that was sent was asked for, even if it had been seen.
bool ResumeCheck::isSeen(const Known &id) const
{
    const auto seen = m_seen.find(id.text);
    return id.text == m_sent.text || (seen != m_seen.end() && seen->second <= m_sentAt);
}

ResumeCheck::Side ResumeCheck::sideOf(const Known &id) const
{
    if (m_kind == IdKind::Numeric && id.numeric) {
        const int up = direction();
        return up == 0 ? Side::Unknown : (id.number > m_sent.number) == (up > 0) ? Side::Behind : Side::NotBehind;
    }
    if (m_kind == IdKind::Lexical && id.text.size() == m_sent.text.size())
        return id.text > m_sent.text ? Side::Behind : Side::NotBehind;
    return Side::Unknown;
}

void ResumeCheck::judge(const Known &id)
{
    ++m_answers;
    if (!isSeen(id))
        return judgeNew(id);
    // Whatever a server still has of what was before the first may come before it.
    const bool isAnew = m_duplicates == 0 && !m_passed && m_first && id.text == m_first->text;
    m_ignored |= isAnew && id.text != m_sent.text;
    m_decided |= m_ignored;
    ++m_duplicates;
}

void ResumeCheck::judgeNew(const Known &id)
{
    m_decided = true;
    const Side side = sideOf(id);
    if (side == Side::NotBehind) {
        m_strayed = true;
        return;
    }
    ++m_fresh;
    if (std::exchange(m_passed, true))
        return;
    m_gap = missingBefore(id);
    const Step step = between(m_sent, id);
    if (m_kind == IdKind::Numeric && !id.numeric)
        m_kind = IdKind::Opaque; // another kind of id
    else if (m_kind == IdKind::Opaque && m_stepCount == 0 && step.sorted && step.kindred)
        m_kind = IdKind::Lexical;
}

/// Between the id that was sent and the first behind it.
std::optional<std::uint64_t> ResumeCheck::missingBefore(const Known &id) const
{
    if (m_kind != IdKind::Numeric || sideOf(id) != Side::Behind)
        return {};
    const auto distance = static_cast<std::uint64_t>(std::abs(id.number - m_sent.number));
    if (distance == 1)
        return 0;
    const auto step = usualStep();
    if (step && looksLikeTime(m_sent.number))
        return distance <= *step ? std::optional<std::uint64_t>(0) : std::nullopt;
    return step && distance % *step == 0 ? std::optional(distance / *step - 1) : std::nullopt;
}

ResumeFacts ResumeCheck::take()
{
    m_active = false;
    ResumeFacts facts;
    facts.idKind = m_kind;
    // What has not come past the id that was sent has left nothing out yet.
    facts.gap = m_passed ? m_gap : m_strayed ? std::nullopt : std::optional<std::uint64_t>(0);
    facts.duplicates = m_duplicates;
    facts.replayed = m_replayed;
    facts.ignored = m_ignored;
    return facts;
}

} // namespace pushscope
