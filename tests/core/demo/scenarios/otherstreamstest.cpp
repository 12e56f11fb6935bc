#include "core/wire/stream/multipartsplitter.h"
#include "core/wire/stream/parthead.h"
#include "tests/core/demo/scenarios/scenariotest.h"
#include "tests/support/testmain.h"

using namespace pushscope;

class OtherStreamsTest : public ScenarioTest
{
    Q_OBJECT

private Q_SLOTS:
    void streams_data()
    {
        addStreamColumns();
        QTest::newRow("events") << QByteArray("plainly-events?interval=0") << QByteArray()
                                << QByteArray(": what follows is plainly an event stream\nid: 1\ndata: but its type "
                                              "says otherwise\n\nid: 2\ndata: so a browser refuses it\n\nend");
        QTest::newRow("text") << QByteArray("text-chunks?interval=0") << QByteArray()
                              << QByteArray("compiling\ncompiling a longer one\ndone\nend");
        QTest::newRow("JSON texts") << QByteArray("json-sequence?interval=0") << QByteArray()
                                    << QByteArray("\x1E{\"id\":1}\n\x1E{\n  \"id\": 2,\n  \"text\": \"on several "
                                                  "lines\"\n}\n\x1E{\"id\":3,\"text\":\"the writer was "
                                                  "kil\x1E{\"id\":4}\nend");
    }

    void streams() { compareStream(); }

    void sendsPictures()
    {
        const QByteArray content = run().stream("/scenario/mixed-replace?interval=0&frames=2");
        MultipartSplitter splitter("frame", 1 << 20);
        splitter.feed(ByteView(content.data(), std::size_t(content.size())));
        StreamUnit unit;
        std::vector<std::string> types;
        while (splitter.next(unit)) {
            if (unit.kind != StreamUnit::Kind::Part)
                continue; // how the stream ended
            QVERIFY(!unit.isCut && splitter.findings().empty());
            const PartHead head = readPartHead(ByteView(content.data() + unit.range.begin, unit.range.size()));
            types.emplace_back(head.headers.value("Content-Type").value_or(""));
            if (types.size() > 1) {
                QCOMPARE(contentLengthOf(head), std::uint64_t(54 + 64 * 64 * 3));
                QVERIFY(
                    QByteArrayView(content).sliced(qsizetype(unit.range.begin + head.contentBegin)).startsWith("BM"));
            }
        }
        QCOMPARE(types, (std::vector<std::string>{"text/plain", "image/bmp", "image/bmp"}));
    }
};

PUSHSCOPE_TEST(OtherStreamsTest)
#include "otherstreamstest.moc"
