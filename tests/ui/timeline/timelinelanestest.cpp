#include "ui/timeline/timelinelanes.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/livecapture.h"

#include <QTest>

using namespace pushscope;
using namespace std::chrono_literals;

class TimelineLanesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void foldsStatesMarksAndFlags()
    {
        test::LiveCapture live;
        live.event("a");
        live.event("b");
        live.write([](test::CaptureBuilder &b) {
            b.time = 3'000'000'000;
            b.facts(RecordKind::Error, ErrorFacts{"tcp.reset", "reset"});
            b.facts(RecordKind::State, StateFacts{.state = SessionState::Waiting,
                                                  .attempt = 1,
                                                  .cause = Cause::Reset,
                                                  .delayMs = 3000,
                                                  .delaySource = DelaySource::Default});
        });
        TimelineLanes lanes(live.builder.capture);
        QVERIFY(lanes.advance(live.builder.capture->counts().records, 10ms));
        QVERIFY(!lanes.advance(live.builder.capture->counts().records, 10ms));
        QCOMPARE(lanes.lanes().size(), std::size_t(1));
        const Lane &lane = *lanes.lanes().front();
        QCOMPARE(lane.bands.size(), std::size_t(3));
        QCOMPARE(lane.bands[2].state, SessionState::Waiting);
        QCOMPARE(lane.bands[2].delayMs, 3000.0);
        const LaneBucket &top = lane.marks.level(LanePyramid::Levels - 1).front();
        QCOMPARE(top.in, 2u);
        QCOMPARE(top.flags, LaneFlag::Error);
        QCOMPARE(lanes.end(), std::int64_t(3'000'000'000));
        QVERIFY(lanes.isMoving());
        live.write(
            [](test::CaptureBuilder &b) { b.facts(RecordKind::State, StateFacts{.state = SessionState::Failed}); });
        lanes.advance(live.builder.capture->counts().records, 10ms);
        QVERIFY(!lanes.isMoving());
    }
};

PUSHSCOPE_TEST(TimelineLanesTest)
#include "timelinelanestest.moc"
