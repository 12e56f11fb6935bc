#include "ui/panes/bittable.h"

#include "ui/text/plaintext.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace pushscope {

namespace {

constexpr int Margin = 12;

int cellHeight(const QFont &font)
{
    return 2 * QFontMetrics(font).height() + 12;
}

} // namespace

BitTable::BitTable(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("bitTable"));
    setAccessibleName(words("Frame header"));
    setMouseTracking(true);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void BitTable::setFields(const std::vector<Field> &fields)
{
    m_cells.clear();
    m_lit = -1;
    QStringList spoken;
    for (const Field &field : fields) {
        if (field.firstBit < 0)
            continue;
        m_cells.push_back({field, {}});
        spoken += visibleLine(field.name) + u' ' + visibleLine(field.value);
    }
    setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    layOut(width());
    updateGeometry();
    update();
}

int BitTable::widthOf(const Field &field) const
{
    const int name = fontMetrics().horizontalAdvance(visibleLine(field.name));
    const int value = QFontMetrics(monospace(this)).horizontalAdvance(visibleLine(field.value));
    return std::max(name, value) + 22;
}

int BitTable::layOut(int width) const
{
    // Cells flow; each row is then stretched by the bits of its cells to the whole width.
    const int room = width - 2 * Margin;
    const int height = cellHeight(font());
    int top = 10;
    std::size_t first = 0;
    while (first < m_cells.size()) {
        int used = 0;
        int bits = 0;
        std::size_t last = first;
        while (last < m_cells.size() && (last == first || used + widthOf(m_cells[last].field) <= room)) {
            used += widthOf(m_cells[last].field);
            bits += m_cells[last].field.bitCount;
            ++last;
        }
        const int spare = std::max(0, std::min(room - used, bits * 24));
        int left = Margin;
        for (; first < last; ++first) {
            const int extra = bits > 0 ? spare * m_cells[first].field.bitCount / bits : 0;
            m_cells[first].area = QRect(left, top, widthOf(m_cells[first].field) + extra, height);
            left += m_cells[first].area.width();
        }
        top += height + 4;
    }
    return top + 4;
}

int BitTable::heightForWidth(int width) const
{
    return m_cells.empty() ? 0 : layOut(width);
}

QSize BitTable::sizeHint() const
{
    return {400, heightForWidth(std::max(400, width()))};
}

void BitTable::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOut(width());
}

void BitTable::light(int cell)
{
    if (cell == m_lit)
        return;
    m_lit = cell;
    update();
    if (cell >= 0) {
        const Field &field = m_cells[std::size_t(cell)].field;
        const QString note = visibleLine(field.note);
        Q_EMIT fieldLit(field.range.begin, field.range.end,
                        visibleLine(field.name) + (note.isEmpty() ? QString() : QStringLiteral(": ") + note));
    } else {
        Q_EMIT fieldLit(0, 0, {});
    }
}

void BitTable::lightByte(qint64 offset)
{
    int found = -1;
    for (std::size_t i = 0; i < m_cells.size() && offset >= 0; ++i) {
        const ByteRange range = m_cells[i].field.range;
        if (std::uint64_t(offset) >= range.begin && std::uint64_t(offset) < range.end)
            found = int(i);
    }
    light(found);
}

void BitTable::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    const auto found =
        std::find_if(m_cells.begin(), m_cells.end(), [point](const Cell &cell) { return cell.area.contains(point); });
    light(found == m_cells.end() ? -1 : int(found - m_cells.begin()));
}

void BitTable::leaveEvent(QEvent * /*event*/)
{
    light(-1);
}

void BitTable::paintEvent(QPaintEvent * /*event*/)
{
    const Colors &colors = colorsOf(this);
    QPainter painter(this);
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        const QRect area = m_cells[i].area.adjusted(0, 0, 0, -1);
        if (int(i) == m_lit)
            painter.fillRect(area, colors.soft);
        painter.setPen(colors.line);
        painter.drawRect(area);
        const QRect upper(area.left(), area.top() + 5, area.width(), fontMetrics().height());
        painter.setFont(scaled(font(), -1));
        painter.setPen(colors.muted);
        painter.drawText(upper, Qt::AlignCenter, visibleLine(m_cells[i].field.name));
        painter.setFont(monospace(this));
        painter.setPen(colors.text);
        painter.drawText(upper.translated(0, fontMetrics().height()), Qt::AlignCenter,
                         visibleLine(m_cells[i].field.value));
    }
}

} // namespace pushscope
