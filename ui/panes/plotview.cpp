#include "ui/panes/plotview.h"

#include "ui/text/plainlabel.h"
#include "ui/theme/theme.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace pushscope {

namespace {

constexpr int Margin = 6;
/// How far beside a bar it is still meant.
constexpr double Reach = 6;
constexpr double ScaleWidth = 62;

/// The smallest round number that is not less, so that its half is round, too.
double rounded(double value)
{
    if (!(value > 0))
        return 1;
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double factor : {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0}) {
        if (value <= factor * power * (1 + 1e-9))
            return factor * power;
    }
    return 10 * power;
}

} // namespace

PlotView::PlotView(const char *name, QWidget *parent) : QWidget(parent)
{
    setObjectName(QString::fromLatin1(name));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

QSize PlotView::sizeHint() const
{
    return {280, 130};
}

QSize PlotView::minimumSizeHint() const
{
    return {200, 5 * fontMetrics().height() + 20};
}

void PlotView::setPlot(Plot plot)
{
    // The bar under the pointer stays the one that is named, if there still is one.
    m_plot = std::move(plot);
    if (m_lit >= int(m_plot.bars.size()))
        m_lit = -1;
    setAccessibleName(m_plot.title);
    setAccessibleDescription(m_lit >= 0            ? m_plot.hint(std::size_t(m_lit))
                             : m_plot.bars.empty() ? m_plot.nothing
                                                   : QString());
    update();
}

double PlotView::top() const
{
    double highest = m_plot.top;
    for (const Plot::Bar &bar : m_plot.bars)
        highest = std::max(highest, bar.high);
    return rounded(highest);
}

QRectF PlotView::field() const
{
    const double line = fontMetrics().height();
    return QRectF(rect()).adjusted(Margin + ScaleWidth, Margin + line + 6, -Margin - 8, -Margin - line - 4);
}

QRectF PlotView::areaOf(int bar) const
{
    const QRectF area = field();
    const Plot::Bar &shown = m_plot.bars[std::size_t(bar)];
    const double scale = area.height() / top();
    // At whole pixels, and apart from each other only where they are wide: gaps between narrow ones would be stripes.
    const double left = std::round(area.left() + shown.left * area.width());
    const double between = std::round(area.left() + shown.right * area.width()) - left;
    const double width = std::max(1.0, between - (between > 3 ? 1 : 0));
    const double high = area.bottom() - shown.high * scale;
    const double height = std::max(2.0, (shown.high - shown.low) * scale);
    return {left, std::min(high, area.bottom() - height), width, height};
}

int PlotView::barAt(const QPoint &point) const
{
    const QRectF area = field();
    if (!area.adjusted(-Reach, 0, Reach, fontMetrics().height()).contains(point))
        return -1;
    int nearest = -1;
    double least = Reach;
    for (std::size_t i = 0; i < m_plot.bars.size(); ++i) {
        const QRectF bar = areaOf(int(i));
        const double beside = std::max({bar.left() - point.x(), point.x() - bar.right(), 0.0});
        // Where several share a pixel the highest is the one that is seen.
        const bool isHigher = nearest >= 0 && m_plot.bars[i].high > m_plot.bars[std::size_t(nearest)].high;
        if (beside < least || (beside == least && isHigher)) {
            nearest = int(i);
            least = beside;
        }
    }
    return nearest;
}

void PlotView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(scaled(font(), -1));
    paintTitle(painter);
    if (m_plot.bars.empty()) {
        painter.setPen(colorsOf(this).muted);
        painter.drawText(rect().adjusted(Margin, 0, -Margin, 0), Qt::AlignCenter | Qt::TextWordWrap, m_plot.nothing);
        return;
    }
    paintScale(painter);
    paintAxis(painter);
    paintBars(painter);
}

void PlotView::paintTitle(QPainter &painter) const
{
    painter.save();
    painter.setFont(scaled(font(), -1, true));
    painter.setPen(hasFocus() ? colorsOf(this).accent : colorsOf(this).muted);
    const QRect line(Margin, Margin, width() - 2 * Margin, fontMetrics().height());
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(m_plot.title, Qt::ElideRight, line.width()));
    painter.restore();
}

