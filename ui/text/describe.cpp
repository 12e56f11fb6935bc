#include "ui/text/describe.h"

#include "core/base/finding.h"
#include "core/capture/capture.h"
#include "core/capture/details/httpdetails.h"
#include "core/capture/details/summary.h"
#include "ui/text/format.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"

#include <QStringList>

#include <algorithm>

namespace pushscope {

namespace {

const QString Dot = QStringLiteral(" \u00B7 ");

/// Facts are small; whoever reads a foreign capture must not be made to copy gigabytes.
constexpr std::uint64_t FactsLimit = 64 * 1024;

template <class Facts>
Facts factsOf(const Capture &capture, Seq seq)
{
    return decodeFacts<Facts>(capture.derived(seq, FactsLimit));
}

QString joined(const std::vector<std::string> &parts)
{
    QStringList list;
    for (const std::string &part : parts)
        list += visibleLine(part);
    return list.join(QStringLiteral(", "));
}

QString describe(const DnsFacts &facts)
{
    return visibleLine(facts.host) + QStringLiteral(" \u2192 ") + joined(facts.addresses) + Dot +
           formatDuration(facts.ms);
}

QString describe(const TcpFacts &facts)
{
    QString text = words("connected to %1 in %2").arg(visibleLine(facts.peer), formatDuration(facts.ms));
    if (!facts.proxy.empty())
        text += Dot + words("through proxy %1").arg(visibleLine(facts.proxy));
    return text;
}

QString describe(const TlsRecordFacts &facts)
{
    QStringList parts = {visibleLine(facts.version), visibleLine(facts.cipher)};
    if (!facts.alpn.empty())
        parts += visibleLine(facts.alpn);
    if (facts.resumed)
        parts += words("session resumed");
    if (facts.verified)
        parts += words("certificate verified");
    else if (!facts.verifyError.empty())
        parts += words("certificate not verified: %1").arg(visibleLine(facts.verifyError));
    else
        parts += words("certificate not verified");
    parts += formatDuration(facts.ms);
    parts.removeAll(QString()); // a handshake that failed has no version or cipher
    return parts.join(Dot);
}

QString describe(const WsOpenFacts &facts)
{
    QStringList parts = {words("handshake done in %1").arg(formatDuration(facts.rttMs))};
    if (!facts.subprotocol.empty())
        parts += words("subprotocol %1").arg(visibleLine(facts.subprotocol));
    if (!facts.accepted.empty())
        parts += words("extensions %1").arg(visibleLine(facts.accepted));
    return parts.join(Dot);
}

/// "302 → /odd"; empty for a response that leads nowhere else.
QString redirect(const Capture &capture, Seq seq)
{
    const HttpHead head = httpHeadOf(capture, seq);
    const auto location = head.headers.value("Location");
    if (head.status < 300 || head.status > 399 || !location)
        return {};
    return QString::number(head.status) + QStringLiteral(" \u2192 ") + visibleLine(*location);
}

QString summarised(const Capture &capture, Seq seq)
{
    return visibleLine(summarize(capture, seq).preview);
}

} // namespace

QString describe(SessionState state)
{
    switch (state) {
    case SessionState::Idle: return words("idle");
    case SessionState::Connecting: return words("connecting");
    case SessionState::Securing: return words("securing");
    case SessionState::Requesting: return words("requesting");
    case SessionState::Open: return words("open");
    case SessionState::Closing: return words("closing");
    case SessionState::Waiting: return words("waiting");
    case SessionState::Closed: return words("closed");
    case SessionState::Failed: return words("failed");
    }
    return {};
}

QString describeKind(const Capture &capture, Seq seq)
{
    const RecordKind kind = capture.record(seq).kind;
    if (kind == RecordKind::State)
        return describe(factsOf<StateFacts>(capture, seq).state);
    if (kind == RecordKind::HttpRequest)
        return words("request");
    if (kind == RecordKind::HttpResponse)
        return words("response");
    if (kind == RecordKind::HttpPush)
        return words("push");
    const std::string_view full = word(kind);
    // The table has a column for the stream: "event" says enough there, where "sse.event" is what a filter takes.
    const std::size_t dot = full.find('.');
    const bool isMessage = layerOf(kind) == Layer::Messages;
    return QString::fromUtf8(isMessage && dot != full.npos ? full.substr(dot + 1) : full);
}

QString describe(DelaySource source)
{
    switch (source) {
    case DelaySource::None: return {};
    case DelaySource::Default: return words("default");
    case DelaySource::Retry: return words("retry: server");
    case DelaySource::Policy: return words("policy");
    case DelaySource::User: return words("set by you");
    }
    return {};
}

QString describeDelay(const StateFacts &facts)
{
    if (!facts.delayMs)
        return words("frozen");
    const QString delay = formatDuration(*facts.delayMs);
    const QString source = describe(facts.delaySource);
    return source.isEmpty() ? delay : delay + Dot + source;
}

QString describe(const StateFacts &facts)
{
    QString text;
    switch (facts.state) {
    case SessionState::Waiting:
        text = facts.delayMs ? words("Reconnecting in %1").arg(formatDuration(*facts.delayMs))
                             : words("Frozen: reconnecting when you say so");
        if (facts.delaySource != DelaySource::None)
            text += QStringLiteral(" (%1)").arg(describe(facts.delaySource));
        if (facts.idSeen && !facts.idSeen->empty())
            text += words(" with Last-Event-ID %1").arg(visibleLine(*facts.idSeen));
        break;
    case SessionState::Connecting:
    case SessionState::Securing:
    case SessionState::Requesting:
        text = words("Attempt %1").arg(facts.attempt);
        if (facts.idSent && !facts.idSent->empty())
            text += words(" with Last-Event-ID %1").arg(visibleLine(*facts.idSent));
        break;
    case SessionState::Open: text = words("Open"); break;
    case SessionState::Closing: text = words("Closing"); break;
    case SessionState::Closed: text = words("Closed"); break;
    case SessionState::Failed: text = words("Failed"); break;
    case SessionState::Idle: text = words("Idle"); break;
    }
    // Of a new attempt the reason is how the one before ended.
    const bool isBetween = facts.state == SessionState::Waiting || facts.state == SessionState::Connecting;
    if (!facts.reason.empty())
        text += (isBetween ? words(", after: ") : QStringLiteral(": ")) + visibleLine(facts.reason);
    return text;
}

QString describe(const ResumeFacts &facts)
{
    if (facts.ignored)
        return words("The server ignored Last-Event-ID and began anew");
    QStringList parts;
    if (facts.gap.value_or(0) > 0)
        parts += words("%n event was never seen: a gap|%n events were never seen: a gap", qint64(*facts.gap));
    if (!facts.gap)
        parts += words("the ids can't tell whether any is missing");
    if (facts.duplicates > 0)
        parts += words("%n event came twice|%n events came twice", qint64(facts.duplicates));
    if (facts.replayed > 0)
        parts += words("%n event replayed|%n events replayed", qint64(facts.replayed));
    return parts.isEmpty() ? words("Resumed without a gap") : words("Resumed: ") + parts.join(QStringLiteral(", "));
}

QString describe(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Clean: return words("ended cleanly");
    case Verdict::Cut: return words("cut in the middle");
    case Verdict::Reset: return words("reset after data");
    case Verdict::NeverAnswered: return words("never answered");
    case Verdict::ByUs: return words("ended by us");
    }
    return {};
}

