#include "core/engine/outmirror.h"

#include "core/wire/ws/wsframeencoder.h"
#include "tests/core/engine/recording.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::test;

class OutMirrorTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void recordsARequestWithItsBody();
    void recordsFramesAfterTheUpgrade();
    void recordsIllegalFramesAsTheyAre();
    void notesPings();
    void recordsAMessageThatWasNeverFinished();
};

namespace {

constexpr ByteView Upgrade = "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

struct Fixture
{
    void write(ByteView bytes) { mirror.take(recording.transfer(bytes, Direction::Out)); }
    void upgrade()
    {
        write(Upgrade);
        mirror.becomeWebSocket(controls);
    }

    Recording recording;
    OutMirror mirror{recording.recorder, Limits()};
    ControlLedger controls;
};

Bytes masked(WsFrameSpec spec)
{
    spec.maskingKey = {1, 2, 3, 4};
    return encodeWsFrame(spec);
}

} // namespace

void OutMirrorTest::recordsARequestWithItsBody()
{
    Fixture fixture;
    fixture.mirror.expectRequest(4);
    fixture.write("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody");
    QCOMPARE(fixture.recording.text(),
             std::string("2 http.request POST /x host=a Content-Length=4\n3 http.body \"body\"\n"));
    QCOMPARE(fixture.mirror.requestRecord(), Seq(2));
    QCOMPARE(fixture.recording.writer.record(Seq(2)).direction, Direction::Out);
    QCOMPARE(decodeFacts<RequestFacts>(fixture.recording.capture->derived(Seq(2))).bodyBytes, 4u);
}

void OutMirrorTest::recordsFramesAfterTheUpgrade()
{
    Fixture fixture;
    fixture.upgrade();
    WsFrameSpec text;
    text.payload = "hi";
    const Bytes bytes = masked(text);
    fixture.write(bytes + bytes.substr(0, 3));
    fixture.write(bytes.substr(3));
    QCOMPARE(fixture.recording.text(), std::string("2 http.request GET / host=a\n"
                                                   "4 ws.frame out \"\\x81\\x82\\x01\\x02\\x03\\x04ik\" by 3\n"
                                                   "5 ws.text out \"\\x81\\x82\\x01\\x02\\x03\\x04ik\" by 4\n"
                                                   "7 ws.frame out \"\\x81\\x82\\x01\\x02\\x03\\x04ik\" by 3..6\n"
                                                   "8 ws.text out \"\\x81\\x82\\x01\\x02\\x03\\x04ik\" by 7\n"));
    QVERIFY(fixture.recording.writer.record(Seq(5)).has(RecordFlag::Masked));
}

void OutMirrorTest::recordsIllegalFramesAsTheyAre()
{
    Fixture fixture;
    fixture.upgrade();
    WsFrameSpec spec;
    spec.rsv = 7;
    spec.opcode = static_cast<WsOpcode>(11);
    fixture.write(encodeWsFrame(spec));
    QCOMPARE(fixture.recording.text(), std::string("2 http.request GET / host=a\n"
                                                   "4 ws.frame out \"\\xfb\\x00\" by 3\n"
                                                   "5 finding out ws.reserved-bits of 4 at 0+1 7\n"
                                                   "6 finding out ws.reserved-opcode of 4 at 0+1 11\n"
                                                   "7 finding out ws.unmasked-by-client of 4 at 1+1 0\n"));
}

void OutMirrorTest::notesPings()
{
    Fixture fixture;
    fixture.upgrade();
    WsFrameSpec ping;
    ping.opcode = WsOpcode::Ping;
    ping.payload = "p";
    fixture.write(masked(ping));
    QCOMPARE(fixture.controls.takePong("p"), Seq(5));
    QCOMPARE(fixture.controls.takePong("p"), Seq());
}

void OutMirrorTest::recordsAMessageThatWasNeverFinished()
{
    Fixture fixture;
    fixture.upgrade();
    WsFrameSpec text;
    text.fin = false;
    text.payload = "hi";
    fixture.write(masked(text));
    fixture.mirror.finish();
    QVERIFY(fixture.recording.text().ends_with("ws.text out \"\\x01\\x82\\x01\\x02\\x03\\x04ik\" by 4 cut\n"));
}

PUSHSCOPE_TEST(OutMirrorTest)
#include "outmirrortest.moc"
