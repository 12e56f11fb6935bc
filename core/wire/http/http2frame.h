#pragma once

#include "core/base/bytes.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace pushscope {

/// Frame types (RFC 9113 section 6; ALTSVC RFC 7838, ORIGIN RFC 8336, PRIORITY_UPDATE RFC 9218). Any other number is an
/// unknown frame.
enum class Http2FrameType : std::uint8_t {
    Data = 0x0,
    Headers = 0x1,
    Priority = 0x2,
    RstStream = 0x3,
    Settings = 0x4,
    PushPromise = 0x5,
    Ping = 0x6,
    Goaway = 0x7,
    WindowUpdate = 0x8,
    Continuation = 0x9,
    Altsvc = 0xa,
    Origin = 0xc,
    PriorityUpdate = 0x10
};

namespace Http2Flag {
inline constexpr std::uint8_t EndStream = 0x1; ///< DATA, HEADERS
inline constexpr std::uint8_t Ack = 0x1;       ///< SETTINGS, PING
inline constexpr std::uint8_t EndHeaders = 0x4;
inline constexpr std::uint8_t Padded = 0x8;
inline constexpr std::uint8_t Priority = 0x20;
} // namespace Http2Flag

/// RFC 9113 section 7; the peer may send any other number.
enum class Http2ErrorCode : std::uint32_t {
    NoError = 0x0,
    ProtocolError = 0x1,
    InternalError = 0x2,
    FlowControlError = 0x3,
    SettingsTimeout = 0x4,
    StreamClosed = 0x5,
    FrameSizeError = 0x6,
    RefusedStream = 0x7,
    Cancel = 0x8,
    CompressionError = 0x9,
    ConnectError = 0xa,
    EnhanceYourCalm = 0xb,
    InadequateSecurity = 0xc,
    Http11Required = 0xd
};

/// RFC 9113 section 6.5.2, RFC 8441 section 3, RFC 9218 section 2.1.
enum class Http2Setting : std::uint16_t {
    HeaderTableSize = 0x1,
    EnablePush = 0x2,
    MaxConcurrentStreams = 0x3,
    InitialWindowSize = 0x4,
    MaxFrameSize = 0x5,
    MaxHeaderListSize = 0x6,
    EnableConnectProtocol = 0x8,
    NoRfc7540Priorities = 0x9
};

/// "DATA", "RST_STREAM", ...; "" for a number that nobody defined.
[[nodiscard]] std::string_view word(Http2FrameType type);
/// "ENHANCE_YOUR_CALM", ...; "" for a number that nobody defined.
[[nodiscard]] std::string_view word(Http2ErrorCode code);
/// What an error code says of the sender's reasons, a phrase in lower case: "the stream is not needed any more".
[[nodiscard]] std::string_view meaning(Http2ErrorCode code);
/// "INITIAL_WINDOW_SIZE", ...; "" for a number that nobody defined.
[[nodiscard]] std::string_view word(Http2Setting setting);
/// "CANCEL", or the number in hexadecimal ("0x1f") where there is no word.
[[nodiscard]] std::string errorText(Http2ErrorCode code);

/// What a client sends first (RFC 9113 section 3.4), before its SETTINGS frame.
inline constexpr std::string_view Http2Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The nine bytes before every frame's payload (RFC 9113 section 4.1).
struct Http2FrameHeader
{
    static constexpr std::size_t Size = 9;

    std::uint32_t length = 0; ///< of the payload, 24 bits
    Http2FrameType type = Http2FrameType::Data;
    std::uint8_t flags = 0;
    bool reserved = false; ///< the bit before the stream identifier
    std::uint32_t stream = 0;

    [[nodiscard]] bool has(std::uint8_t flag) const { return (flags & flag) != 0; }
    friend bool operator==(const Http2FrameHeader &, const Http2FrameHeader &) = default;
};

/// Of at least nine bytes.
[[nodiscard]] constexpr Http2FrameHeader parseHttp2FrameHeader(ByteView bytes)
{
    const auto octet = [bytes](unsigned at, unsigned shift) { return std::uint32_t(std::uint8_t(bytes[at])) << shift; };
    const std::uint32_t stream = octet(5, 24) | octet(6, 16) | octet(7, 8) | octet(8, 0);
    return {.length = octet(0, 16) | octet(1, 8) | octet(2, 0),
            .type = static_cast<Http2FrameType>(octet(3, 0)),
            .flags = static_cast<std::uint8_t>(octet(4, 0)),
            .reserved = stream >> 31 != 0,
            .stream = stream & 0x7fffffff};
}
void appendHttp2FrameHeader(Bytes &out, const Http2FrameHeader &header);
/// A whole frame; the header's length is taken from the payload.
void appendHttp2Frame(Bytes &out, Http2FrameHeader header, ByteView payload);

struct Http2SettingValue
{
    Http2Setting setting;
    std::uint32_t value = 0;
    friend bool operator==(const Http2SettingValue &, const Http2SettingValue &) = default;
};

/// The fields of a frame's payload, as far as they are there: what the frame's type does not have, or what was cut off,
/// is empty. Ranges count from the payload's first byte.
struct Http2Payload
{
    struct Priority ///< RFC 7540 section 5.3; deprecated by RFC 9113 section 5.3
    {
        bool exclusive = false;
        std::uint32_t dependency = 0;
        std::uint16_t weight = 0; ///< 1 to 256
        friend bool operator==(const Priority &, const Priority &) = default;
    };

    std::optional<std::uint8_t> padLength; ///< PADDED
    ByteRange padding;
    ByteRange content; ///< DATA's data; a field block fragment; GOAWAY's debug data; ALTSVC's and PRIORITY_UPDATE's
                       ///< field value; all of an unknown frame's payload
    std::optional<Priority> priority;
    std::optional<Http2ErrorCode> errorCode;
    std::vector<Http2SettingValue> settings;
    std::optional<std::uint32_t> promisedStream;    ///< PUSH_PROMISE
    std::optional<std::uint32_t> lastStream;        ///< GOAWAY
    std::optional<std::uint32_t> increment;         ///< WINDOW_UPDATE
    std::optional<std::uint32_t> prioritizedStream; ///< PRIORITY_UPDATE
    std::optional<std::uint64_t> opaque;            ///< PING, in network byte order
    std::vector<ByteRange> origins;                 ///< ORIGIN's, and ALTSVC's one
};

/// Total: a payload that is too short, too long or contradicts itself gives what can be read of it.
[[nodiscard]] Http2Payload parseHttp2Payload(const Http2FrameHeader &header, ByteView payload);

} // namespace pushscope
