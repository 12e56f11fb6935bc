#include "ui/panes/headerspane.h"

#include "ui/models/connectionindex.h"
#include "ui/panes/fieldlist.h"
#include "ui/text/format.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"

#include <QSplitter>
#include <QVBoxLayout>

namespace pushscope {

HeadersPane::HeadersPane(std::shared_ptr<const Capture> capture, const ConnectionIndex &index, QWidget *parent)
    : QWidget(parent), m_capture(std::move(capture)), m_index(index), m_request(new FieldList(this)),
      m_answer(new FieldList(this))
{
    setObjectName(QStringLiteral("headersPane"));
    m_request->setObjectName(QStringLiteral("requestHead"));
    m_request->setAccessibleName(words("Request"));
    m_answer->setObjectName(QStringLiteral("answerHead"));
    m_answer->setAccessibleName(words("Answer"));
    auto *halves = new QSplitter(Qt::Horizontal, this);
    halves->setHandleWidth(1);
    halves->setChildrenCollapsible(false);
    for (FieldList *list : {m_request, m_answer}) {
        list->hideColumn(2);
        halves->addWidget(list);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->addWidget(halves);
}

void HeadersPane::addHead(FieldList &list, Seq seq)
{
    std::vector<Field> fields = fieldsOf(*m_capture, seq);
    QString title = words("Trailers");
    if (m_capture->record(seq).kind != RecordKind::HttpTrailers && !fields.empty()) {
        title = visibleLine(fields.front().value);
        fields.erase(fields.begin());
    }
    list.addSection(title + QStringLiteral("   #%1 \u00B7 %2")
                                .arg(QString::number(seq.value),
                                     formatClock(m_capture->wallStart() + m_capture->record(seq).time)));
    list.addFields(fields);
}

Seq HeadersPane::requestOf(Seq seq) const
{
    const Record &record = m_capture->record(seq);
    const SessionId session(record.session);
    if (record.connection == 0)
        return m_index.last(RecordKind::HttpRequest, session, seq);
    // What made the connection stands before its first request.
    Seq found;
    for (const Seq other : m_index.ofConnection(session, record.connection)) {
        if (m_capture->record(other).kind == RecordKind::HttpRequest && (!found.isValid() || other <= seq))
            found = other;
    }
    return found;
}

void HeadersPane::showRecord(Seq seq)
{
    m_request->clear();
    m_answer->clear();
    if (!seq.isValid())
        return;
    const SessionId session(m_capture->record(seq).session);
    const Seq request = requestOf(seq);
    if (!request.isValid()) {
        m_request->addSection(words("No request yet"));
        return;
    }
    addHead(*m_request, request);
    for (const Seq other : m_index.of(session)) {
        const Record &record = m_capture->record(other);
        const bool isAnswer = record.kind == RecordKind::HttpResponse && record.related == request.value;
        const bool isTrailer = record.kind == RecordKind::HttpTrailers && other > request &&
                               m_index.last(RecordKind::HttpRequest, session, other) == request;
        if (isAnswer || isTrailer)
            addHead(*m_answer, other);
    }
    if (m_answer->topLevelItemCount() == 0)
        m_answer->addSection(words("No answer yet"));
}

} // namespace pushscope