QString describe(const CodingFacts &facts)
{
    QString text = words("%1: %2 on the wire became %3")
                       .arg(visibleLine(facts.coding), formatSize(facts.wire), formatSize(facts.plain));
    if (facts.wire > 0 && facts.plain > 0)
        text += words(" (%1 to 1)").arg(double(facts.plain) / double(facts.wire), 0, 'f', 1);
    if (facts.delayMs > 0)
        text += Dot + words("waited %1 for more").arg(formatDuration(facts.delayMs));
    return text;
}

QString describe(const EndFacts &facts)
{
    QString text = describe(facts.verdict);
    if (!facts.text.empty())
        text = visibleLine(facts.text); // it says what was unfinished, too
    else if (facts.pendingBytes > 0)
        text += Dot + words("%n unfinished byte|%n unfinished bytes", qint64(facts.pendingBytes));
    if (facts.tlsClose == "missing")
        text += Dot + words("no TLS close_notify");
    return text;
}

QString describeFinding(const Capture &capture, std::uint64_t index)
{
    const FindingEntry &entry = capture.finding(index);
    if (entry.rule >= std::uint16_t(Rule::Count))
        return {};
    const RuleInfo &rule = ruleInfo(Rule(entry.rule));
    QString text = QString::fromUtf8(rule.id) + QStringLiteral(": ") + QString::fromUtf8(rule.text);
    if (!rule.argument.empty())
        text += QStringLiteral(" (%1 %2)").arg(QString::fromUtf8(rule.argument)).arg(entry.argument);
    return text;
}

