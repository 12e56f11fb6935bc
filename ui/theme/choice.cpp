#include "ui/theme/choice.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace pushscope {

namespace {
constexpr int FromEdge = 14;
}

void Choice::paintEvent(QPaintEvent *event)
{
    QComboBox::paintEvent(event);
    const Colors &colors = colorsOf(this);
    const QPointF centre(width() - FromEdge, height() / 2.0);
    const QPointF chevron[] = {centre + QPointF(-3.5, -1.5), centre + QPointF(0, 2), centre + QPointF(3.5, -1.5)};
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(isEnabled() ? colors.muted : colors.line, 1.5));
    painter.drawPolyline(chevron, int(std::size(chevron)));
}

} // namespace pushscope
