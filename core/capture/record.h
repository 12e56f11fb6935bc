#pragma once

#include "core/base/ids.h"

#include <cstdint>
#include <string_view>

namespace pushscope {

enum class Layer : std::uint8_t { Connection, Frames, Messages, Findings, Reads };

enum class Direction : std::uint8_t { None, In, Out };

/// The kinds of record; the words are those of the JSON lines format.
enum class RecordKind : std::uint8_t {
    // connection
    Session,
    Dns,
    Tcp,
    Tls,
    HttpRequest,
    HttpResponse,
    HttpBody,
    HttpTrailers,
    HttpPush,
    WsOpen,
    Coding,
    State,
    Resume,
    End,
    Error,
    // frames
    H1Chunk,
    H2Data,
    H2Headers,
    H2Priority,
    H2RstStream,
    H2Settings,
    H2PushPromise,
    H2Ping,
    H2Goaway,
    H2WindowUpdate,
    H2Continuation,
    H2Altsvc,
    H2Origin,
    H2PriorityUpdate,
    H2Unknown,
    WsFrame,
    // messages
    SseEvent,
    SseBlock,
    SseComment,
    SseRetry,
    SseUnknown,
    SseIncomplete,
    StreamLine,
    StreamChunk,
    StreamPart,
    WsText,
    WsBinary,
    WsPing,
    WsPong,
    WsClose,
    // findings
    Finding,
    // reads
    TcpRead,
    TcpWrite,
    Count
};

[[nodiscard]] constexpr Layer layerOf(RecordKind kind) noexcept
{
    return kind <= RecordKind::Error     ? Layer::Connection
           : kind <= RecordKind::WsFrame ? Layer::Frames
           : kind <= RecordKind::WsClose ? Layer::Messages
           : kind <= RecordKind::Finding ? Layer::Findings
                                         : Layer::Reads;
}
/// "sse.event", "ws.frame", ...
[[nodiscard]] std::string_view word(RecordKind kind);
/// "connection", "frames", "messages", "findings", "reads"
[[nodiscard]] std::string_view word(Layer layer);
/// "in", "out", "-"
[[nodiscard]] std::string_view word(Direction direction);

namespace RecordFlag {
/// The origin is scattered: `origin` is the index of its first extent instead of an offset in the byte log.
inline constexpr std::uint16_t Scattered = 1 << 0;
/// SseEvent, SseBlock: this block set the last event ID.
inline constexpr std::uint16_t IdSet = 1 << 1;
/// WsFrame, Ws messages: the payload is masked on the wire.
inline constexpr std::uint16_t Masked = 1 << 2;
/// Ws messages: the payload is compressed on the wire, plain in the derived range.
inline constexpr std::uint16_t Compressed = 1 << 3;
/// The block's first bytes are the stream's (a BOM there is the stream's, not a field name's).
inline constexpr std::uint16_t StreamStart = 1 << 4;
/// The origin was cut at a limit; a Finding says how much.
inline constexpr std::uint16_t Cut = 1 << 5;
inline constexpr std::uint16_t Companion = 1 << 6; ///< of a request beside the stream, or of its answer
} // namespace RecordFlag

/// One thing that was seen. Never rewritten once appended. 64 bytes.
struct Record
{
    std::int64_t time = 0;     ///< nanoseconds since the capture began, monotonic; that of the socket read or write
    std::uint64_t origin = 0;  ///< byte log offset of the bytes it stands for, or see RecordFlag::Scattered
    std::uint64_t derived = 0; ///< byte log offset of what was made of them (facts in CBOR, plain bytes, headers)
    std::uint64_t related = 0; ///< Seq: events: the record that set the last event ID; pong: our ping; response: its
                               ///< request; finding: what it is about; ws.close: the other side's, when it came first
    std::uint32_t originLength = 0; ///< bytes, saturated; a frame's whole length even while its payload is still coming
    std::uint32_t derivedLength = 0;
    std::uint32_t session = 0;
    std::uint32_t connection = 0;
    std::uint32_t stream = 0;
    std::uint32_t carrierFirst = 0; ///< distance back in sequence to the first record that carried it; 0: none
    std::uint32_t carrierLast = 0;
    RecordKind kind = RecordKind::Session;
    Direction direction = Direction::None;
    std::uint16_t flags = 0;

    [[nodiscard]] bool has(std::uint16_t flag) const { return (flags & flag) != 0; }
};
static_assert(sizeof(Record) == 64);

/// A piece of a scattered origin. The pieces of a record stand in order, others' may stand between them.
struct Extent
{
    std::uint64_t owner = 0; ///< Seq of the record
    std::uint64_t offset = 0;
    std::uint32_t length = 0;
    std::uint32_t reserved = 0;
};
static_assert(sizeof(Extent) == 24);

/// A Finding in a capture: appended when it is known, after the record that it is about. Its own record (kind Finding)
/// gives it time and sequence; `related` there is `of`, `derived` the index here.
struct FindingEntry
{
    std::uint64_t of = 0;  ///< Seq
    std::uint64_t own = 0; ///< Seq of its own record
    std::int64_t argument = 0;
    std::uint32_t offset = 0; ///< in the origin of `of`
    std::uint32_t length = 0;
    std::uint16_t rule = 0; ///< Rule
    std::uint16_t reserved[3] = {};
};
static_assert(sizeof(FindingEntry) == 40);

} // namespace pushscope
