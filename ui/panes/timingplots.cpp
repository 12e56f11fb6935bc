#include "ui/panes/timingplots.h"

#include "ui/text/format.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"
#include "ui/timeline/timeaxis.h"

#include <algorithm>
#include <cmath>

namespace pushscope {

namespace {

constexpr double Second = 1e9;
/// Of delays, ns: what is less is no delay to see in times of whole milliseconds.
constexpr double LeastScale = 1e6;
const QString Dot = QStringLiteral(" \u00B7 ");

QString duration(double nanoseconds)
{
    if (nanoseconds <= 0)
        return QStringLiteral("0");
    if (nanoseconds < 1e6)
        return words("%1 \u00B5s").arg(nanoseconds / 1e3, 0, 'f', nanoseconds < 1e4 ? 1 : 0);
    return formatDuration(nanoseconds / 1e6);
}

/// Nothing for a part of one: half a message is none.
QString count(double value)
{
    return value == std::floor(value) ? formatCount(std::uint64_t(value)) : QString();
}

/// Of a round one, beneath an axis: "2.0 s" would say no more than "2 s".
QString roundDuration(double nanoseconds)
{
    return duration(nanoseconds).replace(QLatin1String(".0 "), QLatin1String(" "));
}

/// Fewer bars than these leave room beside them: one that fills the plot would say nothing.
constexpr std::size_t LeastBars = 8;

/// The buckets that are shown, all of one width: from the first to the last that are not empty, and some around them
/// where these are few; 0, which no logarithm reaches, stands by itself before them.
class Range
{
public:
    explicit Range(const LogHistogram &histogram) : m_hasZero(histogram.bucket(0).count > 0)
    {
        for (std::size_t index = 1; index < LogHistogram::Buckets; ++index) {
            if (histogram.bucket(index).count == 0)
                continue;
            m_first = std::min(m_first, index);
            m_last = index;
        }
        for (bool isBefore = true; m_first <= m_last && m_last - m_first + 1 < LeastBars; isBefore = !isBefore) {
            if (isBefore && m_first > 1)
                --m_first;
            else if (m_last + 1 < LogHistogram::Buckets)
                ++m_last;
        }
    }
    [[nodiscard]] std::size_t first() const { return m_first; }
    [[nodiscard]] std::size_t last() const { return m_last; }
    [[nodiscard]] bool hasZero() const { return m_hasZero; }
    [[nodiscard]] bool isEmpty() const { return !m_hasZero && m_first > m_last; }
    /// Where a bucket begins, or ends and the next begins; `index` may have a fraction.
    [[nodiscard]] double placeOf(double index) const
    {
        const double before = m_hasZero ? Apart : 0;
        const double all = before + (m_first > m_last ? 0 : double(m_last - m_first + 1));
        return (before + index - double(m_first)) / all;
    }
    [[nodiscard]] double endOfZero() const
    {
        return m_first > m_last ? 1.0 / double(LeastBars) : placeOf(double(m_first) - Apart + 1);
    }

private:
    static constexpr double Apart = 2;
    bool m_hasZero;
    std::size_t m_first = LogHistogram::Buckets, m_last = 0;
};

/// Below the middle of each bucket what it counts; of few only.
void addCountTicks(Plot &plot, const Range &range)
{
    for (std::size_t index = range.first(); index <= range.last(); ++index)
        plot.ticks.emplace_back(range.placeOf(double(index) + 0.5), count(double(LogHistogram::begin(index))));
}

/// 1, 2, 5, 10, 20... as far as they are shown; where that is little, 3, 4, 6... too.
void addTicks(Plot &plot, const Range &range, const std::function<QString(double)> &valueText)
{
    constexpr double Little = 12;
    if (range.hasZero())
        plot.ticks.emplace_back(range.endOfZero() / 2, QStringLiteral("0"));
    if (range.first() > range.last())
        return;
    const auto begin = double(LogHistogram::begin(range.first()));
    const auto end = double(LogHistogram::begin(range.last() + 1));
    constexpr int Digits = 19; // of what 64 bits hold
    for (int digits = 0; digits < Digits; ++digits) {
        const double power = std::pow(10.0, digits);
        for (const double factor : {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0}) {
            const double value = factor * power;
            const bool isRound = factor <= 2 || factor == 5 || end < begin * Little;
            if (!isRound || value < begin || value >= end)
                continue;
            const std::size_t index = LogHistogram::indexOf(std::uint64_t(value));
            const auto from = double(LogHistogram::begin(index));
            const double part = (value - from) / (double(LogHistogram::begin(index + 1)) - from);
            plot.ticks.emplace_back(range.placeOf(double(index) + part), valueText(value));
        }
    }
}

/// `bucketText` says a bucket's limits.
Plot histogramPlot(const LogHistogram &histogram, const std::function<QString(double)> &valueText, bool areCounts,
                   const std::function<QString(std::size_t)> &bucketText)
{
    Plot plot;
    const Range range(histogram);
    if (range.isEmpty())
        return plot;
    std::vector<std::pair<std::size_t, std::uint64_t>> shown;
    for (std::size_t index = 0; index < LogHistogram::Buckets; ++index) {
        const LogHistogram::Bucket &bucket = histogram.bucket(index);
        if (bucket.count == 0)
            continue;
        const double left = index == 0 ? 0 : range.placeOf(double(index));
        const double right = index == 0 ? range.endOfZero() : range.placeOf(double(index + 1));
        plot.bars.push_back({left, right, 0, double(bucket.count), {}, bucket.latest});
        shown.emplace_back(index, bucket.count);
    }
    constexpr std::size_t Few = 12;
    if (areCounts && range.last() - range.first() < Few)
        addCountTicks(plot, range);
    else
        addTicks(plot, range, valueText);
    plot.scaleText = count;
    plot.hint = [shown, bucketText](std::size_t bar) {
        return words("%n time: |%n times: ", qint64(shown[bar].second)) + bucketText(shown[bar].first);
    };
    return plot;
}

/// Neighbouring stretches put together, so that each bar has room.
std::vector<Arrivals::Stretch> groupsOf(const std::vector<Arrivals::Stretch> &stretches, std::size_t size)
{
    std::vector<Arrivals::Stretch> groups((stretches.size() + size - 1) / size);
    for (std::size_t i = 0; i < stretches.size(); ++i)
        groups[i / size].add(stretches[i]);
    return groups;
}

/// So many stretches of time make a bar that there are not too many, none of them narrower than `least`, ns.
std::size_t groupSize(const Arrivals &arrivals, double least = 0)
{
    constexpr std::size_t most = 100;
    const std::size_t few = (arrivals.overTime().buckets().size() + most - 1) / most;
    return std::max({std::size_t(1), few, std::size_t(std::ceil(least / double(arrivals.overTime().width())))});
}

/// Of two messages on average: in narrower bars a stream of one message a second would be one of a hundred now and of
/// none most of the time.
double leastRateWidth(const Arrivals &arrivals)
{
    return 2 * double(arrivals.lastTime() - arrivals.firstTime()) /
           double(std::max<std::uint64_t>(arrivals.events(), 2) - 1);
}

/// What is measured of a stretch.
using Measure = std::function<Plot::Bar(const Arrivals::Stretch &)>;

/// `size`: of a bar, in stretches.
Plot timePlot(const Arrivals &arrivals, std::size_t size, const Measure &measure)
{
    Plot plot;
    const std::vector<Arrivals::Stretch> groups = groupsOf(arrivals.overTime().buckets(), size);
    const double all = double(std::max(groups.size(), LeastBars));
    const double width = double(arrivals.overTime().width()) * double(size);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        Plot::Bar bar = measure(groups[i]);
        if (!bar.record.isValid())
            continue;
        bar.left = double(i) / all;
        bar.right = double(i + 1) / all;
        plot.bars.push_back(bar);
    }
    constexpr int labels = 4;
    TimeAxis axis;
    axis.setPixels(labels);
    axis.setSpan(0, all * width);
    const std::int64_t step = axis.labelStep(1);
    for (std::int64_t time = 0; double(time) <= all * width; time += step)
        plot.ticks.emplace_back(double(time) / (all * width), words("+%1").arg(roundDuration(double(time))));
    return plot;
}

/// Bars of a width (ns) and what to say of them, apart from when.
void explain(Plot &plot, double width, const std::function<QString(const Plot::Bar &)> &text)
{
    plot.hint = [bars = plot.bars, text, width](std::size_t bar) {
        const Plot::Bar &shown = bars[bar];
        return text(shown) + Dot +
               words("%1 after the first, in %2")
                   .arg(duration(width * shown.left / (shown.right - shown.left)), duration(width));
    };
}

} // namespace

