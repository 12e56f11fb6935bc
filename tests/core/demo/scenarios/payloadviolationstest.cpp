#include "tests/core/demo/scenarios/scenariotest.h"
#include "tests/support/testmain.h"

using namespace pushscope;
using namespace std::string_literals;

class PayloadViolationsTest : public ScenarioTest
{
    Q_OBJECT

private Q_SLOTS:
    void sendsFrames_data()
    {
        addFrameColumns();
        QTest::newRow("bad-utf8") << QByteArray("bad-utf8")
                                  << shortFrame(0x81, "before"s) + shortFrame(0x81, "good until \xC3\x28 here"s) +
                                         shortFrame(0x81, "after"s);
        QTest::newRow("bad-utf8-fragment?interval=0")
            << QByteArray("bad-utf8-fragment?interval=0")
            << shortFrame(0x81, "before"s) + shortFrame(0x01, "cut here: \xE2\x82"s) +
                   shortFrame(0x00, "\x28 and wrong here"s) + shortFrame(0x80, "too late"s);
        QTest::newRow("bad-utf8-reason") << QByteArray("bad-utf8-reason")
                                         << shortFrame(0x81, "before"s) + shortFrame(0x88, "\x03\xE8wrong: \xFF"s);
        QTest::newRow("bad-close-code") << QByteArray("bad-close-code")
                                        << shortFrame(0x81, "before"s) + shortFrame(0x88, "\x03\xEDnot allowed"s);
        QTest::newRow("bad-close-code?code=1") << QByteArray("bad-close-code?code=1")
                                               << shortFrame(0x81, "before"s) + shortFrame(0x88, "\0\x01not allowed"s);
        QTest::newRow("one-byte-close") << QByteArray("one-byte-close")
                                        << shortFrame(0x81, "before"s) + shortFrame(0x88, "\x03"s);
    }

    void sendsFrames() { compareFrames(); }

    void waitsForTheClientToFail()
    {
        RawClient client(run().port());
        client.send(openingRequest(run().port(), "/ws/scenario/bad-utf8"));
        QVERIFY(client.readUntil("after"));
        QVERIFY(client.end() == RawClient::End::Open);
        client.send("\x88\x82\0\0\0\0\x03\xEF"s); // 1007
        QVERIFY(client.readUntil("\x88\x02\x03\xEF"));
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
    }
};

PUSHSCOPE_TEST(PayloadViolationsTest)
#include "payloadviolationstest.moc"
