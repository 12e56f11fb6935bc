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
