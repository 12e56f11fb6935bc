#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <optional>

namespace pushscope {

/// An event to send. Data may hold line breaks; each line becomes a `data` field.
struct SseEvent
{
    std::optional<Bytes> id;
    Bytes type; ///< "" leaves the field out
    Bytes data;
    std::optional<std::uint64_t> retry; ///< milliseconds
};

/// The event as bytes that an event-stream parser turns into the same event again, with the blank line. Line breaks in
/// the data arrive as LF; an id and a type have none, so theirs end at the first.
[[nodiscard]] Bytes encodeSse(const SseEvent &event);
/// A comment, one line for each of the text, and a blank line.
[[nodiscard]] Bytes encodeSseComment(ByteView text);

} // namespace pushscope
