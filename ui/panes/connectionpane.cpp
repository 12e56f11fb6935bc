#include "ui/panes/connectionpane.h"

#include "ui/models/connectionindex.h"
#include "ui/panes/fieldlist.h"
#include "ui/text/format.h"
#include "ui/text/words.h"

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

ConnectionPane::ConnectionPane(std::shared_ptr<const Capture> capture, const ConnectionIndex &index, QWidget *parent)
    : QWidget(parent), m_capture(std::move(capture)), m_index(index), m_fields(new FieldList(this))
{
    setObjectName(QStringLiteral("connectionPane"));
    m_fields->setObjectName(QStringLiteral("connectionFields"));
    m_fields->setAccessibleName(words("Connection"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->addWidget(m_fields);
}

void ConnectionPane::showRecord(Seq seq)
{
    m_fields->clear();
    if (!seq.isValid())
        return;
    const Record &record = m_capture->record(seq);
    const SessionId session(record.session);
    std::vector<Seq> shown = m_index.ofConnection(session, record.connection);
    // The session itself stands before all connections, and a name is looked up before there is one.
    for (const RecordKind kind : {RecordKind::Dns, RecordKind::Session}) {
        const Seq before = m_index.last(kind, session, shown.empty() ? seq : shown.front());
        if (before.isValid() && std::find(shown.begin(), shown.end(), before) == shown.end())
            shown.insert(shown.begin(), before);
    }
    for (const Seq other : shown) {
        const RecordKind kind = m_capture->record(other).kind;
        const char *title = titleOf(kind);
        if (!title)
            continue;
        m_fields->addSection(words(title) +
                             QStringLiteral("   #%1 \u00B7 %2")
                                 .arg(QString::number(other.value),
                                      formatClock(m_capture->wallStart() + m_capture->record(other).time)));
        m_fields->addFields(fieldsOf(*m_capture, other));
    }
}

} // namespace pushscope
