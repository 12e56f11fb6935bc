#pragma once

#include "core/base/bytes.h"
#include "core/capture/facts.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

namespace pushscope {

/// Tells from the last event IDs of a stream, those before a reconnect and those behind it, how the server resumed. Ids
/// are opaque to the standard (WHATWG HTML 9.2.6); that they count (numeric) or sort (lexical: ULIDs, times, numbers
/// with leading zeros) is an observation. Nothing is claimed that the ids do not show:
/// - a duplicate is an id that was seen before, not behind the one that was sent; that an id is smaller tells nothing;
/// - the server ignored what was sent if it began again with the very first id that was seen;
/// - how many are missing is counted in the step by which the ids went up, or down, and only if they did so at least
///   twice, or once as neighbours, and by nothing else of late. Neighbours leave no room in any case. Times go on by
///   themselves, so that they can show that nothing is missing, and no more.
/// One for each reconnect: it is told what was seen, then begin(), then what comes. No clock; one thread.
class ResumeCheck
{
public:
    /// An event whose block set the last event ID.
    void note(ByteView id);
    /// The connection ended behind the ids so far, or they are no longer known: others may lie before the next.
    void pause() { m_paused = true; }
    /// A reconnect sent this id: the next ids decide. An empty one asks for nothing: no check then.
    void begin(ByteView idSent);

    /// Between begin() and take().
    [[nodiscard]] bool isActive() const noexcept { return m_active; }
    /// How many ids came since begin().
    [[nodiscard]] std::uint64_t answers() const noexcept { return m_active ? m_answers : 0; }
    /// The ids since begin() tell how the server resumed. Until then all of them had been seen before.
    [[nodiscard]] bool isDecided() const noexcept { return m_active && m_decided; }
    /// All that came so far came in one burst.
    void noteReplay() { m_replayed = m_fresh; }
    /// The outcome; ends the check.
    [[nodiscard]] ResumeFacts take();
    /// No id came that could tell anything.
    void abandon() { m_active = false; }

private:
    struct Known
    {
        bool numeric = false;
        std::int64_t number = 0;
        std::string text;
    };
    /// How an id that was not seen before follows the one before it.
    struct Step
    {
        std::int64_t by = 0;  ///< between numbers, else 0
        bool broken = false;  ///< a break lies between
        bool sorted = false;  ///< of the same length, and greater
        bool kindred = false; ///< begins alike
    };
    /// Where an id lies that was not seen before.
    enum class Side : std::uint8_t { Behind, NotBehind, Unknown };

    [[nodiscard]] static Known read(ByteView id);
    [[nodiscard]] static Step between(const Known &from, const Known &to);
    [[nodiscard]] bool areSorted() const;
    [[nodiscard]] int direction() const;
    [[nodiscard]] std::optional<std::uint64_t> usualStep() const;
    [[nodiscard]] bool isSeen(const Known &id) const;
    [[nodiscard]] Side sideOf(const Known &id) const;
    void remember(Known id);
    void judge(const Known &id);
    void judgeNew(const Known &id);
    [[nodiscard]] std::optional<std::uint64_t> missingBefore(const Known &id) const;

    std::optional<Known> m_first; ///< of the session
    std::optional<Known> m_last;
    static constexpr std::size_t StepsKept = 8;
    std::array<Step, StepsKept> m_steps{}; ///< the latest, a ring
    std::size_t m_stepCount = 0;
    std::unordered_map<std::string, std::size_t> m_seen; ///< the ids before begin(), each with its latest place
    std::size_t m_seenCount = 0;
    bool m_paused = false;

    bool m_active = false;
    bool m_decided = false;
    Known m_sent;
    std::size_t m_sentAt = 0; ///< its place among the ids seen; behind all where it was not
    IdKind m_kind = IdKind::None;
    std::optional<std::uint64_t> m_gap;
    bool m_passed = false; ///< an id came that lies behind the one sent
    bool m_ignored = false;
    bool m_strayed = false; ///< an id came that was never seen, and lies elsewhere
    std::uint64_t m_answers = 0;
    std::uint64_t m_duplicates = 0;
    std::uint64_t m_fresh = 0;
    std::uint64_t m_replayed = 0; ///< of these
};

} // namespace pushscope
