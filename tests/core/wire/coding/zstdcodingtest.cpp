#include "core/wire/coding/zstdcoding.h"

#include "tests/core/wire/coding/codingreading.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

class ZstdCodingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void flushedEventsAreOutAtOnce()
    {
        const auto encoder = makeZstdEncoder();
        const auto decoder = makeZstdDecompressor();
        for (const Bytes &event : someEvents(50)) {
            QCOMPARE(decompressed(*decoder, encoder->encode(event, ContentEncoder::Flush::Sync)), event);
            QVERIFY(!decoder->isComplete());
            QVERIFY(!decoder->holdsContent());
        }
        QCOMPARE(decompressed(*decoder, encoder->encode({}, ContentEncoder::Flush::End)), Bytes());
        QVERIFY(decoder->isComplete());
    }

    void aBlockIsHeldUntilItIsWhole()
    {
        const auto decoder = makeZstdDecompressor();
        const Bytes frame = coded(ContentCoding::Zstd, joined(someEvents(2000)));
        QCOMPARE(decompressed(*decoder, frame.substr(0, 9)), Bytes()); // the header
        QVERIFY(!decoder->holdsContent());
        QCOMPARE(decompressed(*decoder, frame.substr(9, 1000)), Bytes());
        QVERIFY(decoder->holdsContent());
        QCOMPARE(decompressed(*decoder, frame.substr(1009)), joined(someEvents(2000)));
        QVERIFY(!decoder->holdsContent());
        QVERIFY(decoder->isComplete());
    }

    void framesFollowOneAnother()
    {
        const auto decoder = makeZstdDecompressor();
        const Bytes skippable("\x50\x2A\x4D\x18\x03\0\0\0abc", 11); // RFC 8878 section 3.1.2
        const Bytes frames = coded(ContentCoding::Zstd, "one") + skippable + coded(ContentCoding::Zstd, "two");
        QCOMPARE(decompressed(*decoder, frames, 2), Bytes("onetwo"));
        QVERIFY(decoder->isComplete());
        QCOMPARE(decompressed(*decoder, "no frame"), Bytes());
        QCOMPARE(decoder->problem(), std::string("the decoder says \"Unknown frame descriptor\""));
    }

    /// RFC 9659: a window of 16 MiB (the descriptor's exponent is 14).
    void windowsAreBounded()
    {
        const auto decoder = makeZstdDecompressor();
        QCOMPARE(decompressed(*decoder, Bytes("\x28\xB5\x2F\xFD\x00\x70\x01\x00\x00", 9)), Bytes());
        QCOMPARE(decoder->problem(), std::string("its window is larger than the 8 MiB of RFC 9659"));
    }

    void blocksBeforeAWrongOneStay()
    {
        const auto encoder = makeZstdEncoder();
        const Bytes good = encoder->encode("data: good\n\n", ContentEncoder::Flush::Sync);
        const auto decoder = makeZstdDecompressor();
        QCOMPARE(decompressed(*decoder, good + Bytes(40, '\xFF')), Bytes("data: good\n\n"));
        QVERIFY(!decoder->problem().empty());
    }
};

PUSHSCOPE_TEST(ZstdCodingTest)
#include "zstdcodingtest.moc"
