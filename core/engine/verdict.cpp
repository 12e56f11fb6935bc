#include "core/engine/verdict.h"

namespace pushscope {

namespace {

std::string pendingWords(const Ending &ending, const char *what)
{
    return std::string(what) + ", " + std::to_string(ending.pendingBytes) +
           (ending.pendingBytes == 1 ? " byte unfinished" : " bytes unfinished");
}

std::string droppedWords(const Ending &ending)
{
    if (ending.droppedFor.isValid())
        return "the connection was dropped by us, for session " + std::to_string(ending.droppedFor.value);
    if (ending.droppedAfter == 0)
        return "dropped by us";
    return "dropped by us after " + std::to_string(ending.droppedAfter) + (ending.webSocket ? " message" : " event") +
           (ending.droppedAfter == 1 ? "" : "s");
}

EndFacts verdict(Verdict verdict, const char *by, std::string text)
{
    EndFacts facts;
    facts.verdict = verdict;
    facts.by = by;
    facts.text = std::move(text);
    return facts;
}

/// RFC 6455 section 7.1.4: from here on the connection is closed cleanly, in whatever way TCP ends then. Some peers
/// close it behind their close frame without reading our answer, which is a reset.
bool isHandshakeDone(const Ending &ending)
{
    return ending.webSocket && ending.closeReceived && ending.closeSent && ending.ours != OurEnd::GaveUp;
}

EndFacts judgeUnanswered(const Ending &ending)
{
    switch (ending.ours) {
    case OurEnd::Left: return verdict(Verdict::ByUs, "us", "ended by us before an answer came");
    case OurEnd::Dropped: return verdict(Verdict::ByUs, "us", droppedWords(ending) + ", before an answer came");
    case OurEnd::TimedOut: return verdict(Verdict::NeverAnswered, "us", "ended by us: never answered in time");
    case OurEnd::GaveUp:
        return verdict(Verdict::NeverAnswered, "us",
                       ending.bytes == ByteEnd::Failed ? "ended by us: the peer's certificate was not accepted"
                       : ending.onStream ? "ended by us before an answer came: the peer broke the rules of HTTP/2"
                                         : "ended by us: nothing came that can be used as an answer");
    case OurEnd::None: break;
    }
    switch (ending.bytes) {
    case ByteEnd::Fin: return verdict(Verdict::NeverAnswered, "peer", "the peer closed without an answer");
    case ByteEnd::Reset:
        return verdict(Verdict::NeverAnswered, "peer",
                       ending.onStream ? "the peer gave the stream up without an answer"
                                       : "the peer reset the connection without an answer");
    case ByteEnd::Failed: return verdict(Verdict::NeverAnswered, "network", "never answered");
    case ByteEnd::None: break;
    }
    return verdict(Verdict::NeverAnswered, "peer", "never answered with anything that can be used");
}

EndFacts judgeWebSocket(const Ending &ending)
{
    if (isHandshakeDone(ending))
        return verdict(Verdict::Clean, ending.closedFirst ? "us" : "peer", "ended cleanly, with the closing handshake");
    if (ending.bytes == ByteEnd::Fin && ending.ours != OurEnd::GaveUp)
        return verdict(Verdict::Cut, "peer",
                       ending.insideBlock     ? pendingWords(ending, "cut inside a message or frame")
                       : ending.closeReceived ? "cut during the closing handshake"
                       : ending.onStream      ? "cut: the peer ended the stream without a close frame"
                                              : "cut: the peer closed TCP without a close frame");
    return verdict(Verdict::ByUs, "us",
                   ending.ours == OurEnd::GaveUp ? "ended by us: the connection was failed"
                                                 : "ended by us, without the peer's close frame");
}

EndFacts judgeStream(const Ending &ending)
{
    if (ending.insideCoding && !ending.insideMessage)
        return verdict(Verdict::Cut, "peer",
                       ending.insideBlock ? pendingWords(ending, "cut inside its content coding and mid-event")
                                          : "cut inside its content coding");
    if (ending.messageEnded)
        return verdict(Verdict::Clean, "peer",
                       ending.insideBlock
                           ? pendingWords(ending, "ended cleanly, though inside a block that is now void")
                           : "ended cleanly");
    if (ending.insideMessage)
        return verdict(Verdict::Cut, "peer",
                       ending.insideBlock ? pendingWords(ending, "cut mid-event") : "cut inside the answer's framing");
    if (ending.insideBlock)
        return verdict(Verdict::Cut, "peer", pendingWords(ending, "cut mid-event"));
    if (ending.secure &&
        !ending.closeNotify) // RFC 9112 section 9.8: only a closure alert makes such an answer complete
        return verdict(Verdict::Cut, "peer", "cut: the connection was closed without TLS saying so");
    return verdict(Verdict::Clean, "peer", "ended cleanly by closing the connection");
}

std::string tlsClose(const Ending &ending)
{
    const bool endedByPeer = ending.bytes == ByteEnd::Fin || ending.bytes == ByteEnd::Reset;
    if (!ending.secure || (!ending.closeNotify && !endedByPeer))
        return {};
    return ending.closeNotify ? "clean" : "missing";
}

EndFacts judgeAnswered(const Ending &ending)
{
    if (ending.bytes == ByteEnd::Reset && ending.ours == OurEnd::None && !isHandshakeDone(ending))
        return verdict(Verdict::Reset, "peer",
                       ending.insideBlock ? pendingWords(ending, "reset after data") : "reset after data");
    if (ending.bytes == ByteEnd::Failed && ending.ours == OurEnd::None)
        return verdict(Verdict::Cut, "network", "the network gave the connection up");
    if (ending.ours == OurEnd::Dropped)
        return verdict(Verdict::ByUs, "us", droppedWords(ending));
    if (ending.ours == OurEnd::TimedOut)
        return verdict(Verdict::ByUs, "us", "ended by us: silent for too long");
    if (ending.webSocket)
        return judgeWebSocket(ending);
    if (ending.ours == OurEnd::GaveUp)
        return verdict(Verdict::ByUs, "us",
                       ending.codingBroken ? "ended by us: the answer's content can't be decoded"
                       : ending.onStream   ? "ended by us: the peer broke the rules of HTTP/2"
                                           : "ended by us: the answer's framing can't be followed");
    if (ending.ours != OurEnd::None)
        return verdict(Verdict::ByUs, "us", "ended by us");
    return judgeStream(ending);
}

} // namespace

EndFacts judge(const Ending &ending)
{
    EndFacts facts = ending.answered ? judgeAnswered(ending) : judgeUnanswered(ending);
    facts.pendingBytes = ending.pendingBytes;
    facts.tlsClose = tlsClose(ending);
    return facts;
}

EndFacts judgeConnection(const Ending &ending, bool carried)
{
    EndFacts facts;
    switch (ending.bytes) {
    case ByteEnd::None: facts = verdict(Verdict::ByUs, "us", "closed by us"); break;
    case ByteEnd::Fin:
        facts = carried ? verdict(Verdict::Cut, "peer", "cut: the peer closed the connection under its streams")
                        : verdict(Verdict::Clean, "peer", "closed by the peer, without a stream on it");
        break;
    case ByteEnd::Reset: facts = verdict(Verdict::Reset, "peer", "reset by the peer"); break;
    case ByteEnd::Failed: facts = verdict(Verdict::Cut, "network", "the network gave the connection up"); break;
    }
    facts.tlsClose = tlsClose(ending);
    return facts;
}

Cause causeOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::DnsNotFound:
    case ErrorCode::DnsFailed: return Cause::Dns;
    case ErrorCode::TcpRefused:
    case ErrorCode::Http2Refused: return Cause::Refused;
    case ErrorCode::TcpUnreachable: return Cause::Unreachable;
    case ErrorCode::TcpReset:
    case ErrorCode::Http2StreamReset: return Cause::Reset;
    case ErrorCode::Http2Goaway: return Cause::Goaway;
    case ErrorCode::TcpClosed:
    case ErrorCode::TcpFailed: return Cause::Cut;
    case ErrorCode::TcpTimeout:
    case ErrorCode::FirstByteTimeout:
    case ErrorCode::Http2PingTimeout:
    case ErrorCode::IdleTimeout: return Cause::Timeout;
    case ErrorCode::TlsVerify:
    case ErrorCode::TlsHandshake:
    case ErrorCode::TlsNoAlpn:
    case ErrorCode::TlsConfig: return Cause::Tls;
    case ErrorCode::ProxyFailed: return Cause::Proxy;
    case ErrorCode::HttpStatus: return Cause::Status;
    case ErrorCode::HttpMalformed:
    case ErrorCode::HttpHeadTooLarge:
    case ErrorCode::HttpCoding: return Cause::Malformed;
    case ErrorCode::HttpRedirect: return Cause::Redirect;
    case ErrorCode::SseContentType: return Cause::Type;
    case ErrorCode::Http2NotOffered:
    case ErrorCode::Http2NoConnect:
    case ErrorCode::Http2Protocol:
    case ErrorCode::WsHandshake:
    case ErrorCode::WsProtocol:
    case ErrorCode::WsTooLarge: return Cause::Protocol;
    case ErrorCode::DiskFull: return Cause::Capture;
    case ErrorCode::None: return Cause::None;
    case ErrorCode::Http2WindowShut:
    case ErrorCode::UrlInvalid:
    case ErrorCode::UsageInvalid:
    case ErrorCode::FileUnreadable:
    case ErrorCode::FileUnwritable:
    case ErrorCode::PortInUse:
    case ErrorCode::NotSupported: return Cause::User;
    }
    return Cause::None;
}

Cause causeOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Clean: return Cause::Clean;
    case Verdict::Cut:
    case Verdict::NeverAnswered: return Cause::Cut;
    case Verdict::Reset: return Cause::Reset;
    case Verdict::ByUs: return Cause::User;
    }
    return Cause::None;
}

} // namespace pushscope
