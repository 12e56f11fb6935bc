#include "ui/panes/welcomecard.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace pushscope {

namespace {
constexpr int Margin = 19;
constexpr int PictureHeight = 66;
} // namespace

WelcomeCard::WelcomeCard(Picture picture, const QString &title, const QString &text, QWidget *parent)
    : QAbstractButton(parent), m_picture(picture), m_detail(text)
{
    setText(title);
    setAccessibleName(title);
    setAccessibleDescription(text);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize WelcomeCard::sizeHint() const
{
    return {244, PictureHeight + 6 * fontMetrics().lineSpacing() + 2 * Margin};
}

void WelcomeCard::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void WelcomeCard::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

void WelcomeCard::paintEvent(QPaintEvent * /*event*/)
{
    const Colors &colors = colorsOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isLit = underMouse() || hasFocus();
    painter.setPen(QPen(isLit ? colors.accent : colors.line, hasFocus() ? 2 : 1));
    painter.setBrush(isDown() ? colors.chip : colors.base);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 10, 10);
    QRect inner = rect().adjusted(Margin, Margin, -Margin, -Margin);
    paintPicture(painter, QRectF(inner.left(), inner.top(), inner.width(), PictureHeight - 14));
    inner.setTop(inner.top() + PictureHeight);
    painter.setPen(colors.text);
    painter.setFont(scaled(font(), 1, true));
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop, text());
    inner.setTop(inner.top() + painter.fontMetrics().height() + 4);
    painter.setFont(font());
    painter.setPen(colors.muted);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_detail);
}

void WelcomeCard::paintPicture(QPainter &painter, const QRectF &area) const
{
    const Colors &colors = colorsOf(this);
    const double y = m_picture == Picture::Feed ? area.bottom() - 8 : area.center().y() + 3;
    const auto at = [&area](double share) { return area.left() + area.width() * share; };
    const QPen band(colors.incoming, 3, Qt::SolidLine, Qt::RoundCap);
    const QPen in(colors.incoming, 2);
    painter.setPen(band);
    if (m_picture == Picture::Broken) {
        painter.drawLine(QPointF(at(0), y), QPointF(at(0.39), y));
        painter.drawLine(QPointF(at(0.81), y), QPointF(at(1), y));
        painter.setPen(QPen(colors.waiting, 3, Qt::CustomDashLine));
        QPen dashes(colors.waiting, 3);
        dashes.setDashPattern({1.8, 1.4});
        dashes.setCapStyle(Qt::FlatCap);
        painter.setPen(dashes);
        painter.drawLine(QPointF(at(0.53), y), QPointF(at(0.78), y));
        painter.setPen(QPen(colors.failed, 3));
        const double x = at(0.455);
        painter.drawLine(QPointF(x - 7, y - 7), QPointF(x + 7, y + 7));
        painter.drawLine(QPointF(x - 7, y + 7), QPointF(x + 7, y - 7));
        return;
    }
    painter.drawLine(QPointF(at(0), y), QPointF(at(1), y));
    painter.setPen(in);
    const std::initializer_list<double> heights = {22, 18, 25, 16, 20, 27, 18, 23};
    double share = 0.04;
    for (const double height : heights) {
        const bool isEcho = m_picture == Picture::Echo;
        painter.setPen(in);
        painter.drawLine(QPointF(at(share + (isEcho ? 0.05 : 0)), y - 3),
                         QPointF(at(share + (isEcho ? 0.05 : 0)), y - (isEcho ? 17 : height)));
        if (isEcho) {
            painter.setPen(QPen(colors.outgoing, 2));
            painter.drawLine(QPointF(at(share), y + 3), QPointF(at(share), y + 17));
        }
        share += isEcho ? 0.23 : 0.127;
        if (share > 0.95)
            break;
    }
}

} // namespace pushscope
