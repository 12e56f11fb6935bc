#include "ui/models/recordindex.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"
#include "tests/ui/support/http2talk.h"
#include "ui/models/connectionindex.h"

#include <QTest>

using namespace pushscope;
using namespace std::chrono_literals;

namespace {

/// 3,000 events, each third of them with a comment after it.
void fill(test::CaptureBuilder &builder)
{
    for (int i = 0; i < 3000; ++i) {
        builder.session = i % 2 == 0 ? 1 : 2;
        builder.whole(RecordKind::SseEvent, "data: n" + std::to_string(i) + "\n\n");
        if (i % 3 == 0)
            builder.whole(RecordKind::SseComment, ": beat\n");
    }
}

std::vector<std::uint64_t> brute(const Capture &capture, const Filter &filter)
{
    std::vector<std::uint64_t> found;
    for (std::uint64_t value = 1; value <= capture.counts().records; ++value) {
        if (matches(filter, capture, Seq(value)))
            found.push_back(value);
    }
    return found;
}

std::vector<std::uint64_t> rowsOf(const RecordIndex &index)
{
    std::vector<std::uint64_t> rows;
    for (std::uint64_t row = 0; row < index.size(); ++row)
        rows.push_back(index.at(row).value);
    return rows;
}

} // namespace

class RecordIndexTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsWhatTheFilterMatches_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("layers");
        QTest::addColumn<int>("session");
        QTest::newRow("all") << QByteArray() << 0x1F << 0;
        QTest::newRow("messages") << QByteArray() << (1 << int(Layer::Messages)) << 0;
        QTest::newRow("reads of a session") << QByteArray() << (1 << int(Layer::Reads)) << 2;
        QTest::newRow("a kind") << QByteArray("kind:sse.comment") << 0x1F << 0;
        QTest::newRow("kinds below") << QByteArray("kind:sse.") << 0x1F << 0;
        QTest::newRow("text") << QByteArray("N17") << 0x1F << 0;
        QTest::newRow("text of a session") << QByteArray("n1") << (1 << int(Layer::Messages)) << 1;
    }
    void findsWhatTheFilterMatches()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, layers);
        QFETCH(int, session);
        test::CaptureBuilder builder;
        fill(builder);
        Filter filter = parseFilter(text.toStdString());
        filter.layers = std::bitset<8>(unsigned(layers));
        if (session > 0)
            filter.session = SessionId(std::uint32_t(session));
        const ConnectionIndex connections(builder.capture);
        RecordIndex index(builder.capture, connections);
        index.setFilter(filter);
        QTRY_COMPARE((index.advance(builder.capture->counts().records, 1ms), index.position()),
                     builder.capture->counts().records);
        QCOMPARE(rowsOf(index), brute(*builder.capture, filter));
        // It goes on where it was.
        fill(builder);
        QTRY_COMPARE((index.advance(builder.capture->counts().records, 1ms), index.position()),
                     builder.capture->counts().records);
        QCOMPARE(rowsOf(index), brute(*builder.capture, filter));
    }

    void aSliceEnds()
    {
        test::CaptureBuilder builder;
        fill(builder);
        const ConnectionIndex connections(builder.capture);
        RecordIndex index(builder.capture, connections);
        Filter filter;
        filter.layers = std::bitset<8>(1u << unsigned(Layer::Messages));
        index.setFilter(filter);
        index.advance(builder.capture->counts().records, 0us);
        QVERIFY(index.position() < builder.capture->counts().records);
        QVERIFY(index.position() > 0);
    }

    void framesOfOthersAreNotAStreamsOwn()
    {
        test::Http2Talk talk;
        talk.addSession(1, "events");
        talk.addSession(2, "orders");
        talk.openConnection();
        talk.openStream(1, 1, "/events");
        talk.openStream(2, 3, "/orders");
        const Seq own = talk.event(1, 1, "x");
        const Seq joined = talk.event(2, 3, "y");
        // What comes on stream 3 after its session went is recorded with the session that opened the connection.
        talk.as(1, 3);
        const Seq late = talk.frame({.type = Http2FrameType::Data, .stream = 3}, "late");
        ConnectionIndex connections(talk.capture);
        connections.advance(talk.capture->counts().records, 10ms);
        QCOMPARE(connections.joined(SessionId(1)), std::vector<std::uint32_t>());
        QCOMPARE(connections.joined(SessionId(2)), std::vector<std::uint32_t>{3});
        RecordIndex index(talk.capture, connections);
        const auto rowsFor = [&](std::uint32_t session) {
            Filter filter;
            filter.session = SessionId(session);
            const std::vector<std::uint32_t> others = connections.joined(SessionId(session));
            filter.joined = {others.begin(), others.end()};
            index.setFilter(filter);
            index.advance(talk.capture->counts().records, 50ms);
            return rowsOf(index);
        };
        const auto has = [](const std::vector<std::uint64_t> &rows, Seq seq) {
            return std::binary_search(rows.begin(), rows.end(), seq.value);
        };
        const auto first = rowsFor(1);
        QVERIFY(has(first, own) && has(first, talk.settings) && !has(first, late) && !has(first, joined));
        const auto second = rowsFor(2);
        QVERIFY(has(second, joined) && has(second, Seq(joined.value - 1)) && has(second, talk.settings));
        QVERIFY(!has(second, own) && !has(second, Seq(own.value - 1)) && !has(second, late));
    }

    void aNewFilterForgetsASearchUnderWay()
    {
        test::CaptureBuilder builder;
        fill(builder);
        const ConnectionIndex connections(builder.capture);
        RecordIndex index(builder.capture, connections);
        index.setFilter(parseFilter("n1"));
        index.advance(builder.capture->counts().records, 1ms);
        index.setFilter(parseFilter("beat"));
        QTRY_COMPARE((index.advance(builder.capture->counts().records, 1ms), index.position()),
                     builder.capture->counts().records);
        QCOMPARE(rowsOf(index), brute(*builder.capture, parseFilter("beat")));
    }
};

PUSHSCOPE_TEST(RecordIndexTest)
#include "recordindextest.moc"
