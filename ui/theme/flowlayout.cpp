#include "ui/theme/flowlayout.h"

#include <algorithm>

namespace pushscope {

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.emplace_back(item);
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[std::size_t(index)].get() : nullptr;
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem *item = m_items[std::size_t(index)].release();
    m_items.erase(m_items.begin() + index);
    return item;
}

std::vector<FlowLayout::Row> FlowLayout::rowsIn(int width) const
{
    std::vector<Row> rows;
    for (const auto &item : m_items) {
        if (item->isEmpty()) // hidden
            continue;
        const QSize size = item->sizeHint();
        if (rows.empty() || rows.back().width + spacing() + size.width() > width)
            rows.emplace_back();
        Row &row = rows.back();
        row.width += size.width() + (row.items.empty() ? 0 : spacing());
        row.height = std::max(row.height, size.height());
        row.items.push_back(item.get());
    }
    return rows;
}

int FlowLayout::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    int height = margins.top() + margins.bottom();
    bool isFirst = true;
    for (const Row &row : rowsIn(width - margins.left() - margins.right())) {
        height += row.height + (isFirst ? 0 : spacing());
        isFirst = false;
    }
    return height;
}

QSize FlowLayout::sizeHint() const
{
    constexpr int Endless = 1 << 20;
    QSize size;
    for (const Row &row : rowsIn(Endless))
        size = {row.width, row.height};
    return size.grownBy(contentsMargins());
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const auto &item : m_items)
        size = size.expandedTo(item->isEmpty() ? QSize() : item->minimumSize());
    return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    const QRect area = rect.marginsRemoved(contentsMargins());
    int top = area.top();
    for (const Row &row : rowsIn(area.width())) {
        place(row, {area.left(), top, area.width(), row.height});
        top += row.height + spacing();
    }
}

void FlowLayout::place(const Row &row, const QRect &line) const
{
    const auto expands = [](const QLayoutItem *item) { return item->expandingDirections().testFlag(Qt::Horizontal); };
    auto expanding = int(std::ranges::count_if(row.items, expands));
    int spare = std::max(0, line.width() - row.width);
    int left = line.left();
    for (QLayoutItem *item : row.items) {
        QSize size = item->sizeHint();
        size.setWidth(std::min(size.width(), line.width()));
        if (expands(item)) {
            const int share = spare / expanding--;
            spare -= share;
            size.rwidth() += share;
        }
        item->setGeometry({QPoint(left, line.top() + (line.height() - size.height()) / 2), size});
        left += size.width() + spacing();
    }
}

} // namespace pushscope
