#include "ui/panes/recordview.h"

#include "ui/models/recordtablemodel.h"
#include "ui/text/format.h"
#include "ui/text/words.h"
#include "ui/theme/focusline.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <numeric>

namespace pushscope {

namespace {

using Model = RecordTableModel;
constexpr int CellPadding = 8;

bool isMonospace(int column)
{
    return column != Model::Stream && column != Model::Kind && column != Model::Type && column != Model::Dir;
}

/// Names of streams differ at both ends, numbers and ids at the last.
Qt::TextElideMode elisionOf(int column)
{
    if (column == Model::Number || column == Model::LastId)
        return Qt::ElideLeft;
    return column == Model::Stream ? Qt::ElideMiddle : Qt::ElideRight;
}

/// In characters of the monospace font.
int defaultCharacters(int column)
{
    switch (Model::Column(column)) {
    case Model::Number: return 8; // "10000000"
    case Model::Time: return 12;
    case Model::Delta: return 10;
    case Model::Stream: return 16; // "events, companion"
    case Model::Dir: return 2;
    case Model::Kind: return 16;
    case Model::Type: return 9; // "message"
    case Model::LastId: return 7;
    case Model::Size: return 8;
    case Model::Preview: return 20; // the least: it takes what is left
    case Model::ColumnCount: break;
    }
    return 10;
}

/// The same where there is little room.
int tightCharacters(int column)
{
    switch (Model::Column(column)) {
    case Model::Number: return 5;
    case Model::Time: return 12;
    case Model::Delta: return 9;
    case Model::Stream: return 8;
    case Model::Dir: return 2;
    case Model::Kind: return 9; // "http.body"
    case Model::Type: return 8; // "message"
    case Model::LastId: return 4;
    case Model::Size: return 7;
    case Model::Preview: return 16;
    case Model::ColumnCount: break;
    }
    return 10;
}

} // namespace

RecordView::RecordView(QWidget *parent) : QTableView(parent), m_header(horizontalHeader()), m_followButton(nullptr)
{
    setObjectName(QStringLiteral("recordView"));
    setAccessibleName(words("Records"));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerItem);
    setFrameShape(NoFrame);
    if (auto *corner = findChild<QAbstractButton *>(QString(), Qt::FindDirectChildrenOnly))
        corner->hide(); // QTableView's, for the vertical header that isn't there
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setAutoFillBackground(false);
    m_header->setObjectName(QStringLiteral("recordHeader"));
    m_header->setSectionsMovable(true);
    m_header->setStretchLastSection(true);
    m_header->setHighlightSections(false);
    m_header->setMinimumSectionSize(24);
    m_header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_header, &QWidget::customContextMenuRequested, this, &RecordView::showHeaderMenu);
    const auto relayout = [this] {
        updateGeometries();
        viewport()->update();
    };
    connect(m_header, &QHeaderView::sectionResized, this, relayout);
    connect(m_header, &QHeaderView::sectionMoved, this, relayout);
    connect(m_header, &QHeaderView::sectionCountChanged, this, relayout);
    m_followButton = new QPushButton(this);
    m_followButton->setObjectName(QStringLiteral("followButton"));
    m_followButton->setProperty("follow", true);
    m_followButton->setFocusPolicy(Qt::NoFocus);
    m_followButton->hide();
    connect(m_followButton, &QPushButton::clicked, this, [this] { setFollowing(true); });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (!m_adjusting)
            setFollowing(value >= verticalScrollBar()->maximum());
    });
    measure();
}

void RecordView::setRecordModel(RecordTableModel *records)
{
    m_records = records;
    m_header->setModel(records);
    // Past QTableView, which would give the vertical header its rows.
    QAbstractItemView::setModel(records);
    const std::vector<int> widths = columnWidths(false);
    for (int column = 0; column < Model::ColumnCount; ++column)
        m_header->resizeSection(column, widths[std::size_t(column)]);
    fitColumns();
    reset();
}

std::vector<int> RecordView::columnWidths(bool tight) const
{
    constexpr int DirectionWidth = 30;
    const int character = QFontMetrics(m_monospace).horizontalAdvance(u'0');
    std::vector<int> widths;
    for (int column = 0; column < Model::ColumnCount; ++column) {
        const int characters = tight ? tightCharacters(column) : defaultCharacters(column);
        widths.push_back(column == Model::Dir ? DirectionWidth : character * characters + 2 * CellPadding);
    }
    return widths;
}

