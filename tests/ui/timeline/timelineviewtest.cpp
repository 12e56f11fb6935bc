#include "ui/timeline/timelineview.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/feeddata.h"
#include "ui/theme/theme.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace pushscope;
using namespace std::chrono_literals;

namespace {

void wheel(TimelineView &view, QPointF at, int delta)
{
    QWheelEvent event(at, view.mapToGlobal(at), {}, {0, delta}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(view.viewport(), &event);
}

} // namespace

class TimelineViewTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data() { test::addFeedRows(); }
    void init()
    {
        m_live = std::make_unique<test::LiveCapture>();
        test::startFeedIfAsked(*m_live);
        for (int i = 0; i < 20; ++i) {
            m_last = m_live->event("x");
            m_live->write([](test::CaptureBuilder &b) { b.time += 499'000'000; });
        }
        m_view = std::make_unique<TimelineView>(m_live->builder.capture);
        m_view->resize(1096, 160);
        m_view->show();
        m_view->advance(m_live->builder.capture->counts().records, 10'000'000'000, 50ms);
    }

    void followsTheNewestUntilTouched()
    {
        QVERIFY(m_view->isLive());
        QVERIFY(m_view->axis().end() >= 10e9);
        QSignalSpy changed(m_view.get(), &TimelineView::liveChanged);
        wheel(*m_view, {400, 80}, 120);
        QVERIFY(!m_view->isLive());
        QCOMPARE(changed.size(), 1);
        const double start = m_view->axis().start();
        m_view->advance(m_live->builder.capture->counts().records, 20'000'000'000, 50ms);
        QCOMPARE(m_view->axis().start(), start);
        m_view->setLive(true);
        QVERIFY(m_view->axis().end() >= 20e9);
    }

    void enterPicksLaneAndRecord()
    {
        QSignalSpy lane(m_view.get(), &TimelineView::lanePicked);
        QSignalSpy record(m_view.get(), &TimelineView::recordPicked);
        QTest::keyClick(m_view.get(), Qt::Key_End);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(lane.size(), 1);
        QCOMPARE(record.size(), 1);
        QCOMPARE(record[0][0].value<Seq>(), m_last);
        QVERIFY(!m_view->isLive());
    }

    void labelsAreAsWideAsTheLongestName()
    {
        const int narrow = m_view->axisLeft();
        m_view->setNames([](SessionId) { return QStringLiteral("a name with several words"); });
        m_view->setHidden({}); // lays out anew
        QVERIFY(m_view->axisLeft() > narrow);
        m_view->setNames([](SessionId) { return QString(500, u'w'); });
        m_view->setHidden({});
        QVERIFY(m_view->axisLeft() < 300);
    }

    void wheelZoomsAroundThePointer()
    {
        const double pixel = 400 - m_view->axisLeft();
        m_view->setLive(false);
        const double before = m_view->axis().timeAt(pixel);
        const double span = m_view->axis().span();
        wheel(*m_view, {400, 80}, 240);
        QVERIFY(m_view->axis().span() < span);
        QVERIFY(std::abs(m_view->axis().timeAt(pixel) - before) < 1);
    }

    void dragPans()
    {
        m_view->setLive(false);
        const double start = m_view->axis().start();
        const double shift = m_view->axis().perPixel() * 100;
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, {400, 80});
        QTest::mouseMove(m_view->viewport(), {450, 80});
        QTest::mouseMove(m_view->viewport(), {500, 80});
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, {500, 80});
        QVERIFY(std::abs(m_view->axis().start() - (start - shift)) < m_view->axis().perPixel());
    }

    void doubleClickFits()
    {
        m_view->showSpan(1e9);
        QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, {400, 80});
        QVERIFY(m_view->axis().start() <= 0);
        QVERIFY(m_view->axis().end() >= 9.5e9);
    }

    void fitBeginsWithTheFirstLane()
    {
        test::LiveCapture late;
        TimelineView view(late.builder.capture);
        view.resize(1096, 160);
        view.setHidden({1});
        late.write([](test::CaptureBuilder &b) { b.time = 60'000'000'000; });
        late.addSession(2, "late", "sse");
        view.advance(late.builder.capture->counts().records, 70'000'000'000, 50ms);
        view.fit();
        QVERIFY2(view.axis().start() > 59e9 && view.axis().start() < 60e9,
                 qPrintable(QString::number(view.axis().start())));
        QVERIFY(view.axis().end() >= 70e9);
    }

    void theCurrentLaneIsInView()
    {
        for (std::uint32_t session = 20; session < 40; ++session)
            m_live->addSession(session, "s" + std::to_string(session), "sse");
        const auto isInView = [this](std::uint32_t session) {
            for (int y = 0; y < m_view->viewport()->height(); ++y) {
                if (m_view->laneAt({200, y}).value == session)
                    return true;
            }
            return false;
        };
        m_view->showLane(SessionId(39)); // before its lane is there
        m_view->advance(m_live->builder.capture->counts().records, 10'000'000'000, 50ms);
        QVERIFY(isInView(39));
        m_view->showLane(SessionId(1));
        QVERIFY(isInView(1) && !isInView(39));
        m_view->showLane(SessionId(30));
        QVERIFY(isInView(30));
    }

    void theFocusIsSeen()
    {
        const auto line = [this] { return m_view->viewport()->grab().toImage().pixelColor(500, 0); };
        m_view->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
        m_view->setFocus(Qt::TabFocusReason);
        QVERIFY(m_view->hasFocus());
        QCOMPARE(line(), colorsOf(m_view.get()).accent);
        m_view->clearFocus();
        QVERIFY(line() != colorsOf(m_view.get()).accent);
    }

    void clickPicksTheRecord()
    {
        m_view->fit();
        QSignalSpy picked(m_view.get(), &TimelineView::recordPicked);
        const double time = double(m_live->builder.capture->record(m_last).time);
        const QPoint point(m_view->axisLeft() + int(m_view->axis().pixelAt(time)), m_view->laneArea(0).center().y());
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, point);
        QCOMPARE(picked.size(), 1);
        QCOMPARE(picked.front().front().value<Seq>(), m_last);
    }

    void paintingDoesNotGrowWithTheRecords()
    {
        m_view->fit();
        (void)m_view->grab();
        const auto timed = [this] {
            QElapsedTimer timer;
            timer.start();
            (void)m_view->grab();
            return timer.nsecsElapsed();
        };
        const qint64 few = std::max<qint64>(timed(), 500'000);
        m_live->write([](test::CaptureBuilder &b) {
            for (int i = 0; i < 100'000; ++i)
                b.writer.append(b.make(RecordKind::SseEvent, Direction::In));
            b.writer.publish();
        });
        m_view->advance(m_live->builder.capture->counts().records, 10'000'000'000, 1s);
        qint64 many = timed();
        for (int i = 0; i < 4; ++i)
            many = std::min(many, timed());
        QVERIFY2(many < few * 5, qPrintable(QStringLiteral("%1 ns against %2").arg(many).arg(few)));
    }

private:
    std::unique_ptr<test::LiveCapture> m_live;
    std::unique_ptr<TimelineView> m_view;
    Seq m_last;
};

PUSHSCOPE_TEST(TimelineViewTest)
#include "timelineviewtest.moc"