Plot gapsPlot(const Arrivals &arrivals)
{
    Plot plot = histogramPlot(arrivals.gaps(), roundDuration, false, [](std::size_t index) {
        if (index == 0)
            return words("in the same read");
        return words("%1 to %2 after the one before")
            .arg(duration(double(LogHistogram::begin(index))), duration(double(LogHistogram::begin(index + 1))));
    });
    plot.title = words("Time between messages");
    plot.nothing = words("Two messages on one connection make the first gap");
    return plot;
}

Plot lumpsPlot(const Arrivals &arrivals)
{
    Plot plot = histogramPlot(arrivals.lumps(), count, true, [](std::size_t index) {
        const std::uint64_t first = LogHistogram::begin(index);
        const std::uint64_t last = LogHistogram::begin(index + 1) - 1;
        return first == last ? words("%n message in a read|%n messages in a read", qint64(first))
                             : words("%1 to %2 messages in a read").arg(formatCount(first), formatCount(last));
    });
    plot.title = words("Messages to a socket read");
    plot.nothing = words("The newest read may still grow: none has ended yet");
    return plot;
}

Plot throughputPlot(const Arrivals &arrivals, Throughput what)
{
    const std::size_t size = groupSize(arrivals, leastRateWidth(arrivals));
    const double width = double(arrivals.overTime().width()) * double(size);
    const double seconds = width / Second;
    const bool isMessages = what == Throughput::InMessages;
    Plot plot = timePlot(arrivals, size, [&](const Arrivals::Stretch &stretch) {
        Plot::Bar bar;
        bar.high = double(isMessages ? stretch.events : stretch.bytes) / seconds;
        bar.record = stretch.first;
        return bar;
    });
    const auto rate = [isMessages](double value) {
        if (!isMessages)
            return formatSize(std::uint64_t(value)) + QStringLiteral("/s");
        return value < 1 ? words("%1/s").arg(value, 0, 'g', 2) : formatRate(value); // 0.25 is the half of 0.5
    };
    plot.scaleText = rate;
    explain(plot, width, [rate](const Plot::Bar &bar) { return rate(bar.high); });
    plot.title = isMessages ? words("Messages a second") : words("Bytes a second");
    plot.nothing = words("No message yet");
    return plot;
}

