#include "tests/core/demo/http2client.h"
#include "tests/core/demo/scenarios/scenariotest.h"
#include "tests/support/testmain.h"

using namespace pushscope;
using namespace std::string_literals;

class MessageScenariosTest : public ScenarioTest
{
    Q_OBJECT

private Q_SLOTS:
    void sendsFrames_data()
    {
        addFrameColumns();
        QTest::newRow("fragments-with-pings?interval=0")
            << QByteArray("fragments-with-pings?interval=0")
            << shortFrame(0x1, "one message "s) + shortFrame(0x89, "between the first"s) +
                   shortFrame(0x0, "in three "s) + shortFrame(0x89, "and the last"s) + shortFrame(0x80, "fragments"s) +
                   shortFrame(0x88, "\x03\xE8"
                                    "done"s);
        QTest::newRow("ping-payload?size=30")
            << QByteArray("ping-payload?size=30") << shortFrame(0x89, "abcdefghijklmnopqrstuvwxyzabcd"s);
        QTest::newRow("ping-payload?size=0") << QByteArray("ping-payload?size=0") << shortFrame(0x89, ""s);
        QTest::newRow("pings-unanswered?interval=60000")
            << QByteArray("pings-unanswered?interval=60000") << shortFrame(0x81, "your pings get no pong here"s);
        QTest::newRow("large-message?size=126") << QByteArray("large-message?size=126")
                                                << QByteArray("\x81\x7E\x00\x7E", 4) + QByteArray(126, 'x') +
                                                       shortFrame(0x88, "\x03\xE8"
                                                                        "done"s);
        QTest::newRow("slow-reader") << QByteArray("slow-reader") << shortFrame(0x81, "send more than I read"s);
        QTest::newRow("subprotocol?answer=none") << QByteArray("subprotocol?answer=none")
                                                 << shortFrame(0x81, "no subprotocol"s) + shortFrame(0x88, "\x03\xE8"
                                                                                                           "done"s);
        QTest::newRow("subprotocol?answer=chosen") << QByteArray("subprotocol?answer=chosen")
                                                   << shortFrame(0x81, "no subprotocol"s) + shortFrame(0x88, "\x03\xE8"
                                                                                                             "done"s);
        QTest::newRow("subprotocol?answer=wrong")
            << QByteArray("subprotocol?answer=wrong")
            << shortFrame(0x81, "the subprotocol is never-offered.example"s) + shortFrame(0x88, "\x03\xE8"
                                                                                                "done"s);
    }

    void sendsFrames() { compareFrames(); }

    void goesOnBehindThePong()
    {
        RawClient client(run().port());
        client.send(openingRequest(run().port(), "/ws/scenario/ping-payload?size=2"));
        QVERIFY(client.readUntil("\x89\x02"
                                 "ab"s));
        client.send("\x8A\x82"
                    "\0\0\0\0"
                    "ab"s); // a mask of zeros changes nothing
        QVERIFY(client.readUntil("the pong is here"));
    }

    void answersNoPing()
    {
        RawClient client(run().port());
        client.send(openingRequest(run().port(), "/ws/scenario/pings-unanswered?interval=60000"));
        client.send("\x89\x80"
                    "\0\0\0\0"
                    "\x88\x80"
                    "\0\0\0\0"s);
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        QVERIFY(client.received().ends_with("no pong here\x88\0"s)); // the close is answered, the ping is not
    }

    void sendsALargeMessageAsItIsRead()
    {
        RawClient client(run().port());
        client.send(openingRequest(run().port(), "/ws/scenario/large-message"));
        constexpr std::size_t size = 16 * 1024 * 1024;
        const Bytes head = openingAnswer() + "\x81\x7F\0\0\0\0\x01\0\0\0"s;
        QVERIFY(client.readBytes(head.size() + size + 8));
        QVERIFY(client.received().starts_with(head));
        QVERIFY(client.received().find_first_not_of('x', head.size()) == head.size() + size);
        QVERIFY(client.received().ends_with("\x88\x06\x03\xE8"
                                            "done"));
    }

    void readsSlowly()
    {
        RawClient client(run().port());
        client.send(openingRequest(run().port(), "/ws/scenario/slow-reader?rate=1"));
        QVERIFY(client.readUntil("send more"));
        client.send("\x82\xFF\0\0\0\0\x04\0\0\0"
                    "\0\0\0\0"s); // 64 MiB to come
        QVERIFY(client.fillsUp(64 * 1024 * 1024));
    }

    void choosesTheFirstSubprotocol()
    {
        RawClient client(run().port());
        client.send(openingRequest(run().port(), "/ws/scenario/subprotocol", "Sec-WebSocket-Protocol: one, two\r\n"));
        QVERIFY(client.readUntil("the subprotocol is one"));
        QVERIFY(client.received().find("Sec-WebSocket-Protocol: one\r\n") != Bytes::npos);
    }

    void refusesExtendedConnect_data()
    {
        QTest::addColumn<QByteArray>("how");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("status") << QByteArray("501") << QByteArray("501 end");
        QTest::newRow("refused") << QByteArray("refused") << QByteArray("cut REFUSED_STREAM");
        QTest::newRow("HTTP/1.1") << QByteArray("http11") << QByteArray("cut HTTP_1_1_REQUIRED");
    }

    void refusesExtendedConnect()
    {
        QFETCH(QByteArray, how);
        QFETCH(QByteArray, answer);
        const std::string target = "/ws/scenario/no-extended-connect?how=" + how.toStdString();
        Http2Client client(run().port());
        const StreamId stream = client.openWebSocket(target);
        QVERIFY(client.readToEnd(stream));
        QCOMPARE(client.answer(stream).text(), answer);
        QVERIFY(run().frames(target, 2).startsWith("\x81\x28over HTTP/1.1"));
    }
};

PUSHSCOPE_TEST(MessageScenariosTest)
#include "messagestest.moc"