void RecordView::fitColumns()
{
    std::vector<int> shown;
    shown.reserve(std::size_t(m_header->count()));
    for (int column = 0; column < m_header->count(); ++column)
        shown.push_back(m_header->sectionSize(column));
    const std::vector<int> wide = columnWidths(false);
    const std::vector<int> tight = columnWidths(true);
    // The last one takes what is left.
    const auto isOurs = [&shown](const std::vector<int> &widths) {
        return shown.size() == widths.size() && std::equal(shown.begin(), shown.end() - 1, widths.begin());
    };
    if (!isOurs(wide) && !isOurs(tight))
        return;
    const bool isNarrow = std::accumulate(wide.begin(), wide.end(), 0) > viewport()->width();
    const std::vector<int> &widths = isNarrow ? tight : wide;
    int left = viewport()->width();
    for (int column = 0; column + 1 < m_header->count(); ++column) {
        m_header->resizeSection(column, widths[std::size_t(column)]);
        left -= widths[std::size_t(column)];
    }
    // The header stretches it only when it is laid out next: until then it would be too wide to fit.
    m_header->resizeSection(Model::Preview, std::max(left, widths[Model::Preview]));
}

void RecordView::measure()
{
    m_monospace = monospace(this);
    const int text = std::max(fontMetrics().height(), QFontMetrics(m_monospace).height());
    m_rowHeight = text + 7;
}

void RecordView::changeEvent(QEvent *event)
{
    QAbstractItemView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        measure();
        updateGeometries();
    }
}

int RecordView::wholeRows() const
{
    return std::max(1, viewport()->height() / m_rowHeight);
}

int RecordView::firstVisibleRow() const
{
    return verticalScrollBar()->value();
}

int RecordView::visibleRows() const
{
    return m_records ? std::min(wholeRows() + 1, m_records->rowCount() - firstVisibleRow()) : 0;
}

void RecordView::setFollowing(bool following)
{
    if (following) {
        const QScopedValueRollback guard(m_adjusting, true);
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    }
    if (following != m_following) {
        m_following = following;
        m_recordsWhenStopped = m_records ? m_records->published() : 0;
        Q_EMIT followingChanged(following);
    }
    placeFollowButton();
}

void RecordView::placeFollowButton()
{
    // Rows that a filter brings back are not new.
    const int fresh = m_records ? m_records->rowCount() - m_records->nearestRow(Seq(m_recordsWhenStopped + 1)) : 0;
    const bool isNeeded = !m_following && m_records && verticalScrollBar()->maximum() > 0;
    if (isNeeded) {
        m_followButton->setText(fresh > 0 ? words("%n new \u2193", fresh) : words("Follow \u2193"));
        m_followButton->adjustSize();
        const QRect area = viewport()->geometry();
        // At the end of the last column, where the fewest cells are wide enough to reach.
        m_followButton->move(area.right() - m_followButton->width() - 12, area.bottom() - m_followButton->height() - 8);
    }
    m_followButton->setVisible(isNeeded);
}

Seq RecordView::currentSeq() const
{
    const QModelIndex index = currentIndex();
    return index.isValid() && m_records ? m_records->seqAt(index.row()) : Seq();
}

void RecordView::selectSeq(Seq seq)
{
    if (!m_records || m_records->rowCount() == 0 || !seq.isValid())
        return;
    const int row = std::min(m_records->nearestRow(seq), m_records->rowCount() - 1);
    setFollowing(false);
    setCurrentIndex(m_records->index(row, 0));
    scrollTo(m_records->index(row, 0), PositionAtCenter);
}

void RecordView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QAbstractItemView::currentChanged(current, previous);
    viewport()->update();
    Q_EMIT recordSelected(currentSeq());
}

void RecordView::reset()
{
    const bool following = m_following;
    QAbstractItemView::reset();
    updateGeometries();
    setFollowing(following);
    viewport()->update();
}

void RecordView::setSelectionModel(QItemSelectionModel *model)
{
    // Past QTableView, whose vertical header has no model to select in.
    m_header->setSelectionModel(model);
    QAbstractItemView::setSelectionModel(model);
}

void RecordView::rowsInserted(const QModelIndex & /*parent*/, int first, int /*last*/)
{
    // QAbstractItemView's own version lays out anew with a timer for each call; rows of one height need only a longer
    // scroll bar.
    updateGeometries();
    if (m_following || first <= firstVisibleRow() + wholeRows())
        viewport()->update();
    placeFollowButton();
}

