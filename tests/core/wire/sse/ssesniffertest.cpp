#include "core/wire/sse/ssesniffer.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

Q_DECLARE_METATYPE(pushscope::SseSniff)

class SseSnifferTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// `after`: with how many bytes the verdict is there, and not before; none: it stays open.
    void verdicts_data()
    {
        QTest::addColumn<std::string>("body");
        QTest::addColumn<int>("after");
        QTest::addColumn<SseSniff>("verdict");
        const auto row = [](const char *name, std::string body, int after, SseSniff verdict) {
            QTest::newRow(name) << std::move(body) << after << verdict;
        };
        using enum SseSniff;
        row("an event", "data: x\n\ndata", 9, EventStream);
        row("CR LF", "data: x\r\n\r\n", 10, EventStream);
        row("CR", "data: x\r\r", 9, EventStream);
        row("all fields", "event: a\nid: 1\nretry: 2\ndata:\n\n", 31, EventStream);
        row("a comment", ": hello\n\n", 9, EventStream);
        row("a byte order mark", "\xEF\xBB\xBF:\n\n", 6, EventStream);
        row("blank lines first", "\n\r\n: x\n\n", 8, EventStream);
        row("a retry in a block of its own", "retry: 3\n\ndata: x\n\n", 19, EventStream);
        row("never closed", "data: x\nid: 1\n", 0, Undecided);
        row("half a byte order mark", "\xEF\xBBx", 3, Other);
        row("a third of one before a field",
            "\xEF"
            "data: x\n\n",
            2, Other);
        row("two thirds of one before a comment", "\xEF\xBB: x\n\n", 3, Other);
        row("two byte order marks", "\xEF\xBB\xBF\xEF\xBB\xBF: x\n\n", 4, Other);
        row("no content", "id: 1\n\nretry: 1\n\n", 0, Undecided);
        row("names alone", "data\n\n", 0, Undecided);
        row("JSON", "{\"data\": 1}\n\n", 1, Other);
        row("a page", "<!doctype html>", 1, Other);
        row("text", "date: x\n\n", 4, Other);
        row("a longer name", "datas: x\n\n", 5, Other);
        row("a shorter one", "dat: x\n\n", 4, Other);
        row("a shorter one alone", "dat\n\n", 4, Other);
        row("case counts", "Data: x\n\n", 1, Other);
        row("a field of another name behind", "data: x\nserver: y\n\n", 9, Other);
        row("a space before it", " data: x\n\n", 1, Other);
    }

    void verdicts()
    {
        QFETCH(std::string, body);
        QFETCH(int, after);
        QFETCH(SseSniff, verdict);
        SseSniffer whole;
        QCOMPARE(whole.feed(body), verdict);
        SseSniffer byByte;
        for (std::size_t i = 0; i < body.size(); ++i) {
            const bool isKnown = after != 0 && i + 1 >= std::size_t(after);
            QCOMPARE(byByte.feed(ByteView(body).substr(i, 1)), isKnown ? verdict : SseSniff::Undecided);
        }
    }

    void givesUpAtItsLimit()
    {
        SseSniffer sniffer;
        QCOMPARE(sniffer.feed("data: " + Bytes(SseSniffer::Limit - 6, 'x')), SseSniff::Undecided);
        QCOMPARE(sniffer.feed("x"), SseSniff::Other);
        QCOMPARE(sniffer.verdict(), SseSniff::Other);
    }
};

PUSHSCOPE_TEST(SseSnifferTest)
#include "ssesniffertest.moc"
