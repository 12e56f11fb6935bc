#include "ui/text/plainlabel.h"

#include <QStyle>

namespace pushscope {

PlainLabel::PlainLabel(QWidget *parent) : PlainLabel(QString(), parent) {}

PlainLabel::PlainLabel(const QString &text, QWidget *parent, const char *role) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setText(text);
    if (role)
        setRole(role);
}

void PlainLabel::setRole(const char *role)
{
    if (property("role").toByteArray() == role)
        return;
    setProperty("role", QByteArray(role));
    style()->unpolish(this);
    style()->polish(this);
}

void showShortened(PlainLabel &label, const QString &text)
{
    constexpr int Characters = 28;
    const QFontMetrics metrics(label.font());
    const QString shown = metrics.elidedText(text, Qt::ElideMiddle, Characters * metrics.averageCharWidth());
    label.setText(shown);
    label.setToolTip(shown == text ? QString() : plainToolTip(text));
}

QString plainButtonText(QString text)
{
    return text.replace(u'&', QStringLiteral("&&"));
}

QString plainToolTip(const QString &text)
{
    // Tool tips guess: only text that is HTML for certain is safe from being taken for it by accident.
    return text.isEmpty() ? QString() : QStringLiteral("<qt>%1</qt>").arg(text.toHtmlEscaped());
}

} // namespace pushscope