void RecordView::updateGeometries()
{
    const QScopedValueRollback guard(m_adjusting, true);
    const int headerHeight = m_header->sizeHint().height();
    if (viewportMargins().top() != headerHeight)
        setViewportMargins(0, headerHeight, 0, 0);
    const QRect area = viewport()->geometry();
    m_header->setGeometry(area.left(), area.top() - headerHeight, area.width(), headerHeight);
    const int rows = m_records ? m_records->rowCount() : 0;
    verticalScrollBar()->setSingleStep(1);
    verticalScrollBar()->setPageStep(wholeRows());
    verticalScrollBar()->setRange(0, std::max(0, rows - wholeRows()));
    horizontalScrollBar()->setSingleStep(16);
    horizontalScrollBar()->setPageStep(area.width());
    horizontalScrollBar()->setRange(0, std::max(0, m_header->length() - area.width()));
    if (m_following)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void RecordView::resizeEvent(QResizeEvent *event)
{
    QAbstractItemView::resizeEvent(event);
    fitColumns();
    updateGeometries();
    placeFollowButton();
}

void RecordView::scrollContentsBy(int dx, int /*dy*/)
{
    if (dx != 0)
        m_header->setOffset(horizontalScrollBar()->value());
    viewport()->update();
}

int RecordView::horizontalOffset() const
{
    return m_header->offset();
}

int RecordView::verticalOffset() const
{
    return firstVisibleRow() * m_rowHeight;
}

bool RecordView::isIndexHidden(const QModelIndex &index) const
{
    return m_header->isSectionHidden(index.column());
}

QRect RecordView::visualRect(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const qint64 y = (qint64(index.row()) - firstVisibleRow()) * m_rowHeight;
    if (y < -qint64(m_rowHeight) || y > viewport()->height())
        return {};
    const int column = index.column();
    return {m_header->sectionViewportPosition(column), int(y), m_header->sectionSize(column), m_rowHeight};
}

QModelIndex RecordView::indexAt(const QPoint &point) const
{
    const int column = m_header->logicalIndexAt(point.x());
    const int row = firstVisibleRow() + point.y() / m_rowHeight;
    if (!m_records || point.y() < 0 || column < 0 || row >= m_records->rowCount())
        return {};
    return m_records->index(row, column);
}

void RecordView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    if (!index.isValid() || m_following)
        return;
    const int first = firstVisibleRow();
    const int row = index.row();
    int top = first;
    if (hint == PositionAtCenter && (row < first || row >= first + wholeRows()))
        top = row - wholeRows() / 2;
    else if (row < first || hint == PositionAtTop)
        top = row;
    else if (row >= first + wholeRows() || hint == PositionAtBottom)
        top = row - wholeRows() + 1;
    const QScopedValueRollback guard(m_adjusting, true);
    verticalScrollBar()->setValue(top);
}

QModelIndex RecordView::moveCursor(CursorAction action, Qt::KeyboardModifiers /*modifiers*/)
{
    const int rows = m_records ? m_records->rowCount() : 0;
    if (rows == 0)
        return {};
    const QModelIndex current = currentIndex();
    int row = current.isValid() ? current.row() : (m_following ? rows - 1 : firstVisibleRow());
    switch (action) {
    case MoveUp: row -= current.isValid() ? 1 : 0; break;
    case MoveDown: row += current.isValid() ? 1 : 0; break;
    case MovePageUp: row -= wholeRows(); break;
    case MovePageDown: row += wholeRows(); break;
    case MoveHome: row = 0; break;
    case MoveEnd: row = rows - 1; break;
    case MoveLeft:
    case MoveRight:
    case MoveNext:
    case MovePrevious: break;
    }
    setFollowing(false);
    return m_records->index(std::clamp(row, 0, rows - 1), current.isValid() ? current.column() : 0);
}

void RecordView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    const QModelIndex index = indexAt(rect.topLeft());
    if (selectionModel() && index.isValid())
        selectionModel()->select(index, command | QItemSelectionModel::Rows);
}

QRegion RecordView::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    for (const QItemSelectionRange &range : selection) {
        const int first = std::max(range.top(), firstVisibleRow());
        const int last = std::min(range.bottom(), firstVisibleRow() + wholeRows());
        if (first <= last)
            region += QRect(0, (first - firstVisibleRow()) * m_rowHeight, viewport()->width(),
                            (last - first + 1) * m_rowHeight);
    }
    return region;
}

void RecordView::focusInEvent(QFocusEvent *event)
{
    // QAbstractItemView would make the first row the current one.
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void RecordView::mousePressEvent(QMouseEvent *event)
{
    if (indexAt(event->position().toPoint()).isValid())
        setFollowing(false);
    QAbstractItemView::mousePressEvent(event);
}

void RecordView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
        setFollowing(!m_following);
        return;
    }
    if (event->key() == Qt::Key_End && event->modifiers() == Qt::ControlModifier) {
        setFollowing(true);
        return;
    }
    QAbstractItemView::keyPressEvent(event);
}

