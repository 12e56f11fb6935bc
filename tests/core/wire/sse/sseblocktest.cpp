#include "core/wire/sse/sseblock.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

namespace {
std::string described(const SseBlock &block)
{
    return (block.type.empty() ? "-" : block.type) + '|' + (block.hasData ? '<' + block.data + '>' : "-") + '|' +
           (block.id ? '<' + *block.id + '>' : "-");
}
} // namespace

class SseBlockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void block_data()
    {
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<bool>("atStreamStart");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char *name, std::string bytes, const char *expected, bool atStreamStart = false) {
            QTest::newRow(name) << std::move(bytes) << atStreamStart << std::string(expected);
        };
        row("nothing", "", "-|-|-");
        row("all fields", "event: t\nid: 1\ndata: x\n\n", "t|<x>|<1>");
        row("CR LF", "data: x\r\ndata\r\ndata:y\r\n\r\n", "-|<x\n\ny>|-");
        row("late LF", "\ndata: x\r\r", "-|<x>|-");
        row("empty data", "data\n\n", "-|<>|-");
        row("one space", "data:  x\n\n", "-|< x>|-");
        row("the last wins", "event: a\nevent: b\nid: 1\nid\ndata\n\n", "b|<>|<>");
        row("NUL in an id", std::string("id: 1\nid: \0\ndata\n\n", 18), "-|<>|<1>");
        row("an id beyond the limit", "id: " + std::string(65537, 'x') + "\n\n", "-|-|-");
        row("comments and others", ": c\nDATA: x\nretry: 1\n\n", "-|-|-");
        row("raw bytes", "data: \xFF\n\n", "-|<\xFF>|-");
        row("no line ending", "data: x", "-|<x>|-");
        row("mark",
            "\xEF\xBB\xBF"
            "data\n\n",
            "-|<>|-", true);
        row("mark in the middle of a stream",
            "\xEF\xBB\xBF"
            "data\n\n",
            "-|-|-");
    }

    void block()
    {
        QFETCH(std::string, bytes);
        QFETCH(bool, atStreamStart);
        QFETCH(std::string, expected);
        const SseBlock block = parseSseBlock(bytes, atStreamStart);
        QCOMPARE(described(block), expected);
        QCOMPARE(sseDataLength(bytes, atStreamStart), block.data.size());
    }

    void line_data()
    {
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("value");
        QTest::newRow("field") << std::string("data: x: y\n") << std::string("data") << std::string("x: y");
        QTest::newRow("comment") << std::string(":x\r\n") << std::string() << std::string("x");
        QTest::newRow("comment, space") << std::string(": x\r") << std::string() << std::string(" x");
        QTest::newRow("no colon") << std::string("retry") << std::string("retry") << std::string();
        QTest::newRow("empty") << std::string() << std::string() << std::string();
    }

    void line()
    {
        QFETCH(std::string, bytes);
        QFETCH(std::string, name);
        QFETCH(std::string, value);
        const SseLine line = parseSseLine(bytes);
        QCOMPARE(line.name, ByteView(name));
        QCOMPARE(line.value, ByteView(value));
    }

    void aMarkIsSkippedAtTheStreamsStartOnly()
    {
        QCOMPARE(parseSseLine("\xEF\xBB\xBF:c\n", true).value, ByteView("c"));
        QCOMPARE(parseSseLine("\xEF\xBB\xBF:c\n").name, ByteView("\xEF\xBB\xBF"));
    }
};

PUSHSCOPE_TEST(SseBlockTest)
#include "sseblocktest.moc"