void PlotView::paintScale(QPainter &painter) const
{
    const QRectF area = field();
    const Colors &colors = colorsOf(this);
    const bool isHigh = area.height() > 4 * fontMetrics().height();
    for (const double part : {0.0, 0.5, 1.0}) {
        const QString text = part > 0 ? m_plot.scaleText(part * top()) : QStringLiteral("0");
        if (part == 0.5 && (!isHigh || text.isEmpty()))
            continue;
        const double y = std::round(area.bottom() - part * area.height()) + 0.5;
        painter.setPen(colors.line);
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        painter.setPen(colors.muted);
        const QRectF label(Margin, y - 8, ScaleWidth - 6, 16);
        painter.drawText(label, Qt::AlignRight | Qt::AlignVCenter, text);
    }
}

void PlotView::paintAxis(QPainter &painter) const
{
    const QRectF area = field();
    painter.setPen(colorsOf(this).muted);
    double free = 0; // from where on there is room for a label
    for (const auto &[place, text] : m_plot.ticks) {
        const double width = painter.fontMetrics().horizontalAdvance(text);
        const double x = area.left() + place * area.width();
        const double left = std::clamp(x - width / 2, double(Margin), this->width() - Margin - width);
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + 3));
        if (left < free)
            continue;
        painter.drawText(QPointF(left, area.bottom() + 4 + painter.fontMetrics().ascent()), text);
        free = left + width + 8;
    }
}

void PlotView::paintBars(QPainter &painter) const
{
    const Colors &colors = colorsOf(this);
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < m_plot.bars.size(); ++i) {
        const QRectF area = areaOf(int(i));
        const bool isLit = int(i) == m_lit;
        QColor ink = isLit ? colors.accent : colors.incoming;
        ink.setAlphaF(isLit || !m_plot.bars[i].middle ? 1 : 0.45F);
        painter.fillRect(area, ink);
        if (const auto middle = m_plot.bars[i].middle) {
            const QRectF inside = field();
            const double y = inside.bottom() - *middle * inside.height() / top();
            painter.setBrush(isLit ? colors.accent : colors.text);
            painter.drawEllipse(QPointF(area.center().x(), y), 2, 2);
        }
    }
}

void PlotView::light(int bar)
{
    if (bar == m_lit)
        return;
    m_lit = bar;
    setAccessibleDescription(bar >= 0 ? m_plot.hint(std::size_t(bar)) : QString());
    update();
}

void PlotView::mouseMoveEvent(QMouseEvent *event)
{
    const int bar = barAt(event->position().toPoint());
    light(bar);
    setCursor(bar >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (bar >= 0)
        QToolTip::showText(event->globalPosition().toPoint(), plainToolTip(m_plot.hint(std::size_t(bar))), this);
    else
        QToolTip::hideText();
}

void PlotView::mousePressEvent(QMouseEvent *event)
{
    const int bar = barAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && bar >= 0 && m_plot.bars[std::size_t(bar)].record.isValid())
        Q_EMIT recordPicked(m_plot.bars[std::size_t(bar)].record);
}

void PlotView::leaveEvent(QEvent *)
{
    light(-1);
}

void PlotView::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    light(-1);
}

void PlotView::keyPressEvent(QKeyEvent *event)
{
    const int bars = int(m_plot.bars.size());
    const bool isStep = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (isStep && bars > 0) {
        const bool isBack = event->key() == Qt::Key_Left;
        light(m_lit < 0 ? (isBack ? bars - 1 : 0) : std::clamp(m_lit + (isBack ? -1 : 1), 0, bars - 1));
        QToolTip::showText(mapToGlobal(areaOf(m_lit).center().toPoint()), plainToolTip(m_plot.hint(std::size_t(m_lit))),
                           this);
    } else if (m_lit >= 0 && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        Q_EMIT recordPicked(m_plot.bars[std::size_t(m_lit)].record);
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace pushscope
