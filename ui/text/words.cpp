#include "ui/text/words.h"

#include "ui/text/format.h"

#include <QCoreApplication>

namespace pushscope {

namespace {
constexpr const char *Context = "pushscope";
}

QString words(const char *english)
{
    return QCoreApplication::translate(Context, english);
}

QString words(const char *english, qint64 number)
{
    // "%n stream|%n streams": singular and plural stand side by side in the source, since no English catalogue is
    // shipped.
    QString text = QCoreApplication::translate(Context, english, nullptr, -1);
    if (const qsizetype bar = text.indexOf(u'|'); bar >= 0)
        text = number == 1 ? text.left(bar) : text.mid(bar + 1);
    return text.replace(QStringLiteral("%n"), formatCount(quint64(number)));
}

} // namespace pushscope
