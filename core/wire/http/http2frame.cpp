#include "core/wire/http/http2frame.h"

#include <algorithm>
#include <cstdio>

namespace pushscope {

namespace {

constexpr std::uint32_t identifierMask = 0x7fffffff;

/// Big-endian, as every number in a frame is (RFC 9113 section 2.2).
std::uint64_t readNumber(const char *bytes, unsigned count)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < count; ++i)
        value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
    return value;
}

void appendNumber(Bytes &out, std::uint64_t value, unsigned count)
{
    for (unsigned i = count; i > 0; --i)
        out += static_cast<char>(value >> ((i - 1) * 8) & 0xff);
}

/// Reads a payload from the front; padding is cut off its end before.
class PayloadReader
{
public:
    PayloadReader(const Http2FrameHeader &header, ByteView payload)
        : m_header(header), m_payload(payload.substr(0, header.length)), m_announced(header.length)
    {
    }

    Http2Payload read();

private:
    bool has(std::uint64_t count) const { return m_payload.size() - m_at >= count; }
    std::optional<std::uint64_t> number(unsigned count);
    /// Only the lower bits of such a field are the number (RFC 9113 section 4.1).
    std::optional<std::uint32_t> identifier();
    template <class Number>
    std::optional<Number> as(unsigned count)
    {
        const auto value = number(count);
        return value ? std::optional(static_cast<Number>(*value)) : std::nullopt;
    }
    ByteRange rest();
    void readPadding();
    void readPriority();
    void readSettings();
    /// Its length in two bytes, then the origin (RFC 7838 section 4, RFC 8336 section 2); false where it is cut.
    bool readOrigin();
    void readAltsvc();

    const Http2FrameHeader &m_header;
    ByteView m_payload;
    std::uint64_t m_announced; ///< where the payload ends once all of it is here; with padding gone, where that begins
    std::size_t m_at = 0;
    Http2Payload m_result;
};

std::optional<std::uint64_t> PayloadReader::number(unsigned count)
{
    if (!has(count)) {
        m_at = m_payload.size();
        return std::nullopt;
    }
    const std::uint64_t value = readNumber(m_payload.data() + m_at, count);
    m_at += count;
    return value;
}

std::optional<std::uint32_t> PayloadReader::identifier()
{
    const auto value = number(4);
    return value ? std::optional(static_cast<std::uint32_t>(*value) & identifierMask) : std::nullopt;
}

/// What is left, up to the padding.
ByteRange PayloadReader::rest()
{
    const std::uint64_t end = std::clamp<std::uint64_t>(m_announced, m_at, m_payload.size());
    return {m_at, end};
}

/// RFC 9113 section 6.1. Padding that is longer than what there is takes all of it.
void PayloadReader::readPadding()
{
    if (!m_header.has(Http2Flag::Padded))
        return;
    m_result.padLength = as<std::uint8_t>(1);
    if (!m_result.padLength)
        return;
    m_announced -= std::min<std::uint64_t>(*m_result.padLength, m_announced - m_at);
    m_result.padding = {std::min<std::uint64_t>(m_announced, m_payload.size()), m_payload.size()};
}

void PayloadReader::readPriority()
{
    if (!has(5)) {
        m_at = m_payload.size();
        return;
    }
    const auto dependency = static_cast<std::uint32_t>(*number(4));
    const auto weight = static_cast<std::uint16_t>(*number(1) + 1);
    m_result.priority =
        Http2Payload::Priority{(dependency & ~identifierMask) != 0, dependency & identifierMask, weight};
}

void PayloadReader::readSettings()
{
    m_result.settings.reserve(m_payload.size() / 6);
    while (has(6)) {
        const auto setting = static_cast<Http2Setting>(*number(2));
        m_result.settings.push_back({setting, static_cast<std::uint32_t>(*number(4))});
    }
}

bool PayloadReader::readOrigin()
{
    const auto length = number(2);
    if (!length || !has(*length)) {
        m_at = m_payload.size();
        return false;
    }
    m_result.origins.push_back({m_at, m_at + *length});
    m_at += *length;
    return true;
}

void PayloadReader::readAltsvc()
{
    if (readOrigin() && m_result.origins.front().isEmpty())
        m_result.origins.clear(); // it is about the stream's own origin
    m_result.content = rest();
}

Http2Payload PayloadReader::read()
{
    switch (m_header.type) {
    case Http2FrameType::Data:
        readPadding();
        m_result.content = rest();
        break;
    case Http2FrameType::Headers:
        readPadding();
        if (m_header.has(Http2Flag::Priority))
            readPriority();
        m_result.content = rest();
        break;
    case Http2FrameType::Priority: readPriority(); break;
    case Http2FrameType::RstStream: m_result.errorCode = as<Http2ErrorCode>(4); break;
    case Http2FrameType::Settings: readSettings(); break;
    case Http2FrameType::PushPromise:
        readPadding();
        m_result.promisedStream = identifier();
        m_result.content = rest();
        break;
    case Http2FrameType::Ping: m_result.opaque = number(8); break;
    case Http2FrameType::Goaway:
        m_result.lastStream = identifier();
        m_result.errorCode = as<Http2ErrorCode>(4);
        m_result.content = rest();
        break;
    case Http2FrameType::WindowUpdate: m_result.increment = identifier(); break;
    case Http2FrameType::Altsvc: readAltsvc(); break;
    case Http2FrameType::Origin:
        while (m_at < m_payload.size())
            readOrigin();
        break;
    case Http2FrameType::PriorityUpdate:
        m_result.prioritizedStream = identifier();
        m_result.content = rest();
        break;
    case Http2FrameType::Continuation: m_result.content = rest(); break;
    }
    if (word(m_header.type).empty())
        m_result.content = rest();
    return std::move(m_result);
}

} // namespace

