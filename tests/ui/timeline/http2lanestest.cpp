#include "ui/timeline/http2lanes.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/http2talk.h"

#include <QElapsedTimer>
#include <QStringList>
#include <QTest>

using namespace pushscope;
using namespace std::chrono_literals;

namespace {

QString wordsOf(std::uint32_t flags)
{
    const std::pair<std::uint32_t, const char *> known[] = {
        {FrameMark::Headers, "headers"},   {FrameMark::EndStream, "end"},   {FrameMark::Reset, "reset"},
        {FrameMark::Settings, "settings"}, {FrameMark::SettingsAck, "ack"}, {FrameMark::Goaway, "goaway"},
        {FrameMark::Push, "push"},         {FrameMark::Other, "other"}};
    QStringList words;
    for (const auto &[flag, word] : known) {
        if (flags & flag)
            words += QString::fromLatin1(word);
    }
    return words.join(u'+');
}

/// A lane as a line: what was received and sent, then the marks in their order.
QString print(const Http2Lane &lane)
{
    std::uint32_t in = 0;
    std::uint32_t out = 0;
    for (const LaneBucket &bucket : lane.data.level(0)) {
        in += bucket.in;
        out += bucket.out;
    }
    QStringList marks;
    for (const LaneBucket &bucket : lane.marks.level(0))
        marks += wordsOf(bucket.flags);
    return QStringLiteral("#%1 of %2: %3 in, %4 out; %5; %6 round trips")
        .arg(lane.stream)
        .arg(lane.session.value)
        .arg(in)
        .arg(out)
        .arg(marks.join(u' '))
        .arg(lane.trips.size());
}

constexpr std::int64_t Step = 10'000'000;

} // namespace

class Http2LanesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aLaneForEachStream()
    {
        test::Http2Talk talk;
        talk.addSession(1, "events");
        talk.addSession(2, "orders");
        talk.openConnection();
        talk.time += Step;
        talk.openStream(1, 1, "/events");
        talk.time += Step;
        talk.openStream(2, 5, "/orders");
        talk.time += Step;
        for (int i = 0; i < 3; ++i)
            talk.event(1, 1, "x");
        talk.ping(0.5);
        talk.time += Step;
        talk.as(2, 5);
        talk.frame({.type = Http2FrameType::RstStream, .stream = 5}, ByteView("\0\0\0\x8", 4));
        talk.as(1, 1);
        talk.frame({.type = Http2FrameType::Data, .flags = Http2Flag::EndStream, .stream = 1}, {});
        talk.time += Step;
        talk.as(1, 0);
        talk.frame({.type = Http2FrameType::Goaway}, Bytes(8, '\0'));
        // What another connection carries is not shown here.
        talk.connection = 4;
        talk.frame({.type = Http2FrameType::Data, .stream = 1}, "other");

        Http2Lanes lanes(talk.capture);
        QVERIFY(!lanes.advance(talk.capture->counts().records, 50ms));
        lanes.setConnection(test::Http2Talk::Connection, Seq(1));
        QVERIFY(lanes.advance(talk.capture->counts().records, 50ms));
        QStringList lines;
        for (const auto &lane : lanes.lanes())
            lines += print(*lane);
        QCOMPARE(lines,
                 (QStringList{QStringLiteral("#0 of 1: 0 in, 0 out; settings+ack other other goaway; 1 round trips"),
                              QStringLiteral("#1 of 1: 4 in, 0 out; headers+end end; 0 round trips"),
                              QStringLiteral("#5 of 2: 0 in, 0 out; headers+end reset; 0 round trips")}));
        QCOMPARE(lanes.placeOf(5), 2);
        QCOMPARE(lanes.placeOf(7), -1);
        QCOMPARE(lanes.lanes()[0]->trips[0].length, std::int64_t(500'000));
    }

    void thousandsOfStreamsGrowInTime()
    {
        constexpr std::uint32_t Count = 5000;
        test::Http2Talk talk;
        for (std::uint32_t stream = 1; stream < 2 * Count; stream += 2) {
            talk.as(1, stream);
            talk.connection = test::Http2Talk::Connection;
            talk.frame({.type = Http2FrameType::Data, .stream = stream}, "x");
        }
        Http2Lanes lanes(talk.capture);
        lanes.setConnection(test::Http2Talk::Connection, Seq(1));
        lanes.advance(talk.capture->counts().records, 10s);
        QCOMPARE(lanes.lanes().size(), std::size_t(Count));
        // A frame more costs its own lane, not all of them.
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 1000; ++i) {
            talk.frame({.type = Http2FrameType::Data, .stream = 1}, "x");
            lanes.advance(talk.capture->counts().records, 10ms);
        }
        QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    }
};

PUSHSCOPE_TEST(Http2LanesTest)
#include "http2lanestest.moc"
