#pragma once

#include "core/base/ids.h"

#include <QPointer>
#include <QTableView>

#include <vector>

class QPushButton;

namespace pushscope {

class RecordTableModel;

/// The table of records. A QTableView by its looks and to screen readers only: that keeps 8 bytes for each row in its
/// vertical header and recounts them at each insertion. Here the vertical header has no model, rows have one height,
/// nothing is kept for a row, and only visible rows are rendered. Follows the newest row until the user scrolls up or
/// picks a row; a button then leads back down.
class RecordView : public QTableView
{
    Q_OBJECT
public:
    explicit RecordView(QWidget *parent = nullptr);

    void setRecordModel(RecordTableModel *model);
    [[nodiscard]] bool isFollowing() const { return m_following; }
    void setFollowing(bool following);
    [[nodiscard]] Seq currentSeq() const;
    /// Selects the record's row, or the next that is shown, and brings it into view.
    void selectSeq(Seq seq);
    [[nodiscard]] int firstVisibleRow() const;
    [[nodiscard]] int visibleRows() const;

    QRect visualRect(const QModelIndex &index) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    QModelIndex indexAt(const QPoint &point) const override;
    void reset() override;
    void setSelectionModel(QItemSelectionModel *model) override;

Q_SIGNALS:
    void followingChanged(bool following);
    /// By the user or selectSeq(); invalid when nothing is selected.
    void recordSelected(pushscope::Seq seq);

protected:
    void rowsInserted(const QModelIndex &parent, int first, int last) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    int horizontalOffset() const override;
    int verticalOffset() const override;
    bool isIndexHidden(const QModelIndex &index) const override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void paintRow(QPainter &painter, int row, int y);
    void paintEmptiness(QPainter &painter);
    void paintGrounds(QPainter &painter, int firstRow, int lastRow);
    [[nodiscard]] QColor inkOf(int column, int tone, int direction) const;
    void showHeaderMenu(const QPoint &position);
    void placeFollowButton();
    void measure();
    /// Columns of which none was sized by hand: narrower where the preview would have no room.
    void fitColumns();
    [[nodiscard]] std::vector<int> columnWidths(bool tight) const;
    [[nodiscard]] int wholeRows() const;

    QHeaderView *m_header;
    QPushButton *m_followButton;
    RecordTableModel *m_records = nullptr;
    QFont m_monospace;
    int m_rowHeight = 22;
    bool m_following = true;
    bool m_adjusting = false; ///< we move the scroll bar ourselves
    std::uint64_t m_recordsWhenStopped = 0;
};

} // namespace pushscope
