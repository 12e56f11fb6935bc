#include "core/base/error.h"

namespace pushscope {

std::string_view word(ErrorCode code)
{
    switch (code) {
    case ErrorCode::None: return "none";
    case ErrorCode::UrlInvalid: return "url.invalid";
    case ErrorCode::UsageInvalid: return "usage";
    case ErrorCode::DnsNotFound: return "dns.notfound";
    case ErrorCode::DnsFailed: return "dns.failed";
    case ErrorCode::TcpRefused: return "tcp.refused";
    case ErrorCode::TcpUnreachable: return "tcp.unreachable";
    case ErrorCode::TcpReset: return "tcp.reset";
    case ErrorCode::TcpClosed: return "tcp.closed";
    case ErrorCode::TcpTimeout: return "tcp.timeout";
    case ErrorCode::TcpFailed: return "tcp.failed";
    case ErrorCode::TlsVerify: return "tls.verify";
    case ErrorCode::TlsHandshake: return "tls.handshake";
    case ErrorCode::TlsNoAlpn: return "tls.alpn";
    case ErrorCode::TlsConfig: return "tls.config";
    case ErrorCode::ProxyFailed: return "proxy.failed";
    case ErrorCode::HttpStatus: return "http.status";
    case ErrorCode::HttpMalformed: return "http.malformed";
    case ErrorCode::HttpHeadTooLarge: return "http.head-too-large";
    case ErrorCode::HttpRedirect: return "http.redirect";
    case ErrorCode::Http2NotOffered: return "http2.not-offered";
    case ErrorCode::Http2NoConnect: return "http2.no-extended-connect";
    case ErrorCode::Http2Protocol: return "http2.protocol";
    case ErrorCode::Http2StreamReset: return "http2.stream-reset";
    case ErrorCode::Http2Refused: return "http2.refused-stream";
    case ErrorCode::Http2Goaway: return "http2.goaway";
    case ErrorCode::Http2PingTimeout: return "http2.ping-timeout";
    case ErrorCode::Http2WindowShut: return "http2.window-closed";
    case ErrorCode::HttpCoding: return "http.content-coding";
    case ErrorCode::SseContentType: return "sse.content-type";
    case ErrorCode::WsHandshake: return "ws.handshake";
    case ErrorCode::WsProtocol: return "ws.protocol";
    case ErrorCode::WsTooLarge: return "ws.too-large";
    case ErrorCode::FirstByteTimeout: return "timeout.first-byte";
    case ErrorCode::IdleTimeout: return "timeout.idle";
    case ErrorCode::FileUnreadable: return "file.unreadable";
    case ErrorCode::FileUnwritable: return "file.unwritable";
    case ErrorCode::DiskFull: return "disk.full";
    case ErrorCode::PortInUse: return "port.in-use";
    case ErrorCode::NotSupported: return "not-supported";
    }
    return "none";
}

bool isRecoverable(ErrorCode code)
{
    switch (code) {
    // Network errors: the standard re-establishes the connection after them (HTML 9.2.3). A redirect loop is one
    // of fetch's; a Location that leads nowhere would do so again, and whoever meets it makes that final.
    case ErrorCode::DnsFailed:
    case ErrorCode::TcpRefused:
    case ErrorCode::TcpUnreachable:
    case ErrorCode::TcpReset:
    case ErrorCode::TcpClosed:
    case ErrorCode::TcpTimeout:
    case ErrorCode::TcpFailed:
    case ErrorCode::ProxyFailed:
    case ErrorCode::HttpMalformed:
    case ErrorCode::HttpHeadTooLarge:
    case ErrorCode::HttpRedirect:
    case ErrorCode::Http2Protocol:
    case ErrorCode::Http2StreamReset:
    case ErrorCode::Http2Refused:
    case ErrorCode::Http2Goaway:
    case ErrorCode::Http2PingTimeout:
    case ErrorCode::Http2WindowShut:
    case ErrorCode::HttpCoding:
    case ErrorCode::FirstByteTimeout:
    case ErrorCode::IdleTimeout:
    // No part of the standard: an open WebSocket that we had to fail counts as lost.
    case ErrorCode::WsProtocol:
    case ErrorCode::WsTooLarge: return true;
    // Answers that "fail the connection", and what another attempt can't mend ("unless the user agent knows that to be
    // futile"). A connection that is lost during the TLS handshake is tcp.reset or tcp.closed; tls.handshake is a
    // refusal.
    case ErrorCode::None:
    case ErrorCode::UrlInvalid:
    case ErrorCode::UsageInvalid:
    case ErrorCode::DnsNotFound:
    case ErrorCode::TlsVerify:
    case ErrorCode::TlsHandshake:
    case ErrorCode::TlsNoAlpn:
    case ErrorCode::TlsConfig:
    case ErrorCode::HttpStatus:
    case ErrorCode::Http2NotOffered:
    case ErrorCode::Http2NoConnect:
    case ErrorCode::SseContentType:
    case ErrorCode::WsHandshake:
    case ErrorCode::FileUnreadable:
    case ErrorCode::FileUnwritable:
    case ErrorCode::DiskFull:
    case ErrorCode::PortInUse:
    case ErrorCode::NotSupported: return false;
    }
    return false;
}

} // namespace pushscope
