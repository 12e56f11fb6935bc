#pragma once

#include "core/capture/details/fieldtree.h"

#include <QWidget>

#include <vector>

namespace pushscope {

/// The header of a frame as the bit table of the standard, with today's values in it.
class BitTable : public QWidget
{
    Q_OBJECT
public:
    explicit BitTable(QWidget *parent = nullptr);

    /// Fields without bits are left out.
    void setFields(const std::vector<Field> &fields);
    [[nodiscard]] bool isEmpty() const { return m_cells.empty(); }
    /// Lights the smallest field that has the byte; -1: none.
    void lightByte(qint64 offset);

    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    /// The field under the pointer; an empty range when there is none.
    void fieldLit(quint64 begin, quint64 end, const QString &note);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    struct Cell
    {
        Field field;
        mutable QRect area;
    };
    /// Places the cells; returns the height that they take.
    int layOut(int width) const;
    [[nodiscard]] int widthOf(const Field &field) const;
    void light(int cell);

    std::vector<Cell> m_cells;
    int m_lit = -1;
};

} // namespace pushscope
