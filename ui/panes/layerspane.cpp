#include "ui/panes/layerspane.h"

#include "ui/panes/hexview.h"
#include "ui/text/describe.h"
#include "ui/text/format.h"
#include "ui/text/plainlabel.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>
#include <optional>

namespace pushscope {

namespace {

constexpr int SeqRole = Qt::UserRole;
/// How far a record is looked for among those that came after.
constexpr std::uint64_t LookAhead = 4096;
constexpr int DepthLimit = 6;
constexpr int SizeColumn = 1;
constexpr int TimeColumn = 2;

/// Between the first and the last of a record's carriers stand others, too: what the same read completed before.
bool carries(const Capture &capture, Seq carrier, Seq seq)
{
    const Record &record = capture.record(seq);
    if (record.carrierFirst == 0 || carrier.value + record.carrierFirst < seq.value ||
        carrier.value + record.carrierLast > seq.value)
        return false;
    const std::vector<Seq> carriers = capture.carriers(seq);
    return std::binary_search(carriers.begin(), carriers.end(), carrier);
}

/// Where in a carrier's origin the bytes of what it carried stand; both may be scattered over the log.
ByteRange sharedBytes(const Capture &capture, Seq carrier, Seq carried)
{
    constexpr std::size_t PieceLimit = 1000;
    std::vector<ByteView> parts = capture.originPieces(carried);
    parts.resize(std::min(parts.size(), PieceLimit));
    std::optional<ByteRange> shared;
    std::uint64_t offset = 0;
    for (const ByteView &piece : capture.originPieces(carrier)) {
        for (const ByteView &part : parts) {
            const char *begin = std::max(piece.data(), part.data(), std::less<>());
            const char *end = std::min(piece.data() + piece.size(), part.data() + part.size(), std::less<>());
            if (!std::less<>()(begin, end))
                continue;
            const std::uint64_t first = offset + std::uint64_t(begin - piece.data());
            const std::uint64_t last = offset + std::uint64_t(end - piece.data());
            shared = shared ? ByteRange{std::min(shared->begin, first), std::max(shared->end, last)}
                            : ByteRange{first, last};
        }
        offset += piece.size();
    }
    return shared.value_or(ByteRange());
}

} // namespace

LayersPane::LayersPane(std::shared_ptr<const Capture> capture, QWidget *parent)
    : QWidget(parent), m_capture(std::move(capture)), m_tree(new QTreeWidget(this)),
      m_said(new PlainLabel(QString(), this, "muted")), m_hex(new HexView(this))
{
    setObjectName(QStringLiteral("layersPane"));
    m_tree->setObjectName(QStringLiteral("layersTree"));
    m_tree->setAccessibleName(words("Layers"));
    m_tree->setColumnCount(4);
    m_tree->setHeaderLabels({words("Record"), words("Size"), words("Time"), words("\u0394 to the record")});
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_said->setObjectName(QStringLiteral("layersSaid"));
    m_said->setContentsMargins(12, 4, 12, 8);
    m_said->setWordWrap(true);
    m_hex->setObjectName(QStringLiteral("layersHex"));
    auto *left = new QWidget(this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tree, 1);
    column->addWidget(m_said);
    auto *halves = new QSplitter(Qt::Horizontal, this);
    halves->setHandleWidth(1);
    halves->setChildrenCollapsible(false);
    halves->addWidget(left);
    halves->addWidget(m_hex);
    halves->setSizes({560, 560});
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(halves);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, [this](const QTreeWidgetItem *item) {
        showBytes(item ? Seq(item->data(0, SeqRole).toULongLong()) : Seq());
    });
    connect(m_tree, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem *item) {
        if (const Seq seq(item->data(0, SeqRole).toULongLong()); seq.isValid())
            Q_EMIT recordPicked(seq);
    });
}

QTreeWidgetItem *LayersPane::addRecord(QTreeWidgetItem *parent, Seq seq, Seq carried)
{
    ++m_rows;
    const Record &record = m_capture->record(seq);
    auto *item = parent ? new QTreeWidgetItem(parent) : new QTreeWidgetItem(m_tree);
    item->setText(0, QStringLiteral("%1  #%2").arg(QString::fromUtf8(word(record.kind)), QString::number(seq.value)) +
                         (record.stream != 0 ? words("  \u00B7 stream %1").arg(record.stream) : QString()));
    item->setText(SizeColumn, formatSize(record.originLength));
    item->setText(TimeColumn, formatClock(m_capture->wallStart() + record.time, 6));
    if (carried.isValid()) {
        const std::int64_t delta = record.time - m_capture->record(carried).time;
        item->setText(3, delta == 0 ? words("same read") : formatDelta(delta));
    }
    for (const int columnIndex : {SizeColumn, TimeColumn, 3})
        item->setForeground(columnIndex, colorsOf(this).muted);
    item->setData(0, SeqRole, quint64(seq.value));
    return item;
}

