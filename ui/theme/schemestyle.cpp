#include "ui/theme/schemestyle.h"

#include "ui/theme/theme.h"

#include <QGuiApplication>
#include <QPainter>
#include <QStyleOption>

namespace pushscope {

namespace {

constexpr double BoxSize = 13;

void drawCheckBox(QPainter &painter, const QRectF &area, QStyle::State state, const Colors &colors)
{
    const bool isOn = state.testFlag(QStyle::State_On);
    const bool isEnabled = state.testFlag(QStyle::State_Enabled);
    QRectF box(0, 0, BoxSize, BoxSize);
    box.moveCenter(area.center());
    const QColor &ink = isEnabled ? (isOn ? colors.accent : colors.muted) : colors.line;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, 1));
    painter.setBrush(isOn ? ink : colors.base);
    painter.drawRoundedRect(box, 3, 3);
    if (state.testFlag(QStyle::State_HasFocus)) {
        painter.setPen(QPen(colors.text, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box, 3, 3);
    }
    if (!isOn)
        return;
    const QPointF from = box.topLeft();
    const QPointF tick[] = {from + QPointF(3, 6.8), from + QPointF(5.6, 9.4), from + QPointF(10, 3.8)};
    painter.setPen(QPen(isEnabled ? colors.onAccent : colors.faint, 1.8));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(tick, int(std::size(tick)));
}

} // namespace

SchemeStyle::SchemeStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

void SchemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                const QWidget *widget) const
{
    if (element != PE_IndicatorCheckBox && element != PE_IndicatorItemViewItemCheck) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    painter->save();
    // The option's palette may have a transparent window, as in a cell.
    const bool isDark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    drawCheckBox(*painter, option->rect, option->state, colorsOf(isDark));
    painter->restore();
}

} // namespace pushscope