void RecordView::showHeaderMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("columnMenu"));
    for (int column = 0; column < Model::ColumnCount; ++column) {
        QAction *action = menu->addAction(Model::columnName(column));
        action->setCheckable(true);
        action->setChecked(!m_header->isSectionHidden(column));
        action->setEnabled(column != Model::Preview); // one column must stay for the menu to be reached
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            m_header->setSectionHidden(column, !shown);
            updateGeometries();
        });
    }
    menu->popup(m_header->mapToGlobal(position));
}

QColor RecordView::inkOf(int column, int tone, int direction) const
{
    const Colors &colors = colorsOf(this);
    if (column == Model::Dir) {
        const auto way = Direction(direction);
        return way == Direction::In ? colors.incoming : way == Direction::Out ? colors.outgoing : colors.faint;
    }
    if (column == Model::Number || column == Model::Delta)
        return colors.faint;
    switch (RowTone(tone)) {
    case RowTone::Message: return column == Model::Size || column == Model::Stream ? colors.muted : colors.text;
    case RowTone::Quiet: return column == Model::Preview ? colors.text : colors.muted;
    case RowTone::State:
    case RowTone::Remark: return colors.waiting;
    case RowTone::Bad: return colors.failed;
    }
    return colors.text;
}

void RecordView::paintGrounds(QPainter &painter, int firstRow, int lastRow)
{
    const Colors &colors = colorsOf(this);
    const int current = currentIndex().isValid() ? currentIndex().row() : -1;
    if (current < firstRow || current > lastRow)
        return;
    const QRect row(0, (current - firstRow) * m_rowHeight, viewport()->width(), m_rowHeight);
    painter.fillRect(row, colors.soft);
    if (hasFocus())
        painter.fillRect(row.left(), row.top(), 3, row.height(), colors.accent);
}

void RecordView::paintRow(QPainter &painter, int row, int y)
{
    const QModelIndex first = m_records->index(row, 0);
    const int tone = m_records->data(first, Model::ToneRole).toInt();
    const int direction = m_records->data(first, Model::DirectionRole).toInt();
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int column = m_header->logicalIndex(visual);
        const int x = m_header->sectionViewportPosition(column);
        const int inner = m_header->sectionSize(column) - 2 * CellPadding;
        if (m_header->isSectionHidden(column) || inner <= 0 || x > viewport()->width() || x + inner < 0)
            continue;
        QString text = m_records->data(m_records->index(row, column), Qt::DisplayRole).toString();
        if (text.isEmpty())
            continue;
        const bool mono = isMonospace(column);
        painter.setFont(mono ? m_monospace : font());
        const QFontMetrics metrics = painter.fontMetrics();
        // Shaping a text to find its width costs more than painting it: only what may be too long is measured.
        if (text.size() * (mono ? metrics.averageCharWidth() : metrics.height()) > inner) {
            const Qt::TextElideMode elision = elisionOf(column);
            const QString near = elision == Qt::ElideLeft ? text.right(inner / 2) : text.left(inner / 2);
            text = metrics.elidedText(near, elision, inner);
        }
        const int left =
            Model::isNumeric(column) ? x + CellPadding + inner - metrics.horizontalAdvance(text) : x + CellPadding;
        painter.setPen(inkOf(column, tone, direction));
        painter.drawText(left, y + (m_rowHeight - metrics.height()) / 2 + metrics.ascent(), text);
    }
}

void RecordView::paintEmptiness(QPainter &painter)
{
    if (!m_records || m_records->scanned() < m_records->published())
        return;
    const bool isFiltered = m_records->published() > 0;
    painter.setPen(colorsOf(this).muted);
    painter.drawText(viewport()->rect(), Qt::AlignCenter,
                     isFiltered ? words("No record passes the filter and the layers above")
                                : words("What streams say will stand here"));
}

void RecordView::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), colorsOf(this).base);
    const int first = firstVisibleRow();
    const int last = first + visibleRows() - 1;
    if (last < first) {
        paintEmptiness(painter);
        paintFocusLine(painter, *this);
        return;
    }
    paintGrounds(painter, first, last);
    for (int row = first; row <= last; ++row)
        paintRow(painter, row, (row - first) * m_rowHeight);
    paintFocusLine(painter, *this);
}

} // namespace pushscope