void LayersPane::addCarriers(QTreeWidgetItem *parent, Seq seq, int depth)
{
    if (depth > DepthLimit || m_rows >= RowLimit)
        return;
    const std::vector<Seq> carriers = m_capture->carriers(seq);
    for (std::size_t i = 0; i < std::min(CarrierLimit, carriers.size()); ++i)
        addCarriers(addRecord(parent, carriers[i], m_seq), carriers[i], depth + 1);
    if (carriers.size() > CarrierLimit)
        new QTreeWidgetItem(parent, {words("%n more", qint64(carriers.size() - CarrierLimit))});
}

void LayersPane::addCarried(Seq seq)
{
    const std::uint64_t last = std::min(m_capture->counts().records, seq.value + LookAhead);
    QTreeWidgetItem *heading = nullptr;
    std::size_t count = 0;
    for (std::uint64_t value = seq.value + 1; value <= last && count < CarrierLimit; ++value) {
        if (!carries(*m_capture, seq, Seq(value)))
            continue;
        if (!heading)
            heading = new QTreeWidgetItem(m_tree, {words("carries")});
        addRecord(heading, Seq(value), seq);
        ++count;
    }
    if (heading)
        heading->setExpanded(true);
}

QString LayersPane::together(Seq seq) const
{
    // What came in one read has its time: neighbours of the same time on the same connection came together.
    const Record &record = m_capture->record(seq);
    if (layerOf(record.kind) != Layer::Messages || record.direction != Direction::In)
        return {};
    std::uint64_t count = 0;
    const auto counts = [&](std::uint64_t value) {
        const Record &other = m_capture->record(Seq(value));
        if (other.time != record.time)
            return false;
        count += layerOf(other.kind) == Layer::Messages && other.connection == record.connection ? 1 : 0;
        return true;
    };
    const std::uint64_t first = seq.value > LookAhead ? seq.value - LookAhead : 1;
    const std::uint64_t last = std::min(m_capture->counts().records, seq.value + LookAhead);
    for (std::uint64_t value = seq.value; value >= first && counts(value); --value) {
    }
    for (std::uint64_t value = seq.value + 1; value <= last && counts(value); ++value) {
    }
    return count == 1 ? words("It came alone in its socket read.")
                      : words("%n messages came in the same socket read.", qint64(count));
}

/// A message that shares no bytes with what brought it was made of them.
QString LayersPane::decoded(Seq seq) const
{
    const Record &record = m_capture->record(seq);
    const std::vector<Seq> carriers = m_capture->carriers(seq);
    const bool isContent = record.kind >= RecordKind::SseEvent && record.kind <= RecordKind::StreamPart;
    if (!isContent || carriers.empty() || !sharedBytes(*m_capture, carriers.back(), seq).isEmpty())
        return {};
    return words("Content codings wrap it: what carried it is coded, the message is plain text that was made of it.");
}

QString LayersPane::findings(Seq seq) const
{
    constexpr std::size_t Shown = 5;
    QStringList lines;
    const std::vector<std::uint64_t> found = m_capture->findingsOf(seq);
    for (std::size_t i = 0; i < std::min(Shown, found.size()); ++i)
        lines += QStringLiteral("\u26A0 ") + describeFinding(*m_capture, found[i]);
    if (found.size() > Shown)
        lines += words("%n more finding|%n more findings", qint64(found.size() - Shown));
    return lines.join(u'\n');
}

void LayersPane::showRecord(Seq seq)
{
    m_seq = seq;
    m_rows = 0;
    m_tree->clear();
    m_said->clear();
    m_hex->setBytes({});
    if (!seq.isValid())
        return;
    QTreeWidgetItem *root = addRecord(nullptr, seq, {});
    root->setFont(0, scaled(font(), 0, true));
    addCarriers(root, seq, 0);
    addCarried(seq);
    m_tree->expandAll();
    fitColumns();
    const QString found = findings(seq);
    QStringList said{together(seq), decoded(seq), found};
    said.removeAll(QString());
    m_said->setText(said.join(u'\n'));
    m_said->setRole(found.isEmpty() ? "muted" : "warn");
    QTreeWidgetItem *shown =
        root->childCount() > 0 && root->child(0)->data(0, SeqRole).isValid() ? root->child(0) : root;
    m_tree->setCurrentItem(shown);
}

void LayersPane::fitColumns()
{
    int needed = 0;
    for (int column = 0; column < m_tree->columnCount(); ++column) {
        m_tree->setColumnHidden(column, false);
        needed += widthOf(column);
    }
    for (const int column : {TimeColumn, SizeColumn}) {
        if (needed <= m_tree->viewport()->width())
            return;
        needed -= widthOf(column);
        m_tree->setColumnHidden(column, true);
    }
}

int LayersPane::widthOf(int column) const
{
    return std::max(m_tree->header()->sectionSizeHint(column),
                    static_cast<const QAbstractItemView *>(m_tree)->sizeHintForColumn(column));
}

void LayersPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

void LayersPane::showBytes(Seq seq)
{
    if (!seq.isValid()) {
        m_hex->setBytes({});
        return;
    }
    m_hex->setBytes(m_capture->origin(seq, BytesLimit));
    if (const ByteRange shared = sharedBytes(*m_capture, seq, m_seq); seq != m_seq && !shared.isEmpty())
        m_hex->setHighlight(shared);
}

} // namespace pushscope
