#include "ui/panes/rateplot.h"

#include "tests/support/testmain.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QTest>

using namespace pushscope;

/// By what is painted: each bar in the accent colour.
class RatePlotTest : public QObject
{
    Q_OBJECT

    /// 40 deltas a second at first, then 20; the first one 100 ms after the request.
    static AssembledResponse response()
    {
        AssembledResponse response;
        response.requestAt = 0;
        response.firstTokenAt = 100'000'000;
        response.rate.begin(0);
        for (int i = 0; i < 4; ++i)
            response.rate.add(100'000'000 + i * 25'000'000);
        for (int i = 0; i < 2; ++i)
            response.rate.add(200'000'000 + i * 50'000'000);
        response.lastTokenAt = 250'000'000;
        response.deltas = 6;
        return response;
    }
    /// From top to bottom, in the middle of a bar of the six (each 50 ms of 300).
    [[nodiscard]] int heightOf(int bar) const
    {
        const QImage image = m_plot->grab().toImage();
        const int x = (2 * bar + 1) * image.width() / 12;
        int height = 0;
        for (int y = 0; y < image.height(); ++y)
            height += image.pixelColor(x, y) == colorsOf(m_plot.get()).accent ? 1 : 0;
        return height;
    }

private Q_SLOTS:
    void init()
    {
        m_plot = std::make_unique<RatePlot>();
        m_plot->resize(300, 120);
        m_plot->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_plot.get()));
    }

    void barsAreAsHighAsTheirRates()
    {
        const AssembledResponse shown = response();
        m_plot->setResponse(&shown);
        QCOMPARE(m_plot->highest(), 40.0);
        QCOMPARE(heightOf(0), 0); // no token yet
        const int highest = heightOf(2);
        QVERIFY(highest > 60);
        QVERIFY(std::abs(heightOf(4) - highest / 2) <= 1);
        QCOMPARE(m_plot->accessibleDescription(), QStringLiteral("at most 40, 33 on average"));
    }

    void theTimeBeforeTheFirstIsHatched()
    {
        const AssembledResponse shown = response();
        const QImage before = m_plot->grab().toImage();
        m_plot->setResponse(&shown);
        const QImage after = m_plot->grab().toImage();
        int hatched = 0;
        for (int y = 30; y < 90; ++y)
            hatched += after.pixelColor(40, y) != before.pixelColor(40, y) ? 1 : 0;
        QVERIFY(hatched > 3 && hatched < 60);
    }

    void nothingIsPaintedOfNothing()
    {
        const AssembledResponse shown = response();
        m_plot->setResponse(&shown);
        m_plot->setResponse(nullptr);
        QCOMPARE(m_plot->highest(), 0.0);
        for (int bar = 0; bar < 6; ++bar)
            QCOMPARE(heightOf(bar), 0);
        QCOMPARE(m_plot->accessibleDescription(), QStringLiteral("nothing yet"));
    }

private:
    std::unique_ptr<RatePlot> m_plot;
};

PUSHSCOPE_TEST(RatePlotTest)
#include "rateplottest.moc"
