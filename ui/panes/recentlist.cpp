#include "ui/panes/recentlist.h"

#include "ui/carrier.h"
#include "ui/text/format.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QContextMenuEvent>
#include <QDateTime>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace pushscope {

namespace {

constexpr int SidebarMargin = 13;
/// More are kept and completed in the URL field.
constexpr std::size_t ShownTargets = 6;

} // namespace

RecentList::RecentList(Look look, QWidget *parent) : QWidget(parent), m_look(look)
{
    setObjectName(look == Look::Sidebar ? QStringLiteral("savedList") : QStringLiteral("recentList"));
    setAccessibleName(words("Recent targets"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, look == Look::Sidebar ? QSizePolicy::Maximum : QSizePolicy::Fixed);
}

void RecentList::setTargets(const std::vector<RecentTarget> &targets)
{
    m_targets.assign(targets.begin(), targets.begin() + std::ptrdiff_t(std::min(ShownTargets, targets.size())));
    m_current = -1;
    setVisible(!targets.empty());
    updateGeometry();
    update();
}

int RecentList::rowHeight() const
{
    return fontMetrics().height() + (m_look == Look::Sidebar ? 11 : 20);
}

QSize RecentList::sizeHint() const
{
    return {160, rowHeight() * count()};
}

QSize RecentList::minimumSizeHint() const
{
    // In the sidebar the streams come first.
    return m_look == Look::Sidebar ? QSize(60, 0) : sizeHint();
}

int RecentList::rowAt(const QPoint &point) const
{
    const int row = point.y() / rowHeight();
    return point.y() >= 0 && row < count() ? row : -1;
}

void RecentList::setCurrent(int row)
{
    if (row == m_current)
        return;
    m_current = row;
    update();
}

void RecentList::mouseMoveEvent(QMouseEvent *event)
{
    setCurrent(rowAt(event->position().toPoint()));
}

bool RecentList::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int row = rowAt(help->pos());
    QString text;
    if (row >= 0) {
        const Target &target = m_targets[std::size_t(row)].target;
        text = visibleLine(target.url.text()) + QStringLiteral(" \u00B7 ") + carrierName(carrierOf(target));
    }
    QToolTip::showText(help->globalPos(), plainToolTip(text), this);
    return true;
}

void RecentList::leaveEvent(QEvent * /*event*/)
{
    setCurrent(-1);
}

void RecentList::mouseReleaseEvent(QMouseEvent *event)
{
    const int row = rowAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && row >= 0)
        Q_EMIT chosen(Target(m_targets[std::size_t(row)].target));
}

void RecentList::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    setCurrent(m_current < 0 && count() > 0 ? 0 : m_current);
}

void RecentList::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    setCurrent(-1);
}

void RecentList::keyPressEvent(QKeyEvent *event)
{
    const bool hasCurrent = m_current >= 0 && m_current < count();
    if (event->key() == Qt::Key_Down && m_current + 1 < count())
        setCurrent(m_current + 1);
    else if (event->key() == Qt::Key_Up && m_current > 0)
        setCurrent(m_current - 1);
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space) &&
             hasCurrent)
        Q_EMIT chosen(Target(m_targets[std::size_t(m_current)].target));
    else if (event->key() == Qt::Key_Delete && hasCurrent)
        Q_EMIT forgotten(Target(m_targets[std::size_t(m_current)].target));
    else
        QWidget::keyPressEvent(event);
}

void RecentList::contextMenuEvent(QContextMenuEvent *event)
{
    const int row = event->reason() == QContextMenuEvent::Mouse ? rowAt(event->pos()) : m_current;
    if (row < 0)
        return;
    const Target target = m_targets[std::size_t(row)].target;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(words("Connect"), this, [this, target] { Q_EMIT chosen(target); });
    menu->addAction(words("Forget"), this, [this, target] { Q_EMIT forgotten(target); });
    menu->popup(event->globalPos());
}

void RecentList::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int row = 0; row < count(); ++row)
        paintRow(painter, row, QRect(0, row * rowHeight(), width(), rowHeight()));
}

void RecentList::paintRow(QPainter &painter, int row, const QRect &area)
{
    const Colors &colors = colorsOf(this);
    const RecentTarget &recent = m_targets[std::size_t(row)];
    if (row == m_current)
        painter.fillRect(area, m_look == Look::Sidebar ? colors.chip : colors.base);
    const QString name = visibleLine(displayName(recent.target));
    painter.setPen(colors.text);
    painter.setFont(font());
    if (m_look == Look::Sidebar) {
        const QRect inner = area.adjusted(SidebarMargin, 0, -SidebarMargin, 0);
        // A short name leaves its room to the place.
        const int left = std::min(inner.width() / 2, fontMetrics().horizontalAdvance(name) + 1) + 8;
        painter.drawText(inner, Qt::AlignVCenter, fontMetrics().elidedText(name, Qt::ElideRight, left - 8));
        painter.setFont(scaled(font(), -1));
        painter.setPen(colors.muted);
        QString place = visibleLine(recent.target.url.authority());
        if (recent.target.http != HttpChoice::Auto)
            place = carrierName(carrierOf(recent.target)) + QStringLiteral(" \u00B7 ") + place;
        painter.drawText(inner.adjusted(left, 0, 0, 0), Qt::AlignVCenter | Qt::AlignRight,
                         painter.fontMetrics().elidedText(place, Qt::ElideRight, inner.width() - left));
        return;
    }
    painter.drawText(area.adjusted(2, 0, 0, 0), Qt::AlignVCenter, fontMetrics().elidedText(name, Qt::ElideRight, 170));
    painter.setPen(colors.muted);
    const QString age = formatAgo(recent.lastUsed, QDateTime::currentSecsSinceEpoch());
    painter.drawText(area.adjusted(0, 0, -2, 0), Qt::AlignVCenter | Qt::AlignRight, age);
    const QString transport = carrierName(carrierOf(recent.target));
    const int pillWidth = fontMetrics().horizontalAdvance(transport) + 18;
    const QRect pill(area.right() - 106 - pillWidth, area.center().y() - 9, pillWidth, 18);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.chip);
    painter.drawRoundedRect(pill, 9, 9);
    painter.setPen(colors.muted);
    painter.drawText(pill, Qt::AlignCenter, transport);
    painter.setFont(monospace(this));
    const int left = 186;
    painter.drawText(area.adjusted(left, 0, 0, 0), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(visibleLine(recent.target.url.text()), Qt::ElideMiddle,
                                                      pill.left() - left - 12));
    painter.setPen(colors.line);
    painter.drawLine(area.bottomLeft(), area.bottomRight());
}

} // namespace pushscope
