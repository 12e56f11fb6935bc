#include "ui/panes/headerspane.h"

#include "core/capture/details/httpdetails.h"
#include "core/capture/details/summary.h"
#include "core/capture/facts.h"
#include "ui/models/connectionindex.h"
#include "ui/panes/fieldlist.h"
#include "ui/text/describe.h"
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

QString HeadersPane::titleOf(Seq seq, std::vector<Field> &fields) const
{
    const Record &record = m_capture->record(seq);
    if (record.kind == RecordKind::HttpTrailers)
        return words("Trailers");
    if (record.kind == RecordKind::HttpPush)
        return words("Pushed on stream %1: ").arg(promisedBy(seq)) + describeRecord(*m_capture, seq);
    if (isOverHttp2(record))
        return visibleLine(summarize(*m_capture, seq).preview) + words("   on stream %1").arg(record.stream);
    if (fields.empty())
        return {};
    // Its first line stands first.
    const QString line = visibleLine(fields.front().value);
    fields.erase(fields.begin());
    return line;
}

void HeadersPane::addHead(FieldList &list, Seq seq)
{
    const Record &record = m_capture->record(seq);
    std::vector<Field> fields = fieldsOf(*m_capture, seq);
    const QString title = titleOf(seq, fields);
    list.addSection(title + QStringLiteral("   #%1 \u00B7 %2")
                                .arg(QString::number(seq.value), formatClock(m_capture->wallStart() + record.time)));
    for (Field &field : fields) {
        // RFC 9113 section 8.3.
        if (isOverHttp2(record) && field.name.starts_with(':'))
            field.note += (field.note.empty() ? "" : ", ") + words("pseudo-header").toStdString();
    }
    list.setColumnHidden(2, !isOverHttp2(record));
    list.addFields(fields);
}

std::uint32_t HeadersPane::promisedBy(Seq push) const
{
    Bytes scratch;
    return decodeFacts<PushFacts>(m_capture->derivedView(push, scratch)).promisedStream;
}

Seq HeadersPane::requestOnStream(const Record &record) const
{
    const SessionId owner = m_index.ownerOf(record.connection, record.stream);
    for (const Seq seq : m_index.of(owner.isValid() ? owner : SessionId(record.session))) {
        const Record &other = m_capture->record(seq);
        if (other.connection != record.connection)
            continue;
        const bool isRequest = other.kind == RecordKind::HttpRequest && other.stream == record.stream;
        if (isRequest || (other.kind == RecordKind::HttpPush && promisedBy(seq) == record.stream))
            return seq;
    }
    return {};
}

Seq HeadersPane::requestOf(Seq seq) const
{
    const Record &record = m_capture->record(seq);
    const SessionId session(record.session);
    if (record.kind == RecordKind::HttpPush)
        return seq;
    if (isOverHttp2(record))
        return requestOnStream(record);
    if (record.connection == 0)
        return m_index.last(RecordKind::HttpRequest, session, seq);
    // What made the connection stands before its first request.
    Seq found;
    for (const Seq other : m_index.of(session)) {
        const Record &candidate = m_capture->record(other);
        if (candidate.kind == RecordKind::HttpRequest && candidate.connection == record.connection &&
            (!found.isValid() || other <= seq))
            found = other;
    }
    return found;
}

bool HeadersPane::answers(Seq seq, Seq request) const
{
    const Record &record = m_capture->record(seq);
    const Record &asked = m_capture->record(request);
    if (!isOverHttp2(asked))
        return (record.kind == RecordKind::HttpResponse && record.related == request.value) ||
               (record.kind == RecordKind::HttpTrailers && seq > request &&
                m_index.last(RecordKind::HttpRequest, SessionId(asked.session), seq) == request);
    const bool isPush = asked.kind == RecordKind::HttpPush;
    const std::uint32_t stream = isPush ? promisedBy(request) : asked.stream;
    const bool isPart = record.kind == RecordKind::HttpResponse || record.kind == RecordKind::HttpTrailers ||
                        (record.kind == RecordKind::HttpPush && !isPush);
    return isPart && record.direction == Direction::In && record.connection == asked.connection &&
           record.stream == stream;
}

void HeadersPane::showRecord(Seq seq)
{
    m_request->clear();
    m_answer->clear();
    if (!seq.isValid()) {
        m_request->addWords(words("Pick a row to see its headers"));
        return;
    }
    const Seq request = requestOf(seq);
    if (!request.isValid()) {
        m_request->addWords(words("No request yet"));
        return;
    }
    addHead(*m_request, request);
    for (const Seq other : m_index.of(SessionId(m_capture->record(request).session))) {
        if (answers(other, request))
            addHead(*m_answer, other);
    }
    if (m_answer->topLevelItemCount() == 0)
        m_answer->addSection(words("No answer yet"));
}

} // namespace pushscope
