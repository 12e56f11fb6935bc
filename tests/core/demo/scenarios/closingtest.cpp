#include "tests/core/demo/scenarios/scenariotest.h"
#include "tests/support/testmain.h"

using namespace pushscope;
using namespace std::string_literals;

class ClosingScenariosTest : public ScenarioTest
{
    Q_OBJECT

private Q_SLOTS:
    void sendsFrames_data()
    {
        addFrameColumns();
        QTest::newRow("close-code?interval=0")
            << QByteArray("close-code?interval=0")
            << shortFrame(0x81, "a close frame follows"s) + shortFrame(0x88, "\x03\xE8"
                                                                             "going away, as asked"s);
        QTest::newRow("close-code?interval=0&code=4999&reason=%E2%82%AC")
            << QByteArray("close-code?interval=0&code=4999&reason=%E2%82%AC")
            << shortFrame(0x81, "a close frame follows"s) + shortFrame(0x88, "\x13\x87\xE2\x82\xAC"s);
        QTest::newRow("close-code?interval=0&code=0")
            << QByteArray("close-code?interval=0&code=0")
            << shortFrame(0x81, "a close frame follows"s) + shortFrame(0x88, ""s);
        QTest::newRow("half-close") << QByteArray("half-close")
                                    << shortFrame(0x81, "the server's side ends now, yours is still read"s);
    }

    void sendsFrames() { compareFrames(); }

    void endsWhenTheCloseIsAnswered()
    {
        RawClient client(run().port());
        client.send(openingRequest(run().port(), "/ws/scenario/close-code?interval=0&code=0"));
        QVERIFY(client.readUntil("\x88\0"s));
        QVERIFY(client.end() == RawClient::End::Open);
        client.send("\x88\x80"
                    "\0\0\0\0"s);
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
    }

    void endsWithoutAFrame()
    {
        for (const auto &[how, end] :
             {std::pair{"fin", RawClient::End::Fin}, std::pair{"reset", RawClient::End::Reset}}) {
            RawClient client(run().port());
            client.send(openingRequest(run().port(), "/ws/scenario/close-without-frame?interval=0&end="s + how));
            QVERIFY(client.readToEnd() == end);
            QVERIFY(client.received().ends_with("without a close frame"));
        }
    }

    void readsOnBehindItsOwnFin()
    {
        RawClient client(run().port());
        client.send(openingRequest(run().port(), "/ws/scenario/half-close?interval=60000"));
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        client.send(Bytes(1000, 'x')); // a closed socket would answer with RST
        client.sendFin();
    }
};

PUSHSCOPE_TEST(ClosingScenariosTest)
#include "closingtest.moc"
