#include "ui/text/format.h"

#include "ui/text/words.h"

#include <QDateTime>
#include <QLocale>

#include <array>
#include <cmath>

namespace pushscope {

QString formatCount(std::uint64_t count)
{
    // By hand: grouping of QLocale depends on the user's language, and a number in a dense table must have one look.
    QString digits = QString::number(count);
    for (qsizetype at = digits.size() - 3; at > 0; at -= 3)
        digits.insert(at, u',');
    return digits;
}

QString formatSize(std::uint64_t bytes)
{
    if (bytes < 1000)
        return QString::number(bytes) + QStringLiteral(" B");
    static constexpr std::array<const char *, 4> units = {" KB", " MB", " GB", " TB"};
    double value = double(bytes) / 1000;
    std::size_t unit = 0;
    while (value >= 999.95 && unit + 1 < units.size()) {
        value /= 1000;
        ++unit;
    }
    return QString::number(value, 'f', 1) + QLatin1String(units[unit]);
}

QString formatSizeExactly(std::int64_t bytes)
{
    const QString sign = bytes < 0 ? QStringLiteral("\u2212") : QString();
    return sign + formatCount(std::uint64_t(std::abs(bytes))) + QStringLiteral(" B");
}

QString formatRate(double perSecond)
{
    const QString number =
        perSecond < 100 ? QString::number(perSecond, 'f', 1) : formatCount(std::uint64_t(std::llround(perSecond)));
    return number + QStringLiteral("/s");
}

QString formatClock(std::int64_t nanoseconds, int decimals)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(nanoseconds / 1'000'000);
    QString text = time.toString(QStringLiteral("HH:mm:ss"));
    if (decimals > 0)
        text += u'.' + QString::number(nanoseconds % 1'000'000'000).rightJustified(9, u'0').left(decimals);
    return text;
}

QString formatSince(std::int64_t nanoseconds)
{
    return QString::number(nanoseconds / 1'000'000'000) + u'.' +
           QString::number(nanoseconds % 1'000'000'000).rightJustified(9, u'0').left(6);
}

QString formatDelta(std::int64_t nanoseconds)
{
    const QString sign = nanoseconds < 0 ? QStringLiteral("\u2212") : QStringLiteral("+");
    return sign + QString::number(std::abs(double(nanoseconds)) / 1e9, 'f', 6);
}

QString formatDuration(double milliseconds)
{
    if (milliseconds < 1)
        return QStringLiteral("%1 ms").arg(milliseconds, 0, 'f', 2);
    if (milliseconds < 1000)
        return QStringLiteral("%1 ms").arg(milliseconds, 0, 'f', milliseconds < 10 ? 1 : 0);
    const double seconds = milliseconds / 1000;
    if (seconds < 60)
        return QStringLiteral("%1 s").arg(seconds, 0, 'f', 1);
    const auto whole = std::int64_t(std::llround(seconds));
    if (whole >= 3600)
        return QStringLiteral("%1 h %2 min").arg(whole / 3600).arg(whole / 60 % 60);
    return QStringLiteral("%1 min %2 s").arg(whole / 60).arg(whole % 60);
}

QString formatAgo(std::int64_t thenSeconds, std::int64_t nowSeconds)
{
    const std::int64_t seconds = nowSeconds - thenSeconds;
    if (seconds < 60)
        return words("just now");
    if (seconds < 3600)
        return words("%n min ago", seconds / 60);
    const QDate then = QDateTime::fromSecsSinceEpoch(thenSeconds).date();
    const QDate now = QDateTime::fromSecsSinceEpoch(nowSeconds).date();
    if (then == now)
        return words("%n h ago", seconds / 3600);
    if (then.daysTo(now) == 1)
        return words("yesterday");
    return QLocale::c().toString(then,
                                 then.year() == now.year() ? QStringLiteral("d MMM") : QStringLiteral("d MMM yyyy"));
}

} // namespace pushscope
