#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QByteArray>
#include <QTest>

#include <memory>
#include <string>

using namespace pushscope;
using namespace std::string_literals;

class ChatExchangeTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<DemoRun> m_run;

private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<DemoRun>();
        QVERIFY(m_run->port() != 0);
    }

    void saysToEveryoneInTheRoom()
    {
        RawClient one(m_run->port());
        RawClient two(m_run->port());
        RawClient elsewhere(m_run->port());
        one.send(openingRequest(m_run->port(), "/ws/chat?room=r"));
        two.send(openingRequest(m_run->port(), "/ws/chat?room=r"));
        elsewhere.send(openingRequest(m_run->port(), "/ws/chat"));
        for (RawClient *client : {&one, &two, &elsewhere})
            QVERIFY(client->readUntil("\r\n\r\n"));
        // Fragments come out as one frame; a mask of zeros changes nothing.
        one.send("\x01\x82\0\0\0\0he\x80\x81\0\0\0\0y"s);
        QVERIFY(one.readUntil("\x81\x03hey"));
        QVERIFY(two.readUntil("\x81\x03hey"));
        elsewhere.send("\x82\x82\0\0\0\0me"s);
        QVERIFY(elsewhere.readUntil("\x82\x02me"));
        QCOMPARE(elsewhere.received(), openingAnswer() + "\x82\x02me");
    }

    void closesOnWhoIsTooSlow()
    {
        RawClient speaker(m_run->port());
        RawClient slow(m_run->port());
        speaker.send(openingRequest(m_run->port(), "/ws/chat?room=slow"));
        slow.send(openingRequest(m_run->port(), "/ws/chat?room=slow"));
        QVERIFY(slow.readUntil("\r\n\r\n"));
        QVERIFY(speaker.readUntil("\r\n\r\n"));
        const Bytes message = "\x82\xFF\0\0\0\0\0\x10\0\0"
                              "\0\0\0\0"s +
                              Bytes(1024 * 1024, '\0');
        for (std::size_t sent = 1; sent <= 40; ++sent) {
            speaker.send(message);
            QVERIFY(speaker.readBytes(openingAnswer().size() + sent * (message.size() - 4)));
        }
        QVERIFY(slow.readUntil("too slow a reader"));
    }
};

PUSHSCOPE_TEST(ChatExchangeTest)
#include "chatexchangetest.moc"
