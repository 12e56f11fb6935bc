#pragma once

#include <cstdint>
#include <string_view>

namespace pushscope {

enum class Severity : std::uint8_t { Info, Warning, Error };

/// Every remarkable thing that a peer can do and that a decoder or session notices. Append new rules to their group;
/// the words of ruleInfo() are stable, the numbers are not kept in files.
enum class Rule : std::uint16_t {
    // Server-Sent Events (WHATWG HTML 9.2.6)
    SseBom,
    SseInvalidUtf8,
    SseNulInId,
    SseRetryInvalid,
    SseUnknownField,
    SseIncompleteBlock,
    SseContentTypeCharset,
    SseContentTypeRefused,
    SseLineTooLong,
    SseEventTooLarge,
    // HTTP/1.1 (RFC 9110, RFC 9112)
    HttpBareLf,
    HttpObsFold,
    HttpBadHeaderName,
    HttpBadHeaderValue,
    HttpWhitespaceBeforeColon,
    HttpBadStatusLine,
    HttpBadRequestLine,
    HttpBadChunkSize,
    HttpBadChunkEnd,
    HttpChunkLineTooLong,
    HttpTransferEncodingAndLength,
    HttpBadContentLength,
    HttpConflictingContentLength,
    HttpUnknownTransferCoding,
    HttpBytesAfterMessage,
    HttpHeadTooLarge,
    HttpBodyCut,
    HttpContentLengthOnStream,
    HttpNotHttp,
    HttpContentCodingUnknown,
    HttpContentCodingUnasked,
    HttpContentCodingBroken,
    HttpContentCodingCut,
    HttpContentCodingBomb,
    HttpContentCodingRawDeflate,
    HttpCookieRefused,
    // JSON text sequences (RFC 7464) and multipart/x-mixed-replace (RFC 2046 section 5.1)
    JsonSequenceNoSeparator,
    JsonSequenceCut,
    MultipartNoBoundary,
    MultipartBadHead,
    MultipartLength,
    MultipartCut,
    // HTTP/2 (RFC 9113)
    Http2BadPreface,
    Http2FrameTooLarge,
    Http2FrameLength,
    Http2PaddingTooLong,
    Http2WrongStream,
    Http2ReservedBit,
    Http2UnknownFrame,
    Http2UnknownSetting,
    Http2SettingValue,
    Http2IncrementZero,
    Http2ContinuationMissing,
    Http2ContinuationUnexpected,
    Http2Hpack,
    Http2FieldSectionTooLarge,
    Http2BadField,
    Http2SelfDependency,
    Http2FrameCut,
    Http2PushDeliversNothing,
    // WebSocket (RFC 6455)
    WsReservedBits,
    WsReservedOpcode,
    WsMaskedByServer,
    WsUnmaskedByClient,
    WsLengthNotMinimal,
    WsLengthHighBit,
    WsControlFragmented,
    WsControlTooLong,
    WsContinuationWithoutStart,
    WsDataInsideFragmented,
    WsInvalidUtf8,
    WsInvalidUtf8InReason,
    WsCloseOneByte,
    WsCloseCodeInvalid,
    WsDataAfterClose,
    WsFrameTooLarge,
    WsMessageTooLarge,
    WsTruncatedFrame,
    WsUnfinishedMessage,
    WsBadAccept,
    WsBadUpgrade,
    WsSubprotocolNotOffered,
    WsExtensionNotOffered,
    WsPongUnasked,
    // Sessions
    SessionReconnectStorm,
    SessionIdIgnored,
    SessionGap,
    SessionDuplicates,
    SessionBodyKeptInPart,
    SessionLineKeptInPart,
    SessionLineCut,
    SessionCredentialsDropped,
    SessionSecretForwarded,
    TlsNoCloseNotify,
    TlsUnverified,
    Count
};

struct RuleInfo
{
    Rule rule;
    std::string_view id; ///< stable word, such as "ws.reserved-bits"
    Severity severity;
    std::string_view text;     ///< one English sentence, untranslated
    std::string_view argument; ///< the name of Finding::argument in JSON lines, "" when the rule has none
    std::string_view section;  ///< where the standard says so, "" when none does
};

[[nodiscard]] const RuleInfo &ruleInfo(Rule rule);

/// The peer did something remarkable. It never stops a decoder. The range is counted as the decoder that made it counts
/// its input (from its first byte).
struct Finding
{
    Rule rule;
    std::uint64_t begin = 0;
    std::uint32_t length = 0;
    std::int64_t argument = 0; ///< what ruleInfo().argument names; 0 when it names nothing

    friend bool operator==(const Finding &, const Finding &) = default;
};

} // namespace pushscope