std::string_view word(Http2FrameType type)
{
    switch (type) {
    case Http2FrameType::Data: return "DATA";
    case Http2FrameType::Headers: return "HEADERS";
    case Http2FrameType::Priority: return "PRIORITY";
    case Http2FrameType::RstStream: return "RST_STREAM";
    case Http2FrameType::Settings: return "SETTINGS";
    case Http2FrameType::PushPromise: return "PUSH_PROMISE";
    case Http2FrameType::Ping: return "PING";
    case Http2FrameType::Goaway: return "GOAWAY";
    case Http2FrameType::WindowUpdate: return "WINDOW_UPDATE";
    case Http2FrameType::Continuation: return "CONTINUATION";
    case Http2FrameType::Altsvc: return "ALTSVC";
    case Http2FrameType::Origin: return "ORIGIN";
    case Http2FrameType::PriorityUpdate: return "PRIORITY_UPDATE";
    }
    return {};
}

std::string_view word(Http2ErrorCode code)
{
    switch (code) {
    case Http2ErrorCode::NoError: return "NO_ERROR";
    case Http2ErrorCode::ProtocolError: return "PROTOCOL_ERROR";
    case Http2ErrorCode::InternalError: return "INTERNAL_ERROR";
    case Http2ErrorCode::FlowControlError: return "FLOW_CONTROL_ERROR";
    case Http2ErrorCode::SettingsTimeout: return "SETTINGS_TIMEOUT";
    case Http2ErrorCode::StreamClosed: return "STREAM_CLOSED";
    case Http2ErrorCode::FrameSizeError: return "FRAME_SIZE_ERROR";
    case Http2ErrorCode::RefusedStream: return "REFUSED_STREAM";
    case Http2ErrorCode::Cancel: return "CANCEL";
    case Http2ErrorCode::CompressionError: return "COMPRESSION_ERROR";
    case Http2ErrorCode::ConnectError: return "CONNECT_ERROR";
    case Http2ErrorCode::EnhanceYourCalm: return "ENHANCE_YOUR_CALM";
    case Http2ErrorCode::InadequateSecurity: return "INADEQUATE_SECURITY";
    case Http2ErrorCode::Http11Required: return "HTTP_1_1_REQUIRED";
    }
    return {};
}

std::string_view meaning(Http2ErrorCode code)
{
    switch (code) {
    case Http2ErrorCode::NoError: return "nothing went wrong";
    case Http2ErrorCode::ProtocolError: return "the other side broke a rule of HTTP/2";
    case Http2ErrorCode::InternalError: return "something inside the sender failed";
    case Http2ErrorCode::FlowControlError: return "the other side sent more than the window allowed";
    case Http2ErrorCode::SettingsTimeout: return "the settings were not acknowledged in time";
    case Http2ErrorCode::StreamClosed: return "a frame came for a stream that was closed already";
    case Http2ErrorCode::FrameSizeError: return "a frame had a length that it can't have";
    case Http2ErrorCode::RefusedStream: return "the stream was not taken on, so it can be tried again safely";
    case Http2ErrorCode::Cancel: return "the stream is not needed any more";
    case Http2ErrorCode::CompressionError:
        return "a field block could not be decoded, so the compression's state is lost";
    case Http2ErrorCode::ConnectError: return "the connection behind a CONNECT failed";
    case Http2ErrorCode::EnhanceYourCalm: return "the other side makes too much load";
    case Http2ErrorCode::InadequateSecurity: return "the TLS connection is too weak for HTTP/2";
    case Http2ErrorCode::Http11Required: return "the sender wants HTTP/1.1 for this";
    }
    return {};
}

std::string_view word(Http2Setting setting)
{
    switch (setting) {
    case Http2Setting::HeaderTableSize: return "HEADER_TABLE_SIZE";
    case Http2Setting::EnablePush: return "ENABLE_PUSH";
    case Http2Setting::MaxConcurrentStreams: return "MAX_CONCURRENT_STREAMS";
    case Http2Setting::InitialWindowSize: return "INITIAL_WINDOW_SIZE";
    case Http2Setting::MaxFrameSize: return "MAX_FRAME_SIZE";
    case Http2Setting::MaxHeaderListSize: return "MAX_HEADER_LIST_SIZE";
    case Http2Setting::EnableConnectProtocol: return "ENABLE_CONNECT_PROTOCOL";
    case Http2Setting::NoRfc7540Priorities: return "NO_RFC7540_PRIORITIES";
    }
    return {};
}

std::string errorText(Http2ErrorCode code)
{
    const std::string_view known = word(code);
    if (!known.empty())
        return std::string(known);
    char number[11];
    std::snprintf(number, sizeof number, "0x%x", static_cast<unsigned>(code));
    return number;
}

void appendHttp2FrameHeader(Bytes &out, const Http2FrameHeader &header)
{
    appendNumber(out, header.length, 3);
    appendNumber(out, static_cast<std::uint8_t>(header.type), 1);
    appendNumber(out, header.flags, 1);
    appendNumber(out, header.stream | (header.reserved ? ~identifierMask : 0), 4);
}

void appendHttp2Frame(Bytes &out, Http2FrameHeader header, ByteView payload)
{
    header.length = static_cast<std::uint32_t>(payload.size());
    appendHttp2FrameHeader(out, header);
    out += payload;
}

Http2Payload parseHttp2Payload(const Http2FrameHeader &header, ByteView payload)
{
    return PayloadReader(header, payload).read();
}

} // namespace pushscope
