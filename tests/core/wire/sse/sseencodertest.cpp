#include "core/wire/sse/sseencoder.h"
#include "tests/core/wire/sse/ssereading.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

class SseEncoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesFieldsInOrder()
    {
        QCOMPARE(encodeSse({Bytes("7"), "tick", "a\nb", 500}),
                 Bytes("retry: 500\nid: 7\nevent: tick\ndata: a\ndata: b\n\n"));
        QCOMPARE(encodeSse({{}, "", "x", {}}), Bytes("data: x\n\n"));
        QCOMPARE(encodeSse({Bytes(), "", "", {}}), Bytes("id: \ndata: \n\n"));
    }

    void comesBackTheSame_data()
    {
        QTest::addColumn<std::string>("data");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char *name, std::string data, std::string expected) {
            QTest::newRow(name) << std::move(data) << std::move(expected);
        };
        row("empty", "", "");
        row("text", "text", "text");
        row("leading space", " text ", " text ");
        row("lines", "a\n\nb\n", "a\n\nb\n");
        row("CR LF and CR", "a\r\nb\rc", "a\nb\nc");
        row("colon", ":x", ":x");
        row("NUL", std::string("a\0b", 3), std::string("a\0b", 3));
    }

    void comesBackTheSame()
    {
        QFETCH(std::string, data);
        QFETCH(std::string, expected);
        const SseReading reading = readSse({encodeSse({Bytes(" 1"), "t", data, 20})});
        QCOMPARE(reading.events, (std::vector<DispatchedEvent>{{"t", expected, " 1"}}));
        QCOMPARE(reading.retries, std::vector<std::uint64_t>{20});
    }

    void oneLineFieldsCannotSmuggleOthersIn()
    {
        const SseReading reading = readSse({encodeSse({Bytes("1\ndata: no"), "t\rdata: no", "yes", {}})});
        QCOMPARE(reading.events, (std::vector<DispatchedEvent>{{"t", "yes", "1"}}));
    }

    void comments()
    {
        QCOMPARE(encodeSseComment("keep-alive"), Bytes(": keep-alive\n\n"));
        const SseReading reading = readSse({encodeSseComment("a\nb")});
        QCOMPARE(reading.comments, (std::vector<std::string>{" a", " b"}));
        QVERIFY(reading.events.empty());
    }
};

PUSHSCOPE_TEST(SseEncoderTest)
#include "sseencodertest.moc"
