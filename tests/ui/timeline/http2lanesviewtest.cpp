#include "ui/timeline/http2lanesview.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/http2talk.h"
#include "ui/models/connectionindex.h"
#include "ui/theme/theme.h"
#include "ui/timeline/http2lanepainter.h"

#include <QElapsedTimer>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace pushscope;
using namespace std::chrono_literals;

class Http2LanesViewTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_talk = std::make_unique<test::Http2Talk>();
        m_talk->addSession(1, "events");
        m_talk->addSession(2, "orders");
        m_talk->openConnection();
        m_talk->time += Second;
        m_talk->openStream(1, 1, "/events");
        m_talk->openStream(2, 5, "/orders");
        m_talk->time += Second;
        m_event = m_talk->event(2, 5, std::string(40'000, 'x'));
        m_frame = Seq(m_event.value - 1);
        m_talk->time += Second;
        m_ping = m_talk->ping(400);
        m_talk->time += Second;
        m_index = std::make_unique<ConnectionIndex>(m_talk->capture);
        m_flow = std::make_unique<Http2Flow>(m_talk->capture);
        m_view = std::make_unique<Http2LanesView>(m_talk->capture, *m_flow);
        m_view->resize(1000, 260);
        m_view->show();
        advance();
        m_view->setConnection(*m_index->connection(test::Http2Talk::Connection));
        advance();
        m_view->fit();
    }
    void cleanup() { m_view.reset(); }

    void aPointNamesItsFrame()
    {
        QCOMPARE(m_view->recordAt(pointOf(m_frame, 2)), m_frame);
        QCOMPARE(m_view->recordAt(pointOf(m_frame, 1)), Seq()); // nothing came there on the other stream
        // A round trip is named all along its line.
        QPoint along = pointOf(m_ping, 0);
        QCOMPARE(m_view->recordAt(along), m_ping);
        along.rx() -= int(0.2 * Second / m_view->axis().perPixel());
        QCOMPARE(m_view->recordAt(along), m_ping);
    }

    void aClickPicksTheFrame()
    {
        QSignalSpy picked(m_view.get(), &TimeView::recordPicked);
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, pointOf(m_frame, 2));
        QCOMPARE(picked.size(), 1);
        QCOMPARE(picked[0][0].value<Seq>(), m_frame);
    }

    void theKeyboardGoesFromLaneToLaneAndPicks()
    {
        m_view->setNames([](SessionId) { return QStringLiteral("orders"); });
        QSignalSpy picked(m_view.get(), &TimeView::recordPicked);
        QTest::keyClick(m_view.get(), Qt::Key_Return); // no lane yet
        QCOMPARE(picked.size(), 0);
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QCOMPARE(m_view->cursorLane(), 0);
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QTest::keyClick(m_view.get(), Qt::Key_Down); // there are three
        QCOMPARE(m_view->cursorLane(), 2);
        QTest::keyClick(m_view.get(), Qt::Key_End);
        QCOMPARE(m_view->cursor(), m_frame);
        QVERIFY(m_view->accessibleDescription().contains(QStringLiteral("#5 orders")));
        QVERIFY(m_view->accessibleDescription().contains(QStringLiteral("#%1").arg(m_frame.value)));
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(picked.size(), 1);
        QCOMPARE(picked[0][0].value<Seq>(), m_frame);
        QTest::keyClick(m_view.get(), Qt::Key_Left);
        QVERIFY(m_view->cursor() < m_frame);
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        const Seq first = m_view->cursor();
        QTest::keyClick(m_view.get(), Qt::Key_Left);
        QCOMPARE(m_view->cursor(), first);
        QTest::keyClick(m_view.get(), Qt::Key_Up);
        QCOMPARE(m_view->cursorLane(), 1);
    }

    void theCursorIsSeen()
    {
        m_view->activateWindow();
        m_view->setFocus();
        QTRY_VERIFY(m_view->hasFocus());
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        const QImage image = m_view->viewport()->grab().toImage();
        QCOMPARE(image.pixelColor(1, m_view->laneArea(0).center().y()), colorsOf(m_view.get()).accent);
    }

    void dataWindowAndRoundTripArePainted()
    {
        for (const bool dark : {false, true}) {
            m_view->setPalette(paletteOf(colorsOf(dark)));
            const Colors &colors = colorsOf(dark);
            const QImage image = m_view->viewport()->grab().toImage();
            const QRect lane = m_view->laneArea(2);
            const QPoint data = pointOf(m_frame, 2);
            QCOMPARE(image.pixelColor(data.x() + 1, Http2LanePainter::lineOf(lane) - 3), colors.incoming);
            // 40,000 of the connection's 65,535 bytes are gone: its gauge sinks there.
            const QRect window = Http2LanePainter::windowArea(m_view->laneArea(0));
            const auto filled = [&](int x) {
                int count = 0;
                for (int y = window.top(); y <= window.bottom(); ++y)
                    count += image.pixelColor(x, y) != colors.base ? 1 : 0;
                return count;
            };
            QVERIFY2(filled(data.x() - 20) > filled(data.x() + 20),
                     qPrintable(QStringLiteral("%1 %2").arg(filled(data.x() - 20)).arg(filled(data.x() + 20))));
            QCOMPARE(image.pixelColor(pointOf(m_ping, 0).x() - 20, Http2LanePainter::lineOf(m_view->laneArea(0))),
                     colors.accent);
        }
    }

    void theLaneOfARecordIsScrolledTo()
    {
        for (std::uint32_t stream = 7; stream < 207; stream += 2)
            m_talk->event(2, stream, "y");
        const Seq last = m_talk->event(2, 207, "z");
        advance();
        QVERIFY(m_view->verticalScrollBar()->maximum() > 0);
        m_view->showRecord(last);
        const QRect lane = m_view->laneArea(m_view->lanes().placeOf(207));
        QVERIFY(lane.top() >= 0 && lane.bottom() <= m_view->viewport()->height());
    }

    void paintingCostsPixels()
    {
        for (int i = 0; i < 200'000; ++i) {
            m_talk->time += 20'000;
            m_talk->frame({.type = Http2FrameType::Data, .stream = 5}, "0123456789");
        }
        advance();
        m_view->fit();
        QElapsedTimer timer;
        timer.start();
        constexpr int Paints = 20;
        for (int i = 0; i < Paints; ++i)
            (void)m_view->viewport()->grab();
        QVERIFY2(timer.elapsed() / Paints < 40, qPrintable(QString::number(timer.elapsed() / Paints)));
    }

private:
    static constexpr std::int64_t Second = 1'000'000'000;

    void advance()
    {
        const std::uint64_t records = m_talk->capture->counts().records;
        m_index->advance(records, 1s);
        m_flow->advance();
        m_view->advance(records, m_talk->time, 10s);
    }
    [[nodiscard]] QPoint pointOf(Seq seq, int lane) const
    {
        const auto time = double(m_talk->capture->record(seq).time);
        return {m_view->axisLeft() + int(m_view->axis().pixelAt(time)),
                Http2LanePainter::lineOf(m_view->laneArea(lane))};
    }

    std::unique_ptr<test::Http2Talk> m_talk;
    std::unique_ptr<ConnectionIndex> m_index;
    std::unique_ptr<Http2Flow> m_flow;
    std::unique_ptr<Http2LanesView> m_view;
    Seq m_event, m_frame, m_ping;
};

PUSHSCOPE_TEST(Http2LanesViewTest)
#include "http2lanesviewtest.moc"
