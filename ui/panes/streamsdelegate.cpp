#include "ui/panes/streamsdelegate.h"

#include "core/capture/facts.h"
#include "ui/models/sessionlistmodel.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace pushscope {

namespace {

constexpr int Margin = 13;
constexpr int SparkWidth = 62;
/// How far the streams of a connection stand in.
constexpr int Indent = 14;

QColor inkOf(SessionState state, const Colors &colors)
{
    switch (state) {
    case SessionState::Open: return colors.incoming;
    case SessionState::Waiting: return colors.waiting;
    case SessionState::Failed: return colors.failed;
    case SessionState::Connecting:
    case SessionState::Securing:
    case SessionState::Requesting: return colors.accent;
    case SessionState::Idle:
    case SessionState::Closing:
    case SessionState::Closed: break;
    }
    return colors.faint;
}

/// Open: a dot. Reading paused: two bars. Under way or waiting: a ring. Failed: a square. Over: a lying bar. So the
/// state can be told without colour.
void paintShape(QPainter &painter, SessionState state, bool isPaused, QPointF centre, const QColor &ink)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    if (isPaused && state == SessionState::Open) {
        painter.drawRect(QRectF(centre.x() - 4, centre.y() - 4.5, 3, 9));
        painter.drawRect(QRectF(centre.x() + 1, centre.y() - 4.5, 3, 9));
        return;
    }
    switch (state) {
    case SessionState::Open: painter.drawEllipse(centre, 4.2, 4.2); break;
    case SessionState::Failed: painter.drawRect(QRectF(centre.x() - 4, centre.y() - 4, 8, 8)); break;
    case SessionState::Closed: painter.drawRect(QRectF(centre.x() - 4.5, centre.y() - 1.5, 9, 3)); break;
    case SessionState::Idle:
    case SessionState::Connecting:
    case SessionState::Securing:
    case SessionState::Requesting:
    case SessionState::Closing:
    case SessionState::Waiting:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(ink, 2));
        painter.drawEllipse(centre, 3.4, 3.4);
        break;
    }
}

void paintSparkline(QPainter &painter, const QRectF &area, const QVariantList &rates, const QColor &ink)
{
    if (rates.size() < 2)
        return;
    double top = 1;
    for (const QVariant &rate : rates)
        top = std::max(top, rate.toDouble());
    QPainterPath path;
    for (qsizetype i = 0; i < rates.size(); ++i) {
        const QPointF point(area.left() + area.width() * double(i) / double(rates.size() - 1),
                            area.bottom() - area.height() * rates[i].toDouble() / top);
        if (i == 0)
            path.moveTo(point);
        else
            path.lineTo(point);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(ink, 1.4));
    painter.drawPath(path);
}

} // namespace

void StreamsDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colors &colors = colorsOf(option.widget);
    const auto state = SessionState(index.data(SessionListModel::StateRole).toInt());
    const bool isPaused = index.data(SessionListModel::IsPausedRole).toBool();
    const QColor ink = isPaused && state == SessionState::Open ? colors.waiting : inkOf(state, colors);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, colors.soft);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, colors.chip);
    if ((option.state & QStyle::State_Selected) && (option.state & QStyle::State_HasFocus))
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), colors.accent);
    const bool isConnection = index.data(SessionListModel::ConnectionRole).toUInt() != 0;
    const bool isGrouped = index.data(SessionListModel::IsGroupedRole).toBool();
    if (isGrouped)
        painter->fillRect(QRect(option.rect.left() + Margin + 4, option.rect.top(), 1, option.rect.height()),
                          colors.line);
    const QRect inner = option.rect.adjusted(Margin + (isGrouped ? Indent : 0), 6, -Margin, -6);
    paintShape(*painter, state, isPaused, QPointF(inner.left() + 5, inner.center().y()), ink);
    const QFont small = scaled(option.font, -1);
    const QFontMetrics big(option.font);
    const QFontMetrics little(small);
    // Words come first: where they need the room there is no sparkline.
    const QString line = index.data(SessionListModel::LineRole).toString();
    const bool isAlive = state == SessionState::Open || state == SessionState::Waiting;
    const bool hasSpark =
        isAlive && !isConnection && little.horizontalAdvance(line) + 17 + SparkWidth + 14 <= inner.width();
    const QRect text = inner.adjusted(17, 0, hasSpark ? -SparkWidth - 8 : 0, 0);
    painter->setPen(colors.text);
    painter->setFont(isConnection ? scaled(option.font, 0, true) : option.font);
    painter->drawText(text.left(), text.top() + big.ascent(),
                      painter->fontMetrics().elidedText(index.data().toString(),
                                                        isConnection ? Qt::ElideRight : Qt::ElideMiddle, text.width()));
    const bool isLoud = isPaused || state == SessionState::Waiting || state == SessionState::Failed;
    painter->setPen(isLoud ? ink : colors.muted);
    painter->setFont(small);
    painter->drawText(text.left(), text.top() + big.height() + 2 + little.ascent(),
                      little.elidedText(line, Qt::ElideRight, text.width()));
    if (hasSpark) {
        const QRectF spark(inner.right() - SparkWidth, inner.center().y() - 8, SparkWidth, 15);
        paintSparkline(*painter, spark, index.data(SessionListModel::RatesRole).toList(), ink);
    }
    painter->restore();
}

QSize StreamsDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex & /*index*/) const
{
    return {160, QFontMetrics(option.font).height() + QFontMetrics(scaled(option.font, -1)).height() + 16};
}

} // namespace pushscope