Plot delayPlot(const Arrivals &arrivals)
{
    const auto least = double(arrivals.leastDelay());
    const std::size_t size = groupSize(arrivals);
    Plot plot = timePlot(arrivals, size, [&](const Arrivals::Stretch &stretch) {
        Plot::Bar bar;
        if (stretch.stamped == 0)
            return bar;
        bar.low = double(stretch.leastDelay) - least;
        bar.high = double(stretch.greatestDelay) - least;
        bar.middle = stretch.sumOfDelays / double(stretch.stamped) - least;
        bar.record = stretch.first;
        return bar;
    });
    plot.scaleText = duration;
    plot.top = LeastScale;
    explain(plot, double(arrivals.overTime().width()) * double(size), [](const Plot::Bar &bar) {
        return words("%1 to %2 later than the quickest, %3 on average")
            .arg(duration(bar.low), duration(bar.high), duration(bar.middle.value_or(0)));
    });
    plot.title = words("Later than the quickest");
    plot.nothing = arrivals.place() ? words("No server's time at %1").arg(visibleLine(arrivals.place()->text()))
                                    : words("No server's time was found in the messages");
    return plot;
}

QList<std::pair<QString, QString>> arrivalFigures(const Arrivals &arrivals)
{
    if (arrivals.events() == 0)
        return {};
    QList<std::pair<QString, QString>> figures;
    const double seconds = double(arrivals.lastTime() - arrivals.firstTime()) / Second;
    figures.append({words("Messages"), formatCount(arrivals.events()) + Dot + formatSize(arrivals.bytes())});
    if (seconds > 0)
        figures.append({words("On average"), formatRate(double(arrivals.events() - 1) / seconds)});
    if (const LogHistogram &gaps = arrivals.gaps(); gaps.total() > 0) {
        for (const int share : {50, 90, 99}) {
            const auto most = double(gaps.percentile(share / 100.0));
            figures.append({words("%1 % of the gaps").arg(share),
                            most > 0 ? words("up to %1").arg(duration(most)) : words("none: same read")});
        }
        figures.append({words("Longest gap"), duration(double(gaps.largest()))});
    }
    figures.append({words("Largest read"), words("%n message|%n messages", qint64(arrivals.largestLump().size))});
    figures.append(
        {words("Shared a read"),
         words("%1 % of them").arg(100 * double(arrivals.inLumps()) / double(arrivals.events()), 0, 'f', 1)});
    if (arrivals.stamped() > 0)
        figures.append({words("Delays differ"),
                        words("by %1").arg(duration(double(arrivals.greatestDelay() - arrivals.leastDelay())))});
    return figures;
}

} // namespace pushscope