QString describeRecord(const Capture &capture, Seq seq)
{
    const Record &record = capture.record(seq);
    switch (record.kind) {
    case RecordKind::Session: {
        const auto facts = factsOf<SessionFacts>(capture, seq);
        return visibleLine(facts.url) + Dot + describeTransport(facts.transport);
    }
    case RecordKind::Dns: return describe(factsOf<DnsFacts>(capture, seq));
    case RecordKind::Tcp: return describe(factsOf<TcpFacts>(capture, seq));
    case RecordKind::Tls: return describe(factsOf<TlsRecordFacts>(capture, seq));
    case RecordKind::WsOpen: return describe(factsOf<WsOpenFacts>(capture, seq));
    case RecordKind::State: return describe(factsOf<StateFacts>(capture, seq));
    case RecordKind::Coding: return describe(factsOf<CodingFacts>(capture, seq));
    case RecordKind::Resume: return describe(factsOf<ResumeFacts>(capture, seq));
    case RecordKind::End: return describe(factsOf<EndFacts>(capture, seq));
    case RecordKind::Error: {
        const auto facts = factsOf<ErrorFacts>(capture, seq);
        return visibleLine(facts.code) + QStringLiteral(": ") + visibleLine(facts.text);
    }
    case RecordKind::Finding:
        return record.derived < capture.counts().findings ? describeFinding(capture, record.derived) : QString();
    case RecordKind::SseRetry: return words("%1 ms").arg(summarised(capture, seq));
    case RecordKind::TcpRead:
    case RecordKind::TcpWrite: return {};
    case RecordKind::HttpResponse:
        if (const QString text = redirect(capture, seq); !text.isEmpty())
            return text;
        break;
    case RecordKind::HttpRequest:
    case RecordKind::HttpBody:
    case RecordKind::HttpTrailers:
    case RecordKind::HttpPush:
    case RecordKind::H1Chunk:
    case RecordKind::H2Data:
    case RecordKind::H2Headers:
    case RecordKind::H2Priority:
    case RecordKind::H2RstStream:
    case RecordKind::H2Settings:
    case RecordKind::H2PushPromise:
    case RecordKind::H2Ping:
    case RecordKind::H2Goaway:
    case RecordKind::H2WindowUpdate:
    case RecordKind::H2Continuation:
    case RecordKind::H2Altsvc:
    case RecordKind::H2Origin:
    case RecordKind::H2PriorityUpdate:
    case RecordKind::H2Unknown:
    case RecordKind::WsFrame:
    case RecordKind::SseEvent:
    case RecordKind::SseBlock:
    case RecordKind::SseComment:
    case RecordKind::SseUnknown:
    case RecordKind::SseIncomplete:
    case RecordKind::StreamLine:
    case RecordKind::StreamChunk:
    case RecordKind::StreamPart:
    case RecordKind::WsText:
    case RecordKind::WsBinary:
    case RecordKind::WsPing:
    case RecordKind::WsPong:
    case RecordKind::WsClose:
    case RecordKind::Count: break;
    }
    return summarised(capture, seq);
}

QString describeTransport(const std::string &transport)
{
    if (transport == "sse")
        return QStringLiteral("SSE");
    if (transport == "websocket")
        return QStringLiteral("WebSocket");
    return visibleLine(transport);
}

QString describeConnection(std::uint32_t connection)
{
    return words("connection %1").arg(connection);
}

QString describeSession(const SessionSummary &session, std::int64_t now, const SessionNow &more)
{
    const double since = double(now - session.stateSince) / 1e6;
    switch (session.state) {
    case SessionState::Waiting: {
        const std::optional<double> &delay = session.lastState.delayMs;
        return (delay ? words("waiting %1 s").arg(std::max(0.0, *delay - since) / 1000, 0, 'f', 1) : words("frozen")) +
               Dot + words("attempt %1").arg(session.lastState.attempt + 1);
    }
    case SessionState::Failed:
        return session.errorCode.empty() ? words("failed") : words("failed") + Dot + visibleLine(session.errorCode);
    case SessionState::Closed:
        for (const Verdict verdict :
             {Verdict::Clean, Verdict::Cut, Verdict::Reset, Verdict::NeverAnswered, Verdict::ByUs}) {
            if (session.verdict == word(verdict))
                return words("closed") + Dot + describe(verdict);
        }
        return words("closed");
    case SessionState::Open:
        return describeTransport(session.transport) +
               (more.stream != 0 ? Dot + QStringLiteral("h2") + Dot + u'#' + QString::number(more.stream) : QString()) +
               Dot + (more.isPaused ? words("reading paused") : formatRate(more.rate));
    case SessionState::Connecting:
    case SessionState::Securing:
    case SessionState::Requesting:
        return session.lastState.attempt > 1
                   ? words("connecting") + Dot + words("attempt %1").arg(session.lastState.attempt)
                   : words("connecting");
    case SessionState::Closing:
    case SessionState::Idle: break;
    }
    return describe(session.state);
}

QString describeCloseCode(int code)
{
    switch (code) {
    case 1000: return words("normal closure");
    case 1001: return words("going away");
    case 1002: return words("protocol error");
    case 1003: return words("unsupported data");
    case 1007: return words("invalid payload data");
    case 1008: return words("policy violation");
    case 1009: return words("message too big");
    case 1010: return words("mandatory extension missing");
    case 1011: return words("internal error");
    default: break; // an open set of numbers, not an enum
    }
    if (code >= 3000 && code <= 3999)
        return words("registered by libraries");
    if (code >= 4000 && code <= 4999)
        return words("private use");
    return words("not for use on the wire (RFC 6455, 7.4.1)");
}

} // namespace pushscope
