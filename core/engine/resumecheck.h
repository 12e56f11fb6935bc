#pragma once

#include "core/base/bytes.h"
#include "core/capture/facts.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace pushscope {

/// Watches the last event IDs of a stream across its reconnects and finds out whether the server took up where it left
/// off: what is missing (gap), what came twice (duplicates), what it sent again after the break (replayed), or that it
/// began anew (ignored). Ids are opaque to the standard (WHATWG HTML 9.2.6); that they count or sort is an observation.
/// No clock; one thread.
class ResumeCheck
{
public:
    /// A reconnect sent this id: the next ids decide. An empty one asks for nothing: no check then.
    void begin(ByteView idSent);
    /// An event whose block set the last event ID.
    void note(ByteView id);

    /// Between begin() and take().
    [[nodiscard]] bool isActive() const noexcept { return m_active; }
    /// The ids since begin() tell how the server resumed.
    [[nodiscard]] bool isDecided() const noexcept { return m_active && m_decided; }
    /// The outcome; ends the check.
    [[nodiscard]] ResumeFacts take();
    /// The stream ended before anything was decided.
    void abandon() { m_active = false; }

private:
    struct Known
    {
        bool numeric = false;
        std::uint64_t number = 0;
        std::uint64_t hash = 0;
        std::size_t length = 0;
    };
    [[nodiscard]] static Known read(ByteView id);
    [[nodiscard]] bool wasSeen(const Known &id) const;
    void remember(const Known &id, bool acrossBreak);
    void judge(const Known &id, ByteView text);
    void judgeNumeric(const Known &id);
    [[nodiscard]] std::uint64_t usualStep() const;

    std::optional<Known> m_first; ///< of the session
    std::optional<Known> m_last;
    std::array<std::uint64_t, 8> m_steps{}; ///< between the latest numbers, a ring
    std::size_t m_stepCount = 0;
    static constexpr std::size_t Remembered = 512;
    std::array<std::uint64_t, Remembered> m_seen{}; ///< hashes of the latest ids that are no numbers, a ring
    std::size_t m_seenCount = 0;

    bool m_active = false;
    bool m_decided = false;
    bool m_any = false; ///< an id came since begin()
    std::string m_sentText;
    Known m_sent;
    IdKind m_kind = IdKind::None;
    std::uint64_t m_gap = 0;
    std::uint64_t m_duplicates = 0;
    std::uint64_t m_fresh = 0;
    bool m_ignored = false;
};

} // namespace pushscope
