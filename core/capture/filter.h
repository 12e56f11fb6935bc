#pragma once

#include "core/base/ids.h"
#include "core/capture/capture.h"
#include "core/capture/record.h"

#include <bitset>
#include <cstdint>
#include <optional>
#include <set>
#include <string>

namespace pushscope {

/// Which records a view shows: by layer, session or connection, kind word and payload text. The simple form; the
/// language comes on top of it.
struct Filter
{
    std::bitset<8> layers = 0xFF; ///< by Layer
    std::optional<SessionId> session;
    std::set<std::uint32_t> joined; ///< with `session`: connections that it shares though another session opened them.
                                    ///< What is told there of the connection itself is shown too
    std::optional<ConnectionId> connection; ///< all of a connection, of whichever session
    std::set<std::string> kinds; ///< empty: all; else words ("ws.close"), prefixes with a dot ("ws."), or what stands
                                 ///< after the dot ("close")
    std::string text;            ///< bytes to find in the payload, ASCII case ignored; empty: all

    [[nodiscard]] bool needsPayload() const { return !text.empty(); }
    friend bool operator==(const Filter &, const Filter &) = default;
};

/// Parses the filter box: words "kind:ws.close" and the rest as text to find.
[[nodiscard]] Filter parseFilter(std::string_view text);
/// Whether Filter::layers takes a record: a companion request and its answer stand among the messages too, as what was
/// said and what came back.
[[nodiscard]] bool takesLayer(const Filter &filter, RecordKind kind, bool isCompanion);
/// What Filter::kinds says of a kind.
[[nodiscard]] bool takesKind(const Filter &filter, RecordKind kind);
/// Whether a record of stream 0 tells of a connection rather than of the session that opened it.
[[nodiscard]] bool isAboutConnection(RecordKind kind);
/// What Filter::session, joined and connection say of a record.
[[nodiscard]] bool isInScope(const Filter &filter, const Record &record);
/// Whether there is a kind that Filter::kinds would take for this word.
[[nodiscard]] bool isKind(std::string_view wanted);
[[nodiscard]] bool matches(const Filter &filter, const Capture &capture, Seq seq);

} // namespace pushscope
