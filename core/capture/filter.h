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

/// Which records a view shows: by layer, session, kind word and payload text. The simple form; the language comes on
/// top of it.
struct Filter
{
    std::bitset<8> layers = 0xFF; ///< by Layer
    std::optional<SessionId> session;
    std::set<std::string> kinds; ///< words; empty: all. A prefix with a dot ("ws.") takes all below it
    std::string text;            ///< bytes to find in the payload, ASCII case ignored; empty: all

    [[nodiscard]] bool needsPayload() const { return !text.empty(); }
    friend bool operator==(const Filter &, const Filter &) = default;
};

/// Parses the filter box: words "kind:ws.close" and the rest as text to find.
[[nodiscard]] Filter parseFilter(std::string_view text);
[[nodiscard]] bool matches(const Filter &filter, const Capture &capture, Seq seq);

} // namespace pushscope
