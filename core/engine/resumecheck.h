#pragma once

#include "core/base/bytes.h"
#include "core/capture/facts.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pushscope {

/// Watches the last event IDs of a stream across its reconnects and finds out whether the server took up where it left
/// off: what is missing (gap), what came twice (duplicates), what it sent again after the break (replayed), or that it
/// began anew (ignored). Ids are opaque to the standard (WHATWG HTML 9.2.6); that they count (numeric) or sort
/// (lexical: ULIDs, times, numbers with leading zeros) is an observation. No clock; one thread.
class ResumeCheck
{
public:
    /// An event whose block set the last event ID.
    void note(ByteView id);
    /// The connection ended behind the ids so far: what lies between them and the next one is no habit of theirs.
    void pause() { m_paused = true; }
    /// A reconnect sent this id: the next ids decide. An empty one asks for nothing: no check then.
    void begin(ByteView idSent);

    /// Between begin() and take().
    [[nodiscard]] bool isActive() const noexcept { return m_active; }
    /// An id came since begin().
    [[nodiscard]] bool hasAnswer() const noexcept { return m_active && m_any; }
    /// How many ids came since begin().
    [[nodiscard]] std::uint64_t answers() const noexcept { return m_fresh + m_duplicates; }
    /// All that came so far had been kept for us: what is new of it was replayed.
    void noteReplay() { m_replayed = m_fresh; }
    /// The ids since begin() tell how the server resumed. Until then all of them had been seen before.
    [[nodiscard]] bool isDecided() const noexcept { return m_active && m_decided; }
    /// The outcome; ends the check.
    [[nodiscard]] ResumeFacts take();
    /// No id came that could tell anything.
    void abandon() { m_active = false; }

private:
    struct Known
    {
        bool numeric = false;
        std::uint64_t number = 0;
        std::string text;
    };
    /// How an id follows the one before it.
    struct Step
    {
        std::uint64_t by = 0; ///< numbers: what is added; 0: they do not grow
        bool sorted = false;  ///< of the same length, and greater
        bool kindred = false; ///< begins alike
    };
    [[nodiscard]] static Known read(ByteView id);
    [[nodiscard]] static Step between(const Known &from, const Known &to);
    [[nodiscard]] bool areSorted() const;
    [[nodiscard]] std::uint64_t usualStep() const;
    [[nodiscard]] std::optional<std::size_t> lastSeen(std::uint64_t hash, std::size_t before) const;
    [[nodiscard]] bool isOld(const Known &id) const;
    void remember(Known id);
    void judge(const Known &id);
    void measureGap(const Known &id);

    std::optional<Known> m_first; ///< of the session
    std::optional<Known> m_last;
    static constexpr std::size_t StepsKept = 8;
    std::array<Step, StepsKept> m_steps{}; ///< the latest, a ring
    std::size_t m_stepCount = 0;
    static constexpr std::size_t Remembered = 1024;
    std::vector<std::uint64_t> m_seen; ///< hashes of the latest ids, a ring
    std::size_t m_seenCount = 0;
    bool m_paused = false;

    bool m_active = false;
    bool m_decided = false;
    bool m_any = false;
    Known m_sent;
    std::optional<std::size_t> m_sentAt; ///< its place among the ids seen
    IdKind m_kind = IdKind::None;
    std::uint64_t m_gap = 0;
    bool m_uncountable = false;
    std::uint64_t m_duplicates = 0;
    std::uint64_t m_fresh = 0;
    std::uint64_t m_replayed = 0; ///< of these
    bool m_ignored = false;
};

} // namespace pushscope
