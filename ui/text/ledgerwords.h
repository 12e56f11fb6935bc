#pragma once

#include "core/insight/reconnectledger.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace pushscope {

// An attempt of the reconnect ledger in words. What quotes the network is made visible (see plaintext.h).

/// Why and how it ended, with a shape: "✕ reset: reset after data, 8 bytes unfinished"; the state it is in while it
/// goes on: "● open".
[[nodiscard]] QString endOf(const LedgerEntry &entry, const LedgerTexts &texts);
/// How long the wait behind it was to be, why that long, and what became of it: "3.0 s · retry: server · ended by you
/// after 1.2 s".
[[nodiscard]] QString waitOf(const LedgerEntry &entry);
/// The id that it asked with against the one seen before: "5120 · the last one seen".
[[nodiscard]] QString idSentOf(const LedgerEntry &entry, const LedgerTexts &texts);
/// The last id that came in it, "—" without.
[[nodiscard]] QString idSeenOf(const LedgerTexts &texts);
/// What became of asking for what lies behind the id: "took up without a gap · 3 replayed · numeric ids".
[[nodiscard]] QString resumeOf(const LedgerEntry &entry);
/// Time to the answer, "—" where none came. What goes on still is told as of `now` (capture time, ns), if that is
/// known.
[[nodiscard]] QString connectingOf(const LedgerEntry &entry, const std::optional<std::int64_t> &now);
[[nodiscard]] QString openOf(const LedgerEntry &entry, const std::optional<std::int64_t> &now);
/// From the answer to the first event behind it.
[[nodiscard]] QString firstEventOf(const LedgerEntry &entry);

} // namespace pushscope
