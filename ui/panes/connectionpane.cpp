#include "ui/panes/connectionpane.h"

#include "core/capture/details/codingdetails.h"
#include "core/capture/details/factfields.h"
#include "core/capture/facts.h"
#include "core/capture/filter.h"
#include "core/insight/cookiehistory.h"
#include "ui/models/connectionindex.h"
#include "ui/panes/fieldlist.h"
#include "ui/panes/http2sections.h"
#include "ui/text/format.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"

#include <QDateTime>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace pushscope {

namespace {

/// The title of a section, or null for records that other panes show.
const char *titleOf(RecordKind kind)
{
    if (kind == RecordKind::Session)
        return "Stream";
    if (kind == RecordKind::Dns)
        return "DNS";
    if (kind == RecordKind::Tcp)
        return "TCP";
    if (kind == RecordKind::Tls)
        return "TLS";
    if (kind == RecordKind::WsOpen)
        return "WebSocket handshake";
    if (kind == RecordKind::Resume)
        return "Resume";
    if (kind == RecordKind::End)
        return "End";
    if (kind == RecordKind::Error)
        return "Error";
    return nullptr;
}

} // namespace

ConnectionPane::ConnectionPane(std::shared_ptr<const Capture> capture, const ConnectionIndex &index,
                               const Http2Flow &flow, QWidget *parent)
    : QWidget(parent), m_capture(std::move(capture)), m_index(index), m_flow(flow), m_fields(new FieldList(this))
{
    setObjectName(QStringLiteral("connectionPane"));
    m_fields->setObjectName(QStringLiteral("connectionFields"));
    m_fields->setAccessibleName(words("Connection"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->addWidget(m_fields);
}

std::vector<Seq> ConnectionPane::sectionsOf(Seq seq) const
{
    const Record &record = m_capture->record(seq);
    const ConnectionSummary *connection = m_index.connection(record.connection);
    std::vector<Seq> shown;
    if (connection && record.connection != 0) {
        // What others say of themselves on a shared connection is left to their own records.
        for (const Seq other : connection->records) {
            const Record &candidate = m_capture->record(other);
            const bool isItsOwn = candidate.session == record.session &&
                                  candidate.has(RecordFlag::Companion) == record.has(RecordFlag::Companion);
            if (isItsOwn || (candidate.stream == 0 && isAboutConnection(candidate.kind)))
                shown.push_back(other);
        }
    } else {
        for (const Seq other : m_index.of(SessionId(record.session))) {
            if (m_capture->record(other).connection == 0)
                shown.push_back(other);
        }
    }
    // The session itself stands before all connections, and a name is looked up before there is one.
    const SessionId opener = connection ? connection->opener : SessionId(record.session);
    const Seq from = shown.empty() ? seq : shown.front();
    for (const Seq before : {m_index.last(RecordKind::Dns, opener, from),
                             m_index.last(RecordKind::Session, SessionId(record.session), seq)}) {
        if (before.isValid() && std::find(shown.begin(), shown.end(), before) == shown.end())
            shown.insert(shown.begin(), before);
    }
    return shown;
}

void ConnectionPane::addSection(Seq seq)
{
    const char *title = titleOf(m_capture->record(seq).kind);
    if (!title)
        return;
    m_fields->addSection(words(title) + QStringLiteral("   #%1 \u00B7 %2")
                                            .arg(QString::number(seq.value),
                                                 formatClock(m_capture->wallStart() + m_capture->record(seq).time)));
    m_fields->addFields(fieldsOf(*m_capture, seq));
}

void ConnectionPane::addCookies(Seq seq)
{
    const SessionId session(m_capture->record(seq).session);
    const std::vector<Cookie> cookies = cookiesBehind(*m_capture, m_index.of(session), seq);
    if (cookies.empty())
        return;
    const Seq opened = m_index.last(RecordKind::Session, session, seq);
    Bytes scratch;
    const bool areKept =
        !opened.isValid() || decodeFacts<SessionFacts>(m_capture->derivedView(opened, scratch)).cookies;
    m_fields->addSection(areKept ? words("Cookies that answers set")
                                 : words("Cookies that answers set: off, neither kept nor sent"));
    for (const Cookie &cookie : cookies) {
        QStringList note{visibleLine((cookie.hostOnly ? "" : "*.") + cookie.domain + cookie.path)};
        note += cookie.expires ? words("until %1")
                                     .arg(QDateTime::fromSecsSinceEpoch(*cookie.expires, Qt::UTC)
                                              .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss 'UTC'")))
                               : words("until the session ends");
        if (cookie.secure)
            note += QStringLiteral("Secure");
        if (cookie.httpOnly)
            note += QStringLiteral("HttpOnly");
        note += words("from #%1").arg(cookie.from);
        m_fields->addField(visibleLine(cookie.name), visibleLine(cookie.value), note.join(QStringLiteral(" \u00B7 ")));
    }
}

/// The codings of the answer that the record belongs to, as far as its body has come.
void ConnectionPane::addCoding(Seq seq)
{
    const SessionId session(m_capture->record(seq).session);
    const Seq head = m_index.last(RecordKind::HttpResponse, session, seq);
    if (!head.isValid())
        return;
    const std::vector<Seq> &records = m_index.of(session);
    Seq totals;
    for (auto next = std::upper_bound(records.begin(), records.end(), head); next != records.end(); ++next) {
        const RecordKind kind = m_capture->record(*next).kind;
        if (kind == RecordKind::HttpResponse)
            break;
        if (kind == RecordKind::Coding)
            totals = *next;
    }
    const auto facts = codingSoFar(*m_capture, head, totals);
    m_isCoded = facts.has_value();
    if (!facts)
        return;
    m_fields->addSection(words("Content coding") + QStringLiteral("   #%1").arg(head.value));
    m_fields->addFields(fieldsOfFacts(RecordKind::Coding, encode(*facts)));
}

void ConnectionPane::refresh()
{
    const ConnectionSummary *connection =
        m_seq.isValid() ? m_index.connection(m_capture->record(m_seq).connection) : nullptr;
    if (!m_isCoded && (!connection || !connection->isHttp2))
        return;
    // Where the user reads stays where it is.
    const int top = m_fields->verticalScrollBar()->value();
    const int current = m_fields->indexOfTopLevelItem(m_fields->currentItem());
    showRecord(m_seq);
    m_fields->setCurrentItem(m_fields->topLevelItem(current));
    m_fields->verticalScrollBar()->setValue(top);
}

void ConnectionPane::showRecord(Seq seq)
{
    m_seq = seq;
    m_fields->clear();
    if (!seq.isValid())
        return m_fields->addWords(words("Pick a row to see its connection"));
    const ConnectionSummary *connection = m_index.connection(m_capture->record(seq).connection);
    bool isHttp2Due = connection && connection->isHttp2;
    bool isCodingDue = true;
    m_isCoded = false;
    for (const Seq other : sectionsOf(seq)) {
        // Its own records come first, what happened to it last.
        const RecordKind kind = m_capture->record(other).kind;
        if (isHttp2Due && kind > RecordKind::Tls && titleOf(kind)) {
            Http2Sections(*m_capture, *connection, m_flow.connection(ConnectionId(connection->id))).addTo(*m_fields);
            isHttp2Due = false;
        }
        if (isCodingDue && kind > RecordKind::Coding && titleOf(kind)) {
            addCoding(seq);
            isCodingDue = false;
        }
        addSection(other);
    }
    if (isCodingDue)
        addCoding(seq);
    if (isHttp2Due)
        Http2Sections(*m_capture, *connection, m_flow.connection(ConnectionId(connection->id))).addTo(*m_fields);
    addCookies(seq);
}

} // namespace pushscope
