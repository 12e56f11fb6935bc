#include "core/wire/coding/contentencoder.h"

#include "tests/core/wire/coding/codingreading.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

class ContentEncoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachCodingHasItsOwnBytes()
    {
        const Bytes text = "data: x\n\n";
        QCOMPARE(coded(ContentCoding::Gzip, text).substr(0, 3), Bytes("\x1F\x8B\x08"));
        QCOMPARE(coded(ContentCoding::Deflate, text).front(), '\x78');
        QCOMPARE(coded(ContentCoding::Zstd, text).substr(0, 4), Bytes("\x28\xB5\x2F\xFD"));
        QVERIFY(coded(ContentCoding::Brotli, text) != text);
    }

    void stackedCodings()
    {
        const std::vector<ContentCoding> codings{ContentCoding::Gzip, ContentCoding::Brotli};
        const Bytes outer = coded(codings, {"data: x\n\n"});
        QCOMPARE(readCoded({ContentCoding::Brotli}, {outer}).plain, coded(ContentCoding::Gzip, "data: x\n\n"));
    }
};

PUSHSCOPE_TEST(ContentEncoderTest)
#include "contentencodertest.moc"
