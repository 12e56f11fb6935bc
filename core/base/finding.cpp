#include "core/base/finding.h"

#include <array>
#include <cstddef>

namespace pushscope {

namespace {
using enum Severity;

constexpr std::array<RuleInfo, static_cast<std::size_t>(Rule::Count)> catalogue{{
    // clang-format off
    {Rule::SseBom, "sse.bom", Info, "The stream begins with a byte order mark, which is skipped", "", "HTML 9.2.6"},
    {Rule::SseInvalidUtf8, "sse.invalid-utf8", Warning, "Bytes that are not UTF-8 are read as U+FFFD", "", "HTML 9.2.6"},
    {Rule::SseNulInId, "sse.nul-in-id", Warning, "An id with a NUL is ignored", "", "HTML 9.2.6"},
    {Rule::SseRetryInvalid, "sse.retry-invalid", Warning, "A retry that is not all ASCII digits, or beyond 64 bits, is ignored", "", "HTML 9.2.6"},
    {Rule::SseUnknownField, "sse.unknown-field", Info, "The standard knows no field of this name and ignores the line", "", "HTML 9.2.6"},
    {Rule::SseIncompleteBlock, "sse.incomplete-block", Warning, "The stream ended inside a block, which is discarded", "", "HTML 9.2.6"},
    {Rule::SseContentTypeCharset, "sse.content-type-charset", Warning, "The content type names another charset; event streams are always UTF-8", "", "HTML 9.2.6"},
    {Rule::SseContentTypeRefused, "sse.content-type-refused", Error, "The answer is not text/event-stream: a browser refuses it", "", "HTML 9.2.3"},
    {Rule::SseLineTooLong, "sse.line-too-long", Warning, "A line is longer than what is kept of it", "limit", ""},
    {Rule::SseEventTooLarge, "sse.event-too-large", Error, "An event or line is larger than the limit, so only its beginning is kept", "limit", ""},

    {Rule::HttpBareLf, "http.bare-lf", Warning, "A line ends with LF alone instead of CR LF", "", "RFC 9112 2.2"},
    {Rule::HttpObsFold, "http.obs-fold", Warning, "A field value is folded over several lines", "", "RFC 9112 5.2"},
    {Rule::HttpBadHeaderName, "http.bad-header-name", Error, "A field name holds characters that no token may hold", "", "RFC 9110 5.1"},
    {Rule::HttpBadHeaderValue, "http.bad-header-value", Error, "A field value holds a CR, LF, NUL or another control character", "", "RFC 9110 5.5"},
    {Rule::HttpWhitespaceBeforeColon, "http.whitespace-before-colon", Error, "Whitespace stands between a field name and its colon", "", "RFC 9112 5.1"},
    {Rule::HttpBadStatusLine, "http.bad-status-line", Error, "The status line is malformed", "", "RFC 9112 4"},
    {Rule::HttpBadRequestLine, "http.bad-request-line", Error, "The request line is malformed", "", "RFC 9112 3"},
    {Rule::HttpBadChunkSize, "http.bad-chunk-size", Error, "A chunk size is not a hexadecimal number that fits", "", "RFC 9112 7.1"},
    {Rule::HttpBadChunkEnd, "http.bad-chunk-end", Error, "The data of a chunk is not followed by CR LF", "", "RFC 9112 7.1"},
    {Rule::HttpChunkLineTooLong, "http.chunk-line-too-long", Error, "The line before the data of a chunk is longer than the limit", "limit", "RFC 9112 7.1.1"},
    {Rule::HttpTransferEncodingAndLength, "http.transfer-encoding-and-length", Error, "A message has both Transfer-Encoding and Content-Length", "", "RFC 9112 6.3"},
    {Rule::HttpBadContentLength, "http.bad-content-length", Error, "A Content-Length is not a decimal number that fits", "", "RFC 9110 8.6"},
    {Rule::HttpConflictingContentLength, "http.conflicting-content-length", Error, "Several Content-Length values differ", "", "RFC 9112 6.3"},
    {Rule::HttpUnknownTransferCoding, "http.unknown-transfer-coding", Error, "A transfer coding is unknown", "", "RFC 9112 6.1"},
    {Rule::HttpBytesAfterMessage, "http.bytes-after-message", Warning, "Bytes follow the end of the message that nobody asked for", "bytes", "RFC 9112 6.3"},
    {Rule::HttpHeadTooLarge, "http.head-too-large", Error, "The head or the trailers of a message are larger than the limit", "limit", ""},
    {Rule::HttpBodyCut, "http.body-cut", Warning, "The connection ended before the body did", "missing", "RFC 9112 8"},
    {Rule::HttpContentLengthOnStream, "http.content-length-on-stream", Warning, "A stream announces a length, after which it ends", "content_length", "RFC 9110 8.6"},
    {Rule::HttpNotHttp, "http.not-http", Error, "The first bytes are no HTTP", "", "RFC 9112 2.1"},
    {Rule::HttpContentCodingUnknown, "http.content-coding-unknown", Error, "A content coding is unknown, so the body stays as it is", "", "RFC 9110 8.4"},
    {Rule::HttpContentCodingUnasked, "http.content-coding-unasked", Info, "The content is coded though no Accept-Encoding offered that", "", "RFC 9110 12.5.3"},
    {Rule::HttpContentCodingBroken, "http.content-coding-broken", Error, "The coded content is broken, so what follows is not decoded", "", "RFC 9110 8.4"},
    {Rule::HttpContentCodingCut, "http.content-coding-cut", Warning, "The content ends before its coding does", "", "RFC 9110 8.4"},
    {Rule::HttpContentCodingBomb, "http.content-coding-bomb", Error, "The content grows out of all proportion, so what follows is not decoded", "plain", "RFC 9110 17.6"},
    {Rule::HttpContentCodingRawDeflate, "http.content-coding-raw-deflate", Warning, "The deflate coding lacks its zlib wrapper", "", "RFC 9110 8.4.1.2"},
    {Rule::HttpCookieRefused, "http.cookie-refused", Warning, "A cookie of the answer is not kept, so no request gets it", "cookie", "RFC 6265 5.3"},

    {Rule::JsonSequenceNoSeparator, "jsonseq.no-separator", Error, "A JSON text sequence does not begin with RS", "", "RFC 7464 2.1"},
    {Rule::JsonSequenceCut, "jsonseq.cut", Warning, "A JSON text may be cut: no LF follows it", "", "RFC 7464 2.4"},
    {Rule::MultipartNoBoundary, "multipart.no-boundary", Error, "A multipart body has no usable boundary, so it is shown as it arrived", "", "RFC 2046 5.1.1"},
    {Rule::MultipartBadHead, "multipart.bad-head", Warning, "A part's head holds a line that is no field", "", "RFC 2046 5.1"},
    {Rule::MultipartLength, "multipart.length", Warning, "A part's Content-Length is not what its content has", "content_length", "RFC 9110 8.6"},
    {Rule::MultipartCut, "multipart.cut", Warning, "The body ends inside a part", "", "RFC 2046 5.1.1"},

    {Rule::Http2BadPreface, "http2.bad-preface", Error, "The connection does not begin with HTTP/2's preface", "", "RFC 9113 3.4"},
    {Rule::Http2FrameTooLarge, "http2.frame-too-large", Error, "A frame is larger than its receiver allows", "limit", "RFC 9113 4.2"},
    {Rule::Http2FrameLength, "http2.frame-length", Error, "A frame has a length that its type can't have", "payload_length", "RFC 9113 4.2"},
    {Rule::Http2PaddingTooLong, "http2.padding-too-long", Error, "A frame's padding is longer than its payload", "padding", "RFC 9113 6.1"},
    {Rule::Http2WrongStream, "http2.wrong-stream", Error, "A frame of this type stands on a stream where it has no place", "", "RFC 9113 6"},
    {Rule::Http2ReservedBit, "http2.reserved-bit", Info, "The reserved bit before the stream identifier is set", "", "RFC 9113 4.1"},
    {Rule::Http2UnknownFrame, "http2.unknown-frame", Info, "The frame's type is unknown, so it is ignored", "type", "RFC 9113 5.5"},
    {Rule::Http2UnknownSetting, "http2.unknown-setting", Info, "A setting is unknown, so it is ignored", "setting", "RFC 9113 6.5.2"},
    {Rule::Http2SettingValue, "http2.setting-value", Error, "A setting has a value that it can't have", "value", "RFC 9113 6.5.2"},
    {Rule::Http2IncrementZero, "http2.increment-zero", Error, "A WINDOW_UPDATE adds nothing", "", "RFC 9113 6.9"},
    {Rule::Http2ContinuationMissing, "http2.continuation-missing", Error, "A field block is interrupted by another frame", "", "RFC 9113 6.10"},
    {Rule::Http2ContinuationUnexpected, "http2.continuation-unexpected", Error, "A CONTINUATION continues nothing", "", "RFC 9113 6.10"},
    {Rule::Http2Hpack, "http2.hpack", Error, "A field block can't be decoded", "", "RFC 9113 4.3"},
    {Rule::Http2FieldSectionTooLarge, "http2.field-section-too-large", Error, "A field section is larger than the limit, so only its beginning is kept", "limit", ""},
    {Rule::Http2BadField, "http2.bad-field", Error, "A field makes the message malformed", "", "RFC 9113 8.2"},
    {Rule::Http2SelfDependency, "http2.self-dependency", Warning, "A stream depends on itself", "", "RFC 7540 5.3.1"},
    {Rule::Http2FrameCut, "http2.frame-cut", Warning, "The connection ended inside a frame", "missing", "RFC 9113 4.1"},
    {Rule::Http2PushDeliversNothing, "http2.push-delivers-no-event", Info, "Pushed bytes go to a cache: no event will ever come of them", "", "RFC 9113 8.4"},

    {Rule::WsReservedBits, "ws.reserved-bits", Error, "Reserved bits are set though no extension was negotiated for them", "rsv", "RFC 6455 5.2"},
    {Rule::WsReservedOpcode, "ws.reserved-opcode", Error, "The opcode is reserved", "opcode", "RFC 6455 5.2"},
    {Rule::WsMaskedByServer, "ws.masked-by-server", Error, "A server masked a frame", "", "RFC 6455 5.1"},
    {Rule::WsUnmaskedByClient, "ws.unmasked-by-client", Error, "A client sent a frame without a mask", "", "RFC 6455 5.1"},
    {Rule::WsLengthNotMinimal, "ws.length-not-minimal", Error, "The payload length is not in its shortest form", "payload_length", "RFC 6455 5.2"},
    {Rule::WsLengthHighBit, "ws.length-high-bit", Error, "The most significant bit of a 64-bit payload length is set", "", "RFC 6455 5.2"},
    {Rule::WsControlFragmented, "ws.control-fragmented", Error, "A control frame is fragmented", "", "RFC 6455 5.5"},
    {Rule::WsControlTooLong, "ws.control-too-long", Error, "A control frame has more than 125 bytes of payload", "payload_length", "RFC 6455 5.5"},
    {Rule::WsContinuationWithoutStart, "ws.continuation-without-start", Error, "A continuation frame continues nothing", "", "RFC 6455 5.4"},
    {Rule::WsDataInsideFragmented, "ws.data-inside-fragmented", Error, "A new message begins inside a fragmented one", "", "RFC 6455 5.4"},
    {Rule::WsInvalidUtf8, "ws.invalid-utf8", Error, "A text message is not UTF-8", "", "RFC 6455 8.1"},
    {Rule::WsInvalidUtf8InReason, "ws.invalid-utf8-in-reason", Error, "The reason of a close frame is not UTF-8", "", "RFC 6455 5.5.1"},
    {Rule::WsCloseOneByte, "ws.close-one-byte", Error, "A close frame has one byte of payload, half a code", "", "RFC 6455 5.5.1"},
    {Rule::WsCloseCodeInvalid, "ws.close-code-invalid", Error, "A close code may not be sent in a close frame", "code", "RFC 6455 7.4"},
    {Rule::WsDataAfterClose, "ws.data-after-close", Error, "A data frame follows the sender's close frame", "", "RFC 6455 5.5.1"},
    {Rule::WsFrameTooLarge, "ws.frame-too-large", Error, "A frame is larger than the limit", "payload_length", "RFC 6455 10.4"},
    {Rule::WsMessageTooLarge, "ws.message-too-large", Error, "A message is larger than the limit", "payload_length", "RFC 6455 10.4"},
    {Rule::WsTruncatedFrame, "ws.truncated-frame", Error, "The stream ended inside a frame", "missing", "RFC 6455 7.1.7"},
    {Rule::WsUnfinishedMessage, "ws.unfinished-message", Warning, "The stream ended inside a fragmented message", "", "RFC 6455 5.4"},
    {Rule::WsBadAccept, "ws.bad-accept", Error, "Sec-WebSocket-Accept does not answer the key", "", "RFC 6455 4.1"},
    {Rule::WsBadUpgrade, "ws.bad-upgrade", Error, "The answer does not upgrade the connection to WebSocket", "", "RFC 6455 4.1"},
    {Rule::WsSubprotocolNotOffered, "ws.subprotocol-not-offered", Error, "The server chose a subprotocol that was not offered", "", "RFC 6455 4.1"},
    {Rule::WsExtensionNotOffered, "ws.extension-not-offered", Error, "The server chose an extension that was not offered", "", "RFC 6455 4.1"},
    {Rule::WsPongUnasked, "ws.pong-unasked", Info, "A pong answers no ping of ours", "", "RFC 6455 5.5.3"},

    {Rule::SessionReconnectStorm, "session.reconnect-storm", Warning, "Reconnects came too fast and are slowed down", "floor_ms", ""},
    {Rule::SessionIdIgnored, "session.id-ignored", Warning, "The server began anew though Last-Event-ID was sent", "", "HTML 9.2.4"},
    {Rule::SessionGap, "session.gap", Warning, "Events are missing between the last one seen and the first after the reconnect", "missing", "HTML 9.2.4"},
    {Rule::SessionDuplicates, "session.duplicates", Info, "Events that were seen already came again after the reconnect", "duplicates", "HTML 9.2.4"},
    {Rule::SessionBodyKeptInPart, "session.body-kept-in-part", Info, "Only the beginning of the answer's body is kept", "limit", ""},
    {Rule::SessionLineKeptInPart, "session.line-kept-in-part", Error, "A line or part is longer than the limit, so only its beginning is kept", "limit", ""},
    {Rule::SessionLineCut, "session.line-cut", Warning, "The stream was cut inside a line, of which this is the beginning", "", ""},
    {Rule::SessionCredentialsDropped, "session.credentials-dropped", Info, "Credentials were not sent to the other origin that a redirect named", "", "Fetch 4.4"},
    {Rule::SessionSecretForwarded, "session.secret-forwarded", Warning, "A field whose name tells of a secret went to the other origin that a redirect named", "", ""},
    {Rule::TlsNoCloseNotify, "tls.no-close-notify", Warning, "The connection ended without a close_notify, so its end may be forged", "", "RFC 8446 6.1"},
    {Rule::TlsUnverified, "tls.unverified", Warning, "The peer's certificate was not verified, as asked", "", "RFC 8446 4.4.2"},
    // clang-format on
}};

constexpr bool standsInOrder()
{
    for (std::size_t i = 0; i < catalogue.size(); ++i) {
        if (static_cast<std::size_t>(catalogue[i].rule) != i)
            return false;
    }
    return true;
}
static_assert(standsInOrder(), "the catalogue lists the rules in the order of the enumeration");
} // namespace

const RuleInfo &ruleInfo(Rule rule)
{
    return catalogue[static_cast<std::size_t>(rule)];
}

} // namespace pushscope
