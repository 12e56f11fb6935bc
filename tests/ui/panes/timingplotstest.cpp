#include "ui/panes/timingplots.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"
#include "ui/theme/theme.h"

#include <QFontMetrics>
#include <QTest>

using namespace pushscope;

/// Over arrivals of a capture that the test writes.
class TimingPlotsTest : public QObject
{
    Q_OBJECT

    /// So many messages in one socket read, `milliseconds` into the capture.
    void send(std::int64_t milliseconds, int messages, const std::string &data = "x")
    {
        m_builder->time = milliseconds * 1'000'000;
        m_builder->read("\n");
        const std::string block = "data: " + data + "\n\n";
        for (int i = 0; i < messages; ++i) {
            Record record = m_builder->make(RecordKind::SseEvent, Direction::In);
            record.origin = m_builder->writer.appendBytes(block);
            record.originLength = std::uint32_t(block.size());
            m_builder->append(record);
        }
    }
    [[nodiscard]] Arrivals arrivals() const
    {
        Arrivals arrivals(m_builder->capture, SessionId(1));
        while (arrivals.advance()) {
        }
        return arrivals;
    }
    [[nodiscard]] static QStringList labels(const Plot &plot)
    {
        QStringList texts;
        for (const auto &[place, text] : plot.ticks)
            texts += text;
        return texts;
    }

private Q_SLOTS:
    void init() { m_builder = std::make_unique<test::CaptureBuilder>(); }

    /// Four of them stand beside each other in a window 1440 wide.
    void titlesFitTheNarrowestPlot()
    {
        const PlotView view("plot");
        const QFontMetrics metrics(scaled(view.font(), -1, true));
        const Arrivals none = arrivals();
        for (const Plot &plot : {gapsPlot(none), lumpsPlot(none), throughputPlot(none, Throughput::InMessages),
                                 throughputPlot(none, Throughput::InBytes), delayPlot(none)}) {
            QVERIFY(plot.bars.empty() && !plot.nothing.isEmpty());
            QVERIFY2(metrics.horizontalAdvance(plot.title) <= view.minimumSizeHint().width() - 12,
                     qPrintable(plot.title));
        }
    }

    void gapsAreCountedByTheirLength()
    {
        for (const int at : {0, 100, 200, 300, 2300})
            send(at, 1);
        send(2400, 2);
        const Plot plot = gapsPlot(arrivals());
        QCOMPARE(plot.bars.size(), std::size_t(3)); // none, 100 ms and 2 s
        QCOMPARE(plot.bars[0].high, 1.0);
        QVERIFY(plot.hint(0).endsWith(QStringLiteral("in the same read")));
        QCOMPARE(plot.bars[1].high, 4.0);
        QCOMPARE(plot.bars[2].high, 1.0);
        QVERIFY2(labels(plot).contains(QStringLiteral("2 s")), qPrintable(labels(plot).join(u' ')));
    }

    void aScaleOfCountsHasWholeOnes()
    {
        send(0, 1);
        send(100, 3);
        send(200, 1);
        const Plot plot = lumpsPlot(arrivals());
        QCOMPARE(plot.bars.size(), std::size_t(2)); // the newest read may still grow
        QVERIFY(plot.hint(1).endsWith(QStringLiteral("3 messages in a read")));
        QCOMPARE(plot.scaleText(2), QStringLiteral("2"));
        QCOMPARE(plot.scaleText(2.5), QString());
    }

    void aSlowRateIsNotRoundedAway()
    {
        for (int second = 0; second <= 38; ++second)
            send(second * 1000, 1, std::string(2000, 'x'));
        const Plot messages = throughputPlot(arrivals(), Throughput::InMessages);
        QCOMPARE(messages.scaleText(0.25), QStringLiteral("0.25/s"));
        QCOMPARE(messages.scaleText(12), QStringLiteral("12.0/s"));
        for (const Plot::Bar &bar : messages.bars)
            QVERIFY(bar.high > 0.4 && bar.high < 2);
        QCOMPARE(throughputPlot(arrivals(), Throughput::InBytes).scaleText(2000), QStringLiteral("2.0 KB/s"));
    }

    void timesBeneathAnAxisAreRound()
    {
        for (int second = 0; second <= 38; ++second)
            send(second * 1000, 1);
        const Plot plot = throughputPlot(arrivals(), Throughput::InMessages);
        const QStringList texts = labels(plot);
        QCOMPARE(texts, QStringList({QStringLiteral("+0"), QStringLiteral("+10 s"), QStringLiteral("+20 s"),
                                     QStringLiteral("+30 s"), QStringLiteral("+40 s")}));
        // Each where it belongs: as far from the first as its time says.
        QCOMPARE(plot.ticks[0].first, 0.0);
        QCOMPARE(plot.ticks[2].first, 2 * plot.ticks[1].first);
        const double end = plot.bars.back().right;
        QVERIFY(std::abs(plot.ticks[3].first / end - 30.0 / 39) < 0.05);
    }

    void delaysAreThoseBeyondTheQuickest()
    {
        const std::int64_t start = m_builder->capture->wallStart() / 1'000'000;
        for (const auto &[at, ago] : {std::pair(0, 5), {1000, 205}, {2000, 5}, {3000, 105}})
            send(at, 1, "{\"ts\":" + std::to_string(start + at - ago) + "}");
        const Plot plot = delayPlot(arrivals());
        QCOMPARE(plot.bars.size(), std::size_t(4));
        QCOMPARE(plot.bars[1].high, 200e6);
        QCOMPARE(plot.bars[3].high, 100e6);
        QVERIFY2(plot.hint(1).startsWith(QStringLiteral("200 ms to 200 ms later than the quickest")),
                 qPrintable(plot.hint(1)));
    }

private:
    std::unique_ptr<test::CaptureBuilder> m_builder;
};

PUSHSCOPE_TEST(TimingPlotsTest)
#include "timingplotstest.moc"
