#include "core/capture/details/words.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class WordsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void numbers()
    {
        QCOMPARE(grouped(0), std::string("0"));
        QCOMPARE(grouped(999), std::string("999"));
        QCOMPARE(grouped(1000), std::string("1,000"));
        QCOMPARE(grouped(~0ull), std::string("18,446,744,073,709,551,615"));
        QCOMPARE(byteCount(1), std::string("1 byte"));
        QCOMPARE(byteCount(65536), std::string("65,536 bytes"));
        QCOMPARE(ratio(53, 10), std::string("5.3 to 1"));
        QCOMPARE(ratio(0, 10), std::string());
        QCOMPARE(ratio(10, 0), std::string());
        QCOMPARE(milliseconds(1.5), std::string("1.500 ms"));
        QCOMPARE(hexPairs(ByteView("\x00\xAF", 2)), std::string("00 af"));
        QCOMPARE(hexPairs(""), std::string());
    }

    void previewsAreNeverCutInsideACharacter()
    {
        const Bytes text = "aü€😀z";
        const std::vector<std::string> expected{"",    "a",   "a",   "aü",   "aü",    "aü",   "aü€",
                                                "aü€", "aü€", "aü€", "aü€😀", "aü€😀z", "aü€😀z"};
        for (std::size_t limit = 0; limit < expected.size(); ++limit)
            QCOMPARE(previewOf(text, limit, true), expected[limit]);
    }

    void previewsOfBytes()
    {
        QCOMPARE(previewOf("a\xFFz", 10, true), std::string("a\xEF\xBF\xBDz"));
        QCOMPARE(previewOf("a\xFFz", 10, false), std::string("61 ff 7a"));
        QCOMPARE(previewOf("plain", 10, false), std::string("plain"));
        QCOMPARE(previewOf("\x80\x80\x80\x80", 2, true), std::string("\xEF\xBF\xBD\xEF\xBF\xBD"));
        QCOMPARE(previewOf(Bytes(100, '\xFF'), 9, false), std::string("ff ff ff"));
    }
};

PUSHSCOPE_TEST(WordsTest)
#include "wordstest.moc"
