#include "core/wire/coding/brotlicoding.h"

#include "tests/core/wire/coding/codingreading.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

class BrotliCodingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void flushedEventsAreOutAtOnce()
    {
        const auto encoder = makeBrotliEncoder();
        const auto decoder = makeBrotliDecompressor();
        for (const Bytes &event : someEvents(50)) {
            QCOMPARE(decompressed(*decoder, encoder->encode(event, ContentEncoder::Flush::Sync)), event);
            QVERIFY(!decoder->isComplete());
        }
        QVERIFY(decoder->holdsContent());
        QCOMPARE(decompressed(*decoder, encoder->encode({}, ContentEncoder::Flush::End)), Bytes());
        QVERIFY(decoder->isComplete());
        QVERIFY(!decoder->holdsContent());
    }

    void nothingFollowsItsEnd()
    {
        const auto decoder = makeBrotliDecompressor();
        QCOMPARE(decompressed(*decoder, coded(ContentCoding::Brotli, "one") + "more"), Bytes("one"));
        QCOMPARE(decoder->problem(), std::string("bytes follow behind its end"));
    }

    void whatCameBeforeAWrongByteStays()
    {
        const auto encoder = makeBrotliEncoder();
        Bytes flushed;
        for (const Bytes &event : someEvents(20))
            flushed += encoder->encode(event, ContentEncoder::Flush::Sync);
        const auto decoder = makeBrotliDecompressor();
        const Bytes plain = decompressed(*decoder, flushed + Bytes(40, '\xFF'));
        QVERIFY2(!decoder->problem().empty(), decoder->problem().c_str());
        QVERIFY(joined(someEvents(20)).starts_with(plain));
        QVERIFY(plain.size() >= joined(someEvents(19)).size());
    }
};

PUSHSCOPE_TEST(BrotliCodingTest)
#include "brotlicodingtest.moc"
