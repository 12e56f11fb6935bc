#pragma once

#include "core/base/bytes.h"

#include <QAbstractScrollArea>

#include <optional>

namespace pushscope {

/// Bytes as hexadecimal pairs and characters, 16 a row or fewer where there is no room. Paints visible rows only.
class HexView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit HexView(QWidget *parent = nullptr);

    /// `total`: of all bytes, when `bytes` is cut.
    void setBytes(Bytes bytes);
    [[nodiscard]] const Bytes &bytes() const { return m_bytes; }
    void setHighlight(std::optional<ByteRange> range);
    [[nodiscard]] std::optional<ByteRange> highlight() const { return m_highlight; }
    /// What a row shows, for copying and tests.
    [[nodiscard]] QString rowText(std::size_t row) const;

Q_SIGNALS:
    /// The offset under the pointer; -1 when there is none.
    void hovered(qint64 offset);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] std::size_t rows() const;
    [[nodiscard]] int hexLeft() const;
    [[nodiscard]] int textLeft() const;
    [[nodiscard]] int hexPosition(std::size_t column) const;
    void layOut();
    void copy() const;

    Bytes m_bytes;
    std::optional<ByteRange> m_highlight;
    std::size_t m_columns = 16;
    int m_charWidth = 8;
    int m_rowHeight = 18;
};

} // namespace pushscope
