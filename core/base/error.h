#pragma once

#include <string>
#include <string_view>

namespace pushscope {

/// What we could not do. The words of code() are stable: scripts depend on them.
enum class ErrorCode {
    None,
    UrlInvalid,       ///< url.invalid
    UsageInvalid,     ///< usage
    DnsNotFound,      ///< dns.notfound: final
    DnsFailed,        ///< dns.failed: temporary failure of the resolver
    TcpRefused,       ///< tcp.refused
    TcpUnreachable,   ///< tcp.unreachable
    TcpReset,         ///< tcp.reset
    TcpClosed,        ///< tcp.closed: the peer closed before it answered
    TcpTimeout,       ///< tcp.timeout: connect time-out
    TcpFailed,        ///< tcp.failed: any other socket error
    TlsVerify,        ///< tls.verify: final
    TlsHandshake,     ///< tls.handshake
    TlsNoAlpn,        ///< tls.alpn: the peer takes none of the protocols that were offered
    TlsConfig,        ///< tls.config: certificate or key file unusable: final
    ProxyFailed,      ///< proxy.failed
    HttpStatus,       ///< http.status: an answer that the standard calls final
    HttpMalformed,    ///< http.malformed: not HTTP, or cut in the head
    HttpHeadTooLarge, ///< http.head-too-large
    HttpRedirect,     ///< http.redirect: loop, missing or forbidden Location
    Http2NotOffered,  ///< http2.not-offered: the peer does not speak HTTP/2: final
    Http2NoConnect,   ///< http2.no-extended-connect: the peer takes no WebSocket over HTTP/2: final
    Http2Protocol,    ///< http2.protocol: the peer broke a rule, so that we ended the stream or the connection
    Http2StreamReset, ///< http2.stream-reset: the peer's RST_STREAM
    Http2Refused,     ///< http2.refused-stream: not taken on, so another attempt is safe
    Http2Goaway,      ///< http2.goaway: the peer leaves, and did not take the stream on
    Http2PingTimeout, ///< http2.ping-timeout: a silent connection did not answer a PING
    Http2WindowShut,  ///< http2.window-closed: the peer held bytes of ours back until we left
    HttpCoding,       ///< http.content-coding: coded content is broken, or grows beyond the limit
    SseContentType,   ///< sse.content-type: final
    WsHandshake,      ///< ws.handshake
    WsProtocol,       ///< ws.protocol
    WsTooLarge,       ///< ws.too-large: a frame or message beyond the limit
    FirstByteTimeout, ///< timeout.first-byte
    IdleTimeout,      ///< timeout.idle
    FileUnreadable,   ///< file.unreadable
    FileUnwritable,   ///< file.unwritable
    DiskFull,         ///< disk.full
    PortInUse,        ///< port.in-use
    NotSupported,     ///< not-supported
};

/// The stable word of a code, such as "tls.verify".
[[nodiscard]] std::string_view word(ErrorCode code);

/// Whether the reconnection policy may try again after it (WHATWG HTML 9.2.3 "reestablish" against "fail the
/// connection").
[[nodiscard]] bool isRecoverable(ErrorCode code);

/// Something that we could not do. `detail` is one English sentence for people, untranslated, without a full stop; it
/// names what was tried and what came back. It may quote bytes of the network's: show it as plain text only.
struct Error
{
    ErrorCode code = ErrorCode::None;
    std::string detail;

    [[nodiscard]] bool isRecoverable() const { return pushscope::isRecoverable(code); }
    friend bool operator==(const Error &, const Error &) = default;
};

} // namespace pushscope
