#include "ui/text/ledgerwords.h"

#include "ui/text/describe.h"
#include "ui/text/format.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"

#include <QStringList>

#include <algorithm>

namespace pushscope {

namespace {

const QString Dot = QStringLiteral(" \u00B7 ");
const QString None = QStringLiteral("\u2014");

QString duration(std::int64_t from, const std::optional<std::int64_t> &to)
{
    return to ? formatDuration(double(std::max<std::int64_t>(*to - from, 0)) / 1e6) : None;
}

QString statusWords(std::uint16_t status)
{
    constexpr int NoContent = 204; // WHATWG HTML 9.2.3: it says not to come back
    return status == NoContent ? words("204 No Content: the server wants no reconnect")
                               : words("status %1").arg(status);
}

/// Whether an event was cut or the space between two; only what had begun can be cut.
QString cutWords(const LedgerEntry &entry)
{
    if (!entry.openedAt)
        return words("closed before it was open");
    return entry.pendingBytes > 0 ? words("cut mid-event") : words("cut between events");
}

QString timeoutWords(const LedgerTexts &texts)
{
    return texts.errorCode == "timeout.idle" ? words("time-out: the watchdog") : words("time-out");
}

/// What came was no HTTP, or HTTP whose coded content breaks off, or is a bomb.
QString malformedWords(const LedgerTexts &texts)
{
    return texts.errorCode == "http.content-coding" ? words("content coding") : words("not HTTP");
}

QString causeWords(const LedgerEntry &entry, const LedgerTexts &texts)
{
    switch (entry.cause) {
    case Cause::None:
    case Cause::Start: return {};
    case Cause::Clean: return words("clean end");
    case Cause::Cut: return cutWords(entry);
    case Cause::Reset: return words("reset");
    case Cause::Timeout: return timeoutWords(texts);
    case Cause::Status: return statusWords(entry.status);
    case Cause::Type: return words("not an event stream");
    case Cause::Goaway: return QStringLiteral("GOAWAY");
    case Cause::Refused: return words("refused");
    case Cause::Unreachable: return words("unreachable");
    case Cause::Dns: return words("name not found");
    case Cause::Tls: return words("TLS");
    case Cause::Proxy: return words("proxy");
    case Cause::Malformed: return malformedWords(texts);
    case Cause::Protocol: return words("protocol");
    case Cause::Redirect: return words("redirect");
    case Cause::User: return words("you");
    case Cause::Drop: return words("dropped");
    case Cause::Limit: return words("no reconnect left");
    case Cause::Capture: return words("the capture ended");
    }
    return {};
}

/// The same for everyone, colour or not.
QString shapeOf(const LedgerEntry &entry)
{
    if (entry.outcome.isValid()) {
        const bool isCalm = entry.cause == Cause::Clean || entry.cause == Cause::User || entry.cause == Cause::Drop;
        return isCalm ? QStringLiteral("\u25CB ") : QStringLiteral("\u2715 ");
    }
    return entry.state == SessionState::Open ? QStringLiteral("\u25CF ") : QStringLiteral("\u25CC ");
}

QString idOf(const std::string &id)
{
    constexpr std::size_t longest = 256; // an id may be as long as its event
    if (id.empty())
        return words("(empty)");
    return visibleLine(ByteView(id).substr(0, longest)) + (id.size() > longest ? QStringLiteral("\u2026") : QString());
}

QString kindWords(IdKind kind)
{
    switch (kind) {
    case IdKind::None: return {};
    case IdKind::Numeric: return words("numeric ids");
    case IdKind::Lexical: return words("ids that sort");
    case IdKind::Opaque: return words("opaque ids");
    }
    return {};
}

} // namespace

QString endOf(const LedgerEntry &entry, const LedgerTexts &texts)
{
    if (!entry.outcome.isValid())
        return shapeOf(entry) + describe(entry.state);
    QStringList parts{causeWords(entry, texts)};
    for (const std::string &said : {texts.verdict, texts.reason}) {
        const QString text = visibleLine(said);
        // A reason may be the verdict, or quote it, and a verdict may begin with the cause.
        if (text.isEmpty() || parts.join(Dot).contains(text, Qt::CaseInsensitive))
            continue;
        if (parts.size() == 1 && text.startsWith(parts.front(), Qt::CaseInsensitive))
            parts.clear();
        parts += text;
    }
    parts.removeAll(QString());
    const QString cause = parts.isEmpty() ? describe(entry.state) : parts.takeFirst();
    return shapeOf(entry) + (parts.isEmpty() ? cause : cause + QStringLiteral(": ") + parts.join(Dot));
}

QString waitOf(const LedgerEntry &entry)
{
    if (!entry.outcome.isValid())
        return None;
    QStringList parts;
    if (entry.delayMs) {
        parts = {formatDuration(*entry.delayMs), describe(entry.delaySource)};
        if (entry.storm)
            parts += words("no shorter after so many reconnects");
    }
    if (entry.frozen)
        parts += words("frozen");
    if (parts.isEmpty())
        return entry.state == SessionState::Failed ? words("none: it failed for good") : words("none: it is over");
    if (entry.waitEndedAt && entry.endedAt) {
        constexpr double Tolerance = 1; // of timers, ms
        const double waited = double(*entry.waitEndedAt - *entry.endedAt) / 1e6;
        if (entry.state == SessionState::Closed)
            parts += words("left by you after %1").arg(formatDuration(waited));
        else if (entry.frozen || (entry.delayMs && waited < *entry.delayMs - Tolerance))
            parts += words("ended by you after %1").arg(formatDuration(waited));
    }
    parts.removeAll(QString());
    return parts.join(Dot);
}

QString idSentOf(const LedgerEntry &entry, const LedgerTexts &texts)
{
    const QString sent = idOf(texts.idSent.value_or(std::string()));
    switch (entry.idSent) {
    case IdSent::Nothing: return words("none \u00B7 none was seen");
    case IdSent::Given: return sent + words(" \u00B7 given by you");
    case IdSent::Same: return sent + words(" \u00B7 the last one seen");
    case IdSent::Other:
        return sent + words(" \u00B7 set by you, %1 was seen").arg(idOf(texts.idBefore.value_or(std::string())));
    case IdSent::Emptied: return words("none \u00B7 it was emptied");
    }
    return {};
}

QString idSeenOf(const LedgerTexts &texts)
{
    return texts.idSeen ? idOf(*texts.idSeen) : None;
}

QString resumeOf(const LedgerEntry &entry)
{
    if (entry.resume) {
        QStringList parts{describe(*entry.resume)};
        if (entry.resume->ignored && entry.resume->duplicates > 0)
            parts += words("%n event came twice|%n events came twice", qint64(entry.resume->duplicates));
        parts += kindWords(entry.resume->idKind);
        parts.removeAll(QString());
        return parts.join(Dot);
    }
    const bool asked = entry.idSent == IdSent::Same || entry.idSent == IdSent::Other || entry.idSent == IdSent::Given;
    if (!asked || !entry.openedAt)
        return None;
    if (entry.idSetBy.isValid())
        return entry.attempt == 1 ? None : words("watching\u2026");
    return entry.outcome.isValid() ? words("no id came that could tell") : words("no id yet");
}

QString connectingOf(const LedgerEntry &entry, const std::optional<std::int64_t> &now)
{
    const auto &answered = entry.openedAt ? entry.openedAt : entry.endedAt;
    return duration(entry.beganAt, answered ? answered : now);
}

QString openOf(const LedgerEntry &entry, const std::optional<std::int64_t> &now)
{
    return entry.openedAt ? duration(*entry.openedAt, entry.endedAt ? entry.endedAt : now) : None;
}

QString firstEventOf(const LedgerEntry &entry)
{
    return entry.openedAt ? duration(*entry.openedAt, entry.firstEventAt) : None;
}

} // namespace pushscope
