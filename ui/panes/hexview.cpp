#include "ui/panes/hexview.h"

#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace pushscope {

namespace {

constexpr int Margin = 12;
constexpr int OffsetDigits = 8;

QChar shown(char byte)
{
    return byte >= 0x20 && byte < 0x7F ? QLatin1Char(byte) : QChar(u'\u00B7');
}

QString hexOf(char byte)
{
    return QString::number(static_cast<unsigned char>(byte), 16).rightJustified(2, u'0');
}

} // namespace

HexView::HexView(QWidget *parent) : QAbstractScrollArea(parent)
{
    setObjectName(QStringLiteral("hexView"));
    setAccessibleName(words("Bytes"));
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::ArrowCursor);
    layOut();
}

void HexView::setBytes(Bytes bytes)
{
    m_bytes = std::move(bytes);
    m_highlight.reset();
    verticalScrollBar()->setValue(0);
    layOut();
    viewport()->update();
}

void HexView::setHighlight(std::optional<ByteRange> range)
{
    if (range == m_highlight)
        return;
    m_highlight = range;
    if (range && !range->isEmpty()) {
        const int row = int(range->begin / m_columns);
        const int visible = std::max(1, viewport()->height() / m_rowHeight);
        const int first = verticalScrollBar()->value();
        if (row < first || row >= first + visible)
            verticalScrollBar()->setValue(row);
    }
    viewport()->update();
}

std::size_t HexView::rows() const
{
    return (m_bytes.size() + m_columns - 1) / m_columns;
}

int HexView::hexLeft() const
{
    return Margin + (OffsetDigits + 2) * m_charWidth;
}

int HexView::hexPosition(std::size_t column) const
{
    return hexLeft() + int(column * 3 + (column >= 8 ? 1 : 0)) * m_charWidth;
}

int HexView::textLeft() const
{
    return hexPosition(m_columns) + m_charWidth;
}

void HexView::layOut()
{
    const QFontMetrics metrics(monospace(this));
    m_charWidth = metrics.horizontalAdvance(u'0');
    m_rowHeight = metrics.height() + 3;
    m_columns = 16;
    if (textLeft() + 16 * m_charWidth > viewport()->width())
        m_columns = 8;
    const int visible = std::max(1, viewport()->height() / m_rowHeight);
    verticalScrollBar()->setPageStep(visible);
    verticalScrollBar()->setRange(0, std::max(0, int(rows()) - visible));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(
        0, std::max(0, textLeft() + int(m_columns) * m_charWidth + Margin - viewport()->width()));
}

void HexView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

QString HexView::rowText(std::size_t row) const
{
    QString hex;
    QString text;
    for (std::size_t i = row * m_columns; i < std::min(m_bytes.size(), (row + 1) * m_columns); ++i) {
        hex += (hex.isEmpty() ? QString() : QStringLiteral(" ")) + hexOf(m_bytes[i]);
        text += shown(m_bytes[i]);
    }
    return QString::number(row * m_columns, 16).rightJustified(OffsetDigits, u'0') + QStringLiteral("  ") +
           hex.leftJustified(int(m_columns) * 3, u' ') + QStringLiteral(" ") + text;
}

void HexView::paintEvent(QPaintEvent * /*event*/)
{
    const Colors &colors = colorsOf(this);
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), colors.base);
    painter.translate(-horizontalScrollBar()->value(), 0);
    painter.setFont(monospace(this));
    const int ascent = painter.fontMetrics().ascent();
    const auto first = std::size_t(verticalScrollBar()->value());
    const std::size_t last = std::min(rows(), first + std::size_t(viewport()->height() / m_rowHeight) + 2);
    for (std::size_t row = first; row < last; ++row) {
        const int top = 6 + int(row - first) * m_rowHeight;
        painter.setPen(colors.faint);
        painter.drawText(Margin, top + ascent, QString::number(row * m_columns, 16).rightJustified(OffsetDigits, u'0'));
        for (std::size_t i = row * m_columns; i < std::min(m_bytes.size(), (row + 1) * m_columns); ++i) {
            const std::size_t column = i % m_columns;
            const int textX = textLeft() + int(column) * m_charWidth;
            if (m_highlight && i >= m_highlight->begin && i < m_highlight->end) {
                const bool goesOn = i + 1 < m_highlight->end && column + 1 < m_columns;
                const int width = goesOn ? hexPosition(column + 1) - hexPosition(column) : 2 * m_charWidth;
                painter.fillRect(hexPosition(column) - 1, top, width + 1, m_rowHeight, colors.soft);
                painter.fillRect(textX, top, m_charWidth, m_rowHeight, colors.soft);
            }
            painter.setPen(colors.text);
            painter.drawText(hexPosition(column), top + ascent, hexOf(m_bytes[i]));
            const QChar c = shown(m_bytes[i]);
            painter.setPen(c == QChar(u'\u00B7') ? colors.faint : colors.text);
            painter.drawText(textX, top + ascent, QString(c));
        }
    }
}

void HexView::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint() + QPoint(horizontalScrollBar()->value(), 0);
    const auto row = std::size_t(verticalScrollBar()->value() + std::max(0, point.y() - 6) / m_rowHeight);
    qint64 offset = -1;
    for (std::size_t column = 0; column < m_columns && offset < 0; ++column) {
        const bool inHex = point.x() >= hexPosition(column) && point.x() < hexPosition(column) + 3 * m_charWidth;
        const int textX = textLeft() + int(column) * m_charWidth;
        if ((inHex || (point.x() >= textX && point.x() < textX + m_charWidth)) &&
            row * m_columns + column < m_bytes.size())
            offset = qint64(row * m_columns + column);
    }
    Q_EMIT hovered(offset);
}

void HexView::leaveEvent(QEvent *event)
{
    QAbstractScrollArea::leaveEvent(event);
    Q_EMIT hovered(-1);
}

void HexView::copy() const
{
    QStringList lines;
    constexpr std::size_t Limit = 4096;
    for (std::size_t row = 0; row < std::min(rows(), Limit); ++row)
        lines += rowText(row);
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void HexView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(words("Copy as hex dump"), this, [this] { copy(); });
    menu->popup(event->globalPos());
}

void HexView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else
        QAbstractScrollArea::keyPressEvent(event);
}

} // namespace pushscope
