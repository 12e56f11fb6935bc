#include "core/wire/coding/zlibcoding.h"

#include "tests/core/wire/coding/codingreading.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

namespace {
using Flush = ContentEncoder::Flush;

/// zlib's two bytes in front and the checksum behind taken away.
Bytes unwrapped(const Bytes &zlib)
{
    return zlib.substr(2, zlib.size() - 6);
}
} // namespace

class ZlibCodingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void flushedEventsAreOutAtOnce_data()
    {
        QTest::addColumn<int>("format");
        QTest::newRow("gzip") << int(ZlibFormat::Gzip);
        QTest::newRow("zlib") << int(ZlibFormat::Zlib);
    }
    void flushedEventsAreOutAtOnce()
    {
        QFETCH(const int, format);
        const auto encoder = makeZlibEncoder(ZlibFormat(format));
        const auto decoder = makeZlibDecompressor(ZlibFormat(format));
        for (const Bytes &event : someEvents(50)) {
            const Bytes flushed = encoder->encode(event, Flush::Sync);
            QCOMPARE(decompressed(*decoder, flushed), event);
            QVERIFY(!decoder->isComplete());
            QVERIFY(!decoder->holdsContent());
        }
        QCOMPARE(decompressed(*decoder, encoder->encode({}, Flush::End)), Bytes());
        QVERIFY(decoder->isComplete());
        QVERIFY(!decoder->isUnwrapped());
    }

    void holdsContentInsideABlockAlone()
    {
        const auto encoder = makeZlibEncoder(ZlibFormat::Gzip);
        const auto decoder = makeZlibDecompressor(ZlibFormat::Gzip);
        const Bytes flushed = encoder->encode("data: held back\n\n", Flush::Sync);
        QCOMPARE(decompressed(*decoder, flushed.substr(0, 10)), Bytes()); // the header
        QVERIFY(!decoder->holdsContent());
        QCOMPARE(decompressed(*decoder, flushed.substr(10, 1)), Bytes()); // of a block that has begun
        QVERIFY(decoder->holdsContent());
        QVERIFY(!decompressed(*decoder, flushed.substr(11)).empty());
        QVERIFY(!decoder->holdsContent());
        QCOMPARE(decompressed(*decoder, {}), Bytes()); // asking again changes nothing
        QVERIFY(!decoder->holdsContent());
    }

    void membersFollowOneAnother()
    {
        const auto decoder = makeZlibDecompressor(ZlibFormat::Gzip);
        const Bytes two = coded(ContentCoding::Gzip, "one") + coded(ContentCoding::Gzip, "two");
        QCOMPARE(decompressed(*decoder, two), Bytes("onetwo"));
        QVERIFY(decoder->isComplete());
        QCOMPARE(decompressed(*decoder, "x"), Bytes());
        QCOMPARE(decoder->problem(), std::string("bytes follow behind its end"));
    }

    void zlibHasOneStream()
    {
        const auto decoder = makeZlibDecompressor(ZlibFormat::Zlib);
        QCOMPARE(decompressed(*decoder, coded(ContentCoding::Deflate, "one") + "\x1F"), Bytes("one"));
        QCOMPARE(decoder->problem(), std::string("bytes follow behind its end"));
    }

    void dataWithoutItsWrapper_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::newRow("text") << std::string("data: no wrapper\n\n");
        QTest::newRow("nothing") << std::string();
        QTest::newRow("a letter") << std::string("x");
    }
    void dataWithoutItsWrapper()
    {
        QFETCH(const std::string, text);
        const auto decoder = makeZlibDecompressor(ZlibFormat::Zlib);
        const Bytes raw = unwrapped(coded(ContentCoding::Deflate, text));
        Bytes plain;
        for (const Bytes &byte : byteByByte(raw))
            plain += decompressed(*decoder, byte, 1);
        QCOMPARE(plain, text);
        QVERIFY(decoder->isUnwrapped());
        QVERIFY(decoder->isComplete());
    }

    void problems_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<std::string>("problem");
        const auto row = [](const char *name, ZlibFormat format, std::string bytes, const char *problem) {
            QTest::newRow(name) << int(format) << std::move(bytes) << std::string(problem);
        };
        std::string checksum = coded(ContentCoding::Gzip, "data: x\n\n");
        checksum[checksum.size() - 8] ^= 1;
        row("not gzip", ZlibFormat::Gzip, "data: plain\n\n", "incorrect header check");
        row("checksum", ZlibFormat::Gzip, checksum, "incorrect data check");
        row("block type", ZlibFormat::Zlib, "\x78\x9C\x07", "invalid block type");
        row("dictionary", ZlibFormat::Zlib, std::string("\x78\xBB\0\0\0\1x", 7), "it needs a preset dictionary");
    }
    void problems()
    {
        QFETCH(const int, format);
        QFETCH(const std::string, bytes);
        const auto decoder = makeZlibDecompressor(ZlibFormat(format));
        (void)decompressed(*decoder, bytes);
        QTEST(decoder->problem(), "problem");
    }
};

PUSHSCOPE_TEST(ZlibCodingTest)
#include "zlibcodingtest.moc"
