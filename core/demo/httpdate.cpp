#include "core/demo/httpdate.h"

#include <QDateTime>
#include <QLocale>

namespace pushscope::demo {

std::string httpDate(std::int64_t wallTime)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(wallTime / 1'000'000, Qt::UTC);
    return QLocale::c().toString(time, QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'")).toStdString();
}

} // namespace pushscope::demo
