#include "core/engine/http1outbound.h"

#include "core/engine/exchange.h"
#include "tests/core/engine/recording.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

class Http1OutboundTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void recordsARequestWithItsBody();
};

namespace {

struct Fixture
{
    void write(ByteView bytes) { outbound.take(recording.transfer(bytes, Direction::Out)); }

    Recording recording;
    Exchange exchange{recording.recorder, {}, {}};
    Http1Outbound outbound{exchange};
};

} // namespace

void Http1OutboundTest::recordsARequestWithItsBody()
{
    Fixture fixture;
    fixture.outbound.expectRequest(4);
    fixture.write("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody");
    QCOMPARE(fixture.recording.text(),
             std::string("2 http.request POST /x host=a Content-Length=4\n3 http.body \"body\"\n"));
    QCOMPARE(fixture.exchange.requestRecord(), Seq(2));
    QCOMPARE(fixture.recording.writer.record(Seq(2)).direction, Direction::Out);
    QCOMPARE(decodeFacts<RequestFacts>(fixture.recording.capture->derived(Seq(2))).bodyBytes, 4u);
}

PUSHSCOPE_TEST(Http1OutboundTest)
#include "http1outboundtest.moc"
