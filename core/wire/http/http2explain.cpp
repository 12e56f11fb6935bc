#include "core/wire/http/http2explain.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <array>

namespace pushscope {

namespace {

struct Explanation
{
    std::string_view reason; ///< nghttp2's, spelling mistakes included
    std::string_view text;
};

constexpr std::array explanations{
    Explanation{"DATA: stream_id == 0", "DATA came on stream 0 (RFC 9113 section 6.1)"},
    Explanation{"DATA: stream in idle", "DATA came on a stream that was never opened (RFC 9113 section 5.1)"},
    Explanation{"DATA: stream closed", "DATA came on a closed stream (RFC 9113 section 5.1)"},
    Explanation{"DATA: stream not opened", "DATA came before the stream's HEADERS (RFC 9113 section 5.1)"},
    Explanation{"DATA: stream in reserved", "DATA came on a reserved stream (RFC 9113 section 5.1)"},
    Explanation{"DATA: stream in half-closed(remote)", "DATA came behind END_STREAM (RFC 9113 section 5.1)"},
    Explanation{"DATA: invalid padding", "the padding of a DATA frame is longer than the frame (RFC 9113 section 6.1)"},
    Explanation{"DATA: insufficient padding space",
                "a DATA frame has no room for its pad length (RFC 9113 section 6.1)"},
    Explanation{"HEADERS: stream_id == 0", "HEADERS came on stream 0 (RFC 9113 section 6.2)"},
    Explanation{"HEADERS: stream closed", "HEADERS came on a closed stream (RFC 9113 section 5.1)"},
    Explanation{"HEADERS: could not unpack",
                "a HEADERS frame is too short for its priority fields (RFC 9113 section 6.2)"},
    Explanation{"HEADERS: invalid padding",
                "the padding of a HEADERS frame is longer than the frame (RFC 9113 section 6.2)"},
    Explanation{"HEADERS: insufficient padding space",
                "a HEADERS frame has no room for its pad length (RFC 9113 section 6.2)"},
    Explanation{"HEADERS: no HEADERS allowed from client in reserved state",
                "HEADERS came from the client on a reserved stream (RFC 9113 section 5.1)"},
    Explanation{"push response HEADERS: stream_id == 0", "HEADERS came on stream 0 (RFC 9113 section 6.2)"},
    Explanation{"push response HEADERS: max concurrent streams exceeded",
                "more streams are open at once than SETTINGS_MAX_CONCURRENT_STREAMS allows (RFC 9113 section 5.1.2)"},
    Explanation{"request HEADERS: stream_id == 0", "HEADERS came on stream 0 (RFC 9113 section 6.2)"},
    Explanation{"request HEADERS: client received request",
                "the server opened a stream with HEADERS (RFC 9113 section 5.1)"},
    Explanation{"request HEADERS: max concurrent streams exceeded",
                "more streams are open at once than SETTINGS_MAX_CONCURRENT_STREAMS allows (RFC 9113 section 5.1.2)"},
    Explanation{"request HEADERS: depend on itself", "a stream depends on itself (RFC 7540 section 5.3.1)"},
    Explanation{"request HEADERS: invalid stream_id",
                "HEADERS came on a stream identifier that is not the client's or was passed over (RFC 9113 section "
                "5.1.1)"},
    Explanation{"depend on itself", "a stream depends on itself (RFC 7540 section 5.3.1)"},
    Explanation{"PRIORITY: stream_id == 0", "PRIORITY came on stream 0 (RFC 9113 section 6.3)"},
    Explanation{"RST_STREAM: stream_id == 0", "RST_STREAM came on stream 0 (RFC 9113 section 6.4)"},
    Explanation{"RST_STREAM: stream in idle",
                "RST_STREAM came on a stream that was never opened (RFC 9113 section 6.4)"},
    Explanation{"SETTINGS: stream_id != 0", "SETTINGS came on a stream (RFC 9113 section 6.5)"},
    Explanation{"SETTINGS: ACK and payload != 0", "a SETTINGS frame with ACK has a payload (RFC 9113 section 6.5)"},
    Explanation{"SETTINGS: unexpected ACK", "SETTINGS were acknowledged that were not sent (RFC 9113 section 6.5.3)"},
    Explanation{"SETTINGS: too many setting entries",
                "a SETTINGS frame has more entries than anybody needs (RFC 9113 section 10.5)"},
    Explanation{"SETTINGS: invalid SETTINGS_ENBLE_PUSH",
                "SETTINGS_ENABLE_PUSH is neither 0 nor 1 (RFC 9113 section 6.5.2)"},
    Explanation{"SETTINGS: server attempted to enable push",
                "the server sent SETTINGS_ENABLE_PUSH with 1 (RFC 9113 section 6.5.2)"},
    Explanation{"SETTINGS: too large SETTINGS_INITIAL_WINDOW_SIZE",
                "SETTINGS_INITIAL_WINDOW_SIZE is above 2^31-1 (RFC 9113 section 6.5.2)"},
    Explanation{"SETTINGS: invalid SETTINGS_MAX_FRAME_SIZE",
                "SETTINGS_MAX_FRAME_SIZE is not between 2^14 and 2^24-1 (RFC 9113 section 6.5.2)"},
    Explanation{"SETTINGS: invalid SETTINGS_ENABLE_CONNECT_PROTOCOL",
                "SETTINGS_ENABLE_CONNECT_PROTOCOL is neither 0 nor 1 (RFC 8441 section 3)"},
    Explanation{"SETTINGS: server attempted to disable SETTINGS_ENABLE_CONNECT_PROTOCOL",
                "SETTINGS_ENABLE_CONNECT_PROTOCOL went back from 1 to 0 (RFC 8441 section 3)"},
    Explanation{"SETTINGS: invalid SETTINGS_NO_RFC7540_PRIORITIES",
                "SETTINGS_NO_RFC7540_PRIORITIES is neither 0 nor 1 (RFC 9218 section 2.1)"},
    Explanation{"SETTINGS: SETTINGS_NO_RFC7540_PRIORITIES cannot be changed",
                "SETTINGS_NO_RFC7540_PRIORITIES changed after the first SETTINGS (RFC 9218 section 2.1)"},
    Explanation{"PUSH_PROMISE: stream_id == 0", "PUSH_PROMISE came on stream 0 (RFC 9113 section 6.6)"},
    Explanation{"PUSH_PROMISE: push disabled",
                "PUSH_PROMISE came though SETTINGS_ENABLE_PUSH is 0 (RFC 9113 section 6.6)"},
    Explanation{"PUSH_PROMISE: stream in idle",
                "PUSH_PROMISE came on a stream that was never opened (RFC 9113 section 6.6)"},
    Explanation{"PUSH_PROMISE: stream closed", "PUSH_PROMISE came on a closed stream (RFC 9113 section 6.6)"},
    Explanation{"PUSH_PROMISE: invalid stream_id",
                "PUSH_PROMISE came on a stream that the client did not open (RFC 9113 section 6.6)"},
    Explanation{"PUSH_PROMISE: invalid promised_stream_id",
                "PUSH_PROMISE promises a stream identifier that can't be promised (RFC 9113 section 5.1.1)"},
    Explanation{"PUSH_PROMISE: invalid padding",
                "the padding of a PUSH_PROMISE frame is longer than the frame (RFC 9113 section 6.6)"},
    Explanation{"PUSH_PROMISE: insufficient padding space",
                "a PUSH_PROMISE frame has no room for its pad length (RFC 9113 section 6.6)"},
    Explanation{"PUSH_PROMISE: could not unpack",
                "a PUSH_PROMISE frame is too short for the promised stream (RFC 9113 section 6.6)"},
    Explanation{"PING: stream_id != 0", "PING came on a stream (RFC 9113 section 6.7)"},
    Explanation{"GOAWAY: stream_id != 0", "GOAWAY came on a stream (RFC 9113 section 6.8)"},
    Explanation{"GOAWAY: invalid last_stream_id",
                "a GOAWAY frame's last stream is not one of ours or above the last GOAWAY's (RFC 9113 section 6.8)"},
    Explanation{"WINDOW_UPDATE to idle stream",
                "WINDOW_UPDATE came on a stream that was never opened (RFC 9113 section 5.1)"},
    Explanation{"WINDOW_UPADATE to reserved stream",
                "WINDOW_UPDATE came on a stream that its sender reserved (RFC 9113 section 5.1)"},
    Explanation{"WINDOW_UPDATE: window_size_increment == 0",
                "a WINDOW_UPDATE frame has the increment 0 (RFC 9113 section 6.9)"},
    Explanation{"CONTINUATION: unexpected",
                "CONTINUATION came without HEADERS or PUSH_PROMISE before it (RFC 9113 section 6.10)"},
    Explanation{"unexpected non-CONTINUATION frame or stream_id is invalid",
                "another frame came in the middle of a field block (RFC 9113 section 4.3)"},
    Explanation{"PRIORITY_UPDATE: stream_id == 0", "PRIORITY_UPDATE prioritizes stream 0 (RFC 9218 section 7.1)"},
    Explanation{"PRIORITY_UPDATE: prioritizing idle push is not allowed",
                "PRIORITY_UPDATE prioritizes a push that was not promised (RFC 9218 section 7.1)"},
    Explanation{"PRIORITY_UPDATE: max concurrent streams exceeded",
                "PRIORITY_UPDATE prioritizes more streams than may be open at once (RFC 9218 section 7.1)"},
};

struct ForeignProtocol
{
    std::string_view opening;
    std::string_view text;
};

/// What a server of another protocol says to HTTP/2's preface.
constexpr std::array foreignProtocols{
    ForeignProtocol{"HTTP/1.", "HTTP/1.1"},
    ForeignProtocol{"\x15\x03", "a TLS alert, so that the port may be one for https"},
    ForeignProtocol{"\x16\x03", "a TLS handshake, so that the port may be one for https"},
};

/// The first line, as far as it is printable and not too long to quote.
std::string printableLine(ByteView bytes)
{
    constexpr std::size_t longest = 80;
    const auto isPrintable = [](char c) { return c >= ' ' && c <= '~'; };
    const ByteView start = bytes.substr(0, longest);
    return {start.begin(), std::find_if_not(start.begin(), start.end(), isPrintable)};
}

std::string frameText(const Http2FrameHeader &frame)
{
    const std::string_view name = word(frame.type);
    std::string text = name.empty() ? "a frame of unknown type" : std::string(name);
    return text + " on stream " + std::to_string(frame.stream);
}

std::string quoted(ByteView bytes)
{
    constexpr std::size_t most = 100;
    return '"' + std::string(bytes.substr(0, most)) + (bytes.size() > most ? "...\"" : "\"");
}

} // namespace

std::string explainReason(ByteView reason)
{
    const auto found = std::find_if(explanations.begin(), explanations.end(),
                                    [reason](const Explanation &entry) { return entry.reason == reason; });
    return found == explanations.end() ? std::string() : std::string(found->text);
}

std::string explainInvalidFrame(const Http2FrameHeader &frame, int libraryError)
{
    const std::string what = frameText(frame);
    switch (libraryError) {
    case NGHTTP2_ERR_HEADER_COMP: return "the field block of " + what + " can't be decoded (RFC 9113 section 4.3)";
    case NGHTTP2_ERR_FRAME_SIZE_ERROR: return what + " has a wrong length (RFC 9113 section 4.2)";
    case NGHTTP2_ERR_FLOW_CONTROL: return what + " breaks flow control (RFC 9113 section 6.9.1)";
    case NGHTTP2_ERR_HTTP_HEADER: return "a field of " + what + " is not allowed (RFC 9113 section 8.2)";
    case NGHTTP2_ERR_HTTP_MESSAGING: return what + " makes the message malformed (RFC 9113 section 8.1.1)";
    case NGHTTP2_ERR_STREAM_CLOSED: return what + " came behind the stream's end (RFC 9113 section 5.1)";
    case NGHTTP2_ERR_REFUSED_STREAM: return what + " opens more streams than allowed (RFC 9113 section 5.1.2)";
    default: return what + " breaks a rule of HTTP/2: " + nghttp2_strerror(libraryError);
    }
}

std::string explainFatal(int libraryError)
{
    switch (libraryError) {
    case NGHTTP2_ERR_FLOODED: return "more PING or SETTINGS frames came than can be answered (RFC 9113 section 10.5)";
    case NGHTTP2_ERR_TOO_MANY_CONTINUATIONS:
        return "a field block came in too many CONTINUATION frames (RFC 9113 section 10.5.1)";
    case NGHTTP2_ERR_SETTINGS_EXPECTED: return "the first frame is not SETTINGS (RFC 9113 section 3.4)";
    default: return nghttp2_strerror(libraryError);
    }
}

std::string explainStreamError(Http2ErrorCode code)
{
    switch (code) {
    case Http2ErrorCode::FlowControlError:
        return "more content came than the stream's window allows, or the window became too large (RFC 9113 section "
               "6.9.1)";
    case Http2ErrorCode::ProtocolError:
        return "the content is not as long as content-length says or the kind of answer allows, or came before the "
               "head (RFC 9113 section 8.1.1)";
    case Http2ErrorCode::RefusedStream:
        return "the peer left before it took the stream on, so it may be tried again (RFC 9113 section 6.8)";
    case Http2ErrorCode::NoError:
    case Http2ErrorCode::InternalError:
    case Http2ErrorCode::SettingsTimeout:
    case Http2ErrorCode::StreamClosed:
    case Http2ErrorCode::FrameSizeError:
    case Http2ErrorCode::Cancel:
    case Http2ErrorCode::CompressionError:
    case Http2ErrorCode::ConnectError:
    case Http2ErrorCode::EnhanceYourCalm:
    case Http2ErrorCode::InadequateSecurity:
    case Http2ErrorCode::Http11Required: break;
    }
    return "the stream was closed with " + errorText(code);
}

std::string explainConnectionError(Http2ErrorCode code)
{
    switch (code) {
    case Http2ErrorCode::FrameSizeError:
        return "a frame is larger than SETTINGS_MAX_FRAME_SIZE, or has another length than its type must have (RFC "
               "9113 section 4.2)";
    case Http2ErrorCode::FlowControlError:
        return "more came than the connection's window allows, or the window became too large (RFC 9113 section 6.9.1)";
    case Http2ErrorCode::CompressionError: return "a field block can't be decoded (RFC 9113 section 4.3)";
    case Http2ErrorCode::NoError:
    case Http2ErrorCode::ProtocolError:
    case Http2ErrorCode::InternalError:
    case Http2ErrorCode::SettingsTimeout:
    case Http2ErrorCode::StreamClosed:
    case Http2ErrorCode::RefusedStream:
    case Http2ErrorCode::Cancel:
    case Http2ErrorCode::ConnectError:
    case Http2ErrorCode::EnhanceYourCalm:
    case Http2ErrorCode::InadequateSecurity:
    case Http2ErrorCode::Http11Required: break;
    }
    return "the peer broke a rule of HTTP/2: " + errorText(code) + " (RFC 9113 section 5.4.1)";
}

std::string explainForeign(ByteView opening)
{
    const auto found =
        std::find_if(foreignProtocols.begin(), foreignProtocols.end(),
                     [opening](const ForeignProtocol &protocol) { return opening.starts_with(protocol.opening); });
    if (found == foreignProtocols.end())
        return {};
    const std::string line = printableLine(opening);
    return "the peer answered HTTP/2's preface with " + std::string(found->text) + (line.empty() ? "" : ": " + line);
}

bool mayBecomeForeign(ByteView opening)
{
    return std::any_of(foreignProtocols.begin(), foreignProtocols.end(), [opening](const ForeignProtocol &protocol) {
        return opening.size() < protocol.opening.size() && protocol.opening.starts_with(opening);
    });
}

std::string explainNoSettings(ByteView opening)
{
    const Http2FrameHeader frame = parseHttp2FrameHeader(opening);
    const ByteView line = opening.substr(0, opening.find_first_of("\r\n"));
    const bool isText = std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; });
    const std::string what = isText && !line.empty()                  ? quoted(line)
                             : word(frame.type).empty()               ? "something else"
                             : frame.type == Http2FrameType::Settings ? "an acknowledgement of SETTINGS"
                                                                      : frameText(frame);
    return "the peer did not begin with SETTINGS, as HTTP/2 does (RFC 9113 section 3.4), but with " + what;
}

std::string explainInvalidField(ByteView name, ByteView value)
{
    return "a field is not allowed: " + quoted(name) + " with the value " + quoted(value) + " (RFC 9113 section 8.2.1)";
}

Http2ErrorCode errorCodeOf(int libraryError)
{
    switch (libraryError) {
    case NGHTTP2_ERR_STREAM_CLOSED: return Http2ErrorCode::StreamClosed;
    case NGHTTP2_ERR_HEADER_COMP: return Http2ErrorCode::CompressionError;
    case NGHTTP2_ERR_FRAME_SIZE_ERROR: return Http2ErrorCode::FrameSizeError;
    case NGHTTP2_ERR_FLOW_CONTROL: return Http2ErrorCode::FlowControlError;
    case NGHTTP2_ERR_REFUSED_STREAM: return Http2ErrorCode::RefusedStream;
    case NGHTTP2_ERR_FLOODED:
    case NGHTTP2_ERR_TOO_MANY_CONTINUATIONS: return Http2ErrorCode::EnhanceYourCalm;
    default: return Http2ErrorCode::ProtocolError;
    }
}

} // namespace pushscope
