#include "ui/models/recordindex.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

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
