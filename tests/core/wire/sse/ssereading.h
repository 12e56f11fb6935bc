#pragma once

#include "core/wire/sse/ssedecoder.h"

#include <string>
#include <vector>

namespace pushscope::test {

/// An event as a browser would dispatch it, decoded.
struct DispatchedEvent
{
    std::string type;
    std::string data;
    std::string lastEventId;
    friend bool operator==(const DispatchedEvent &, const DispatchedEvent &) = default;
};

/// What came out of a stream, from the decoder's facts and, for their contents, the parsers of blocks and lines.
struct SseReading
{
    /// A fact a line: kind, range, what it says, then its findings. A LF behind the CR of a line ending counts to the
    /// fact that the line ending ends, so that the text is the same however the stream was cut.
    std::string facts;
    std::vector<DispatchedEvent> events;
    std::vector<std::size_t> eventsAfterPiece;
    std::vector<std::string> comments;
    std::vector<std::uint64_t> retries;
    std::string lastEventId;
};

/// Feeds the pieces one after the other, each in memory of its own, and ends the stream.
[[nodiscard]] SseReading readSse(const std::vector<Bytes> &pieces, ByteView lastEventId = {},
                                 std::uint64_t limit = SseDecoder::noLimit);

/// The stream in pieces of a size.
[[nodiscard]] std::vector<Bytes> inPieces(ByteView stream, std::size_t size);

} // namespace pushscope::test
