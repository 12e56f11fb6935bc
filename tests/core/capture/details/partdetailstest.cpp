#include "core/capture/details/partdetails.h"

#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using test::CaptureBuilder;

class PartDetailsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesAPartApart()
    {
        CaptureBuilder builder;
        const PartDetails part = partOf(
            *builder.capture, builder.whole(RecordKind::StreamPart, "Content-Type: Image/PNG; x=y\r\nA: 1\r\n\r\nabc"));
        QCOMPARE(part.headers, (Headers{{"Content-Type", "Image/PNG; x=y"}, {"A", "1"}}));
        QCOMPARE(part.mediaType, std::string("image/png"));
        QCOMPARE(part.contentBegin, 38u);
    }

    void aPartWithoutATypeIsText()
    {
        CaptureBuilder builder;
        const PartDetails part = partOf(*builder.capture, builder.whole(RecordKind::StreamPart, "\r\nabc"));
        QVERIFY(part.headers.isEmpty());
        QCOMPARE(part.mediaType, std::string("text/plain"));
        QCOMPARE(part.contentBegin, 2u);
    }

    void anUnreadableTypeIsNone()
    {
        CaptureBuilder builder;
        QCOMPARE(partOf(*builder.capture, builder.whole(RecordKind::StreamPart, "Content-Type: what\n\nabc")).mediaType,
                 std::string());
    }
};

PUSHSCOPE_TEST(PartDetailsTest)
#include "partdetailstest.moc"
