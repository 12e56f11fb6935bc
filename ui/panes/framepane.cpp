#include "ui/panes/framepane.h"

#include "core/capture/details/http2details.h"
#include "ui/panes/bittable.h"
#include "ui/panes/fieldlist.h"
#include "ui/panes/hexview.h"
#include "ui/text/describe.h"
#include "ui/text/format.h"
#include "ui/text/plainlabel.h"
#include "ui/text/words.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

namespace pushscope {

FramePane::FramePane(std::shared_ptr<const Capture> capture, QWidget *parent)
    : QWidget(parent), m_capture(std::move(capture)), m_title(new PlainLabel(this)),
      m_previous(new QPushButton(words("Previous"), this)), m_next(new QPushButton(words("Next"), this)),
      m_bits(new BitTable(this)), m_note(new PlainLabel(QString(), this, "muted")), m_fields(new FieldList(this)),
      m_hex(new HexView(this))
{
    setObjectName(QStringLiteral("framePane"));
    m_title->setObjectName(QStringLiteral("frameTitle"));
    m_note->setObjectName(QStringLiteral("frameNote"));
    m_note->setContentsMargins(12, 0, 12, 4);
    m_fields->setObjectName(QStringLiteral("frameFields"));
    m_fields->setAccessibleName(words("Fields of the frame"));
    m_hex->setObjectName(QStringLiteral("frameHex"));
    for (QPushButton *button : {m_previous, m_next})
        button->setProperty("link", true);
    m_previous->setObjectName(QStringLiteral("framePrevious"));
    m_next->setObjectName(QStringLiteral("frameNext"));
    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 6, 12, 0);
    head->addWidget(m_title, 1);
    head->addWidget(m_previous);
    head->addWidget(m_next);
    auto *halves = new QSplitter(Qt::Horizontal, this);
    halves->setHandleWidth(1);
    halves->setChildrenCollapsible(false);
    halves->addWidget(m_fields);
    halves->addWidget(m_hex);
    halves->setSizes({560, 560});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_bits);
    column->addWidget(m_note);
    column->addWidget(halves, 1);
    connect(m_bits, &BitTable::fieldLit, this, &FramePane::light);
    connect(m_fields, &FieldList::fieldPicked, this, [this](quint64 begin, quint64 end) { light(begin, end, {}); });
    connect(m_hex, &HexView::hovered, m_bits, &BitTable::lightByte);
    connect(m_previous, &QPushButton::clicked, this, [this] { showFrame(m_place - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { showFrame(m_place + 1); });
    showRecord({});
}

void FramePane::showRecord(Seq seq)
{
    m_frames.clear();
    if (seq.isValid()) {
        const Layer layer = layerOf(m_capture->record(seq).kind);
        if (layer == Layer::Messages)
            m_frames = m_capture->carriers(seq);
        // What nothing carries (an event in a body without chunks, a head) is shown itself.
        if (m_frames.empty() || layerOf(m_capture->record(m_frames.front()).kind) == Layer::Reads)
            m_frames = {seq};
    }
    showFrame(0);
}

void FramePane::showFrame(std::size_t place)
{
    m_place = place;
    const bool hasFrame = place < m_frames.size();
    m_previous->setVisible(m_frames.size() > 1);
    m_next->setVisible(m_frames.size() > 1);
    m_previous->setEnabled(place > 0);
    m_next->setEnabled(place + 1 < m_frames.size());
    m_fields->clear();
    m_note->clear();
    if (!hasFrame) {
        m_title->setText(words("Pick a row to see its frame"));
        m_bits->setFields({});
        m_bits->hide();
        m_hex->setBytes({});
        return;
    }
    const Seq seq = m_frames[place];
    const Record &record = m_capture->record(seq);
    QString title = QStringLiteral("%1 #%2").arg(QString::fromUtf8(word(record.kind)), QString::number(seq.value));
    if (m_frames.size() > 1)
        title = words("%1 (%2 of %3)").arg(title, formatCount(place + 1), formatCount(m_frames.size()));
    if (record.stream != 0)
        title += words(" \u00B7 stream %1").arg(record.stream);
    if (record.direction != Direction::None)
        title += QStringLiteral(" \u00B7 ") + (record.direction == Direction::In ? words("received") : words("sent"));
    title += QStringLiteral(" \u00B7 ") + formatClock(m_capture->wallStart() + record.time) +
             QStringLiteral(" \u00B7 ") + formatSize(record.originLength);
    m_title->setText(title);
    const std::vector<Field> fields = fieldsOf(*m_capture, seq);
    m_bits->setFields(fields);
    m_bits->setVisible(!m_bits->isEmpty());
    m_note->setVisible(!m_bits->isEmpty());
    m_fields->addFields(fields);
    // A setting says all in its own row.
    if (record.kind != RecordKind::H2Settings)
        m_fields->expandAll();
    // The table above has what the nine bytes of the header say (RFC 9113 section 4.1).
    if (isHttp2Frame(record.kind))
        m_fields->scrollToField(Http2FrameHeader::Size);
    m_hex->setBytes(m_capture->origin(seq, BytesLimit));
}

void FramePane::light(quint64 begin, quint64 end, const QString &note)
{
    m_hex->setHighlight(end > begin ? std::optional(ByteRange{begin, end}) : std::nullopt);
    m_note->setText(note);
}

} // namespace pushscope
