#include "ui/panes/fieldlist.h"

#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QTreeWidgetItemIterator>

#include <algorithm>

namespace pushscope {

namespace {
constexpr int BeginRole = Qt::UserRole;
constexpr int EndRole = Qt::UserRole + 1;
enum Column { Name, Value, Note };
constexpr int CellPadding = 20;
/// Rows that are measured for the width of a column.
constexpr int MeasuredRows = 500;

/// What a table has costs a byte or two, what must never come into one is a secret: the note's words say it too.
const QColor &inkOf(HpackCoding coding, const Colors &colors)
{
    switch (coding) {
    case HpackCoding::Indexed: return colors.incoming;
    case HpackCoding::Incremental: return colors.accent;
    case HpackCoding::Literal: return colors.muted;
    case HpackCoding::Never: break;
    }
    return colors.waiting;
}

} // namespace

FieldList::FieldList(QWidget *parent) : QTreeWidget(parent)
{
    setColumnCount(3);
    setHeaderLabels({words("Name"), words("Value"), words("Note")});
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setFrameShape(NoFrame);
    setProperty("inset", true);
    setIndentation(14);
    setTextElideMode(Qt::ElideRight);
    setSelectionBehavior(SelectRows);
    header()->setStretchLastSection(false);
    header()->setMinimumSectionSize(0);
    header()->setSectionResizeMode(Name, QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(Value, QHeaderView::Stretch);
    header()->setSectionResizeMode(Note, QHeaderView::ResizeToContents);
    connect(this, &QTreeWidget::currentItemChanged, this, [this] {
        const ByteRange range = currentRange();
        Q_EMIT fieldPicked(range.begin, range.end);
    });
}

void FieldList::addSection(const QString &title)
{
    auto *item = new QTreeWidgetItem(this, {title});
    item->setFirstColumnSpanned(true);
    item->setFont(0, scaled(font(), 0, true));
    item->setFlags(Qt::ItemIsEnabled);
}

void FieldList::addWords(const QString &text)
{
    addSection(text);
    QTreeWidgetItem *item = topLevelItem(topLevelItemCount() - 1);
    item->setFont(0, font());
    item->setForeground(0, colorsOf(this).muted);
}

void FieldList::addField(const QString &name, const QString &value, const QString &note)
{
    Field field;
    field.name = name.toStdString();
    field.value = value.toStdString();
    field.note = note.toStdString();
    add(nullptr, field);
}

void FieldList::setFigures(const QList<std::pair<QString, QString>> &figures)
{
    if (figures == m_figures)
        return;
    m_figures = figures;
    writeFigures();
}

void FieldList::writeFigures()
{
    const int row = indexOfTopLevelItem(currentItem());
    const int top = verticalScrollBar()->value();
    clear();
    for (const auto &[name, value] : m_figures)
        addField(name, value);
    if (row >= 0)
        setCurrentItem(topLevelItem(row));
    verticalScrollBar()->setValue(top);
}

/// Rows hold the colours that they were written in.
void FieldList::changeEvent(QEvent *event)
{
    QTreeWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange && !m_figures.isEmpty())
        QMetaObject::invokeMethod(this, &FieldList::writeFigures, Qt::QueuedConnection);
}

void FieldList::addFields(const std::vector<Field> &fields)
{
    for (const Field &field : fields)
        add(nullptr, field);
}

QTreeWidgetItem *FieldList::add(QTreeWidgetItem *parent, const Field &field)
{
    const QStringList cells = {visibleLine(field.name), visibleLine(field.value), visibleLine(field.note)};
    auto *item = parent ? new QTreeWidgetItem(parent, cells) : new QTreeWidgetItem(this, cells);
    item->setForeground(0, colorsOf(this).muted);
    item->setFont(1, monospace(this));
    item->setForeground(2, field.coding ? inkOf(*field.coding, colorsOf(this)) : colorsOf(this).muted);
    item->setData(0, BeginRole, quint64(field.range.begin));
    item->setData(0, EndRole, quint64(field.range.end));
    for (const Field &child : field.children)
        add(item, child);
    return item;
}

void FieldList::scrollToField(std::uint64_t begin)
{
    for (int row = 0; row < topLevelItemCount(); ++row) {
        QTreeWidgetItem *item = topLevelItem(row);
        if (item->data(0, BeginRole).toULongLong() >= begin) {
            scrollToItem(item, PositionAtTop);
            return;
        }
    }
}

ByteRange FieldList::currentRange() const
{
    const QTreeWidgetItem *item = currentItem();
    return item ? ByteRange{item->data(0, BeginRole).toULongLong(), item->data(0, EndRole).toULongLong()} : ByteRange{};
}

int FieldList::widestIn(int column) const
{
    const QFontMetrics metrics(column == Value ? monospace(this) : font());
    int widest = 0;
    int rows = 0;
    QTreeWidgetItemIterator at(const_cast<FieldList *>(this));
    for (; *at && rows < MeasuredRows; ++at, ++rows) {
        if ((*at)->isFirstColumnSpanned() || (*at)->text(column).isEmpty())
            continue;
        int depth = 0;
        for (const QTreeWidgetItem *parent = (*at)->parent(); parent && column == Name; parent = parent->parent())
            ++depth;
        widest = std::max(widest, metrics.horizontalAdvance((*at)->text(column)) + CellPadding + depth * indentation());
    }
    return widest;
}

int FieldList::sizeHintForColumn(int column) const
{
    // The value is what people come for: the others take no more than a third each, or half where there is but one, or
    // what it leaves.
    const int room = viewport()->width();
    const int third = room / 3;
    const int spare = room - widestIn(Value);
    const int most = isColumnHidden(Note) ? std::max(room / 2, spare) : std::max(third, spare - third);
    const int name = std::min(widestIn(Name), most);
    return column == Name ? name : std::min(widestIn(column), std::max(third, spare - name));
}

bool FieldList::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QTreeWidget::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QModelIndex index = indexAt(help->pos());
    const bool isCut = index.isValid() && QTreeWidget::sizeHintForIndex(index).width() > visualRect(index).width();
    QToolTip::showText(help->globalPos(), isCut ? plainToolTip(index.data().toString()) : QString(), viewport());
    return true;
}

void FieldList::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy) && currentItem())
        QGuiApplication::clipboard()->setText(currentItem()->text(0) + QStringLiteral(": ") + currentItem()->text(1));
    else
        QTreeWidget::keyPressEvent(event);
}

} // namespace pushscope
