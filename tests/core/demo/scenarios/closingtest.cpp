#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <memory>

using namespace pushscope;
using namespace std::string_literals;

class ClosingScenariosTest : public QObject
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

    void sendsFrames_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("frames");
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

    void sendsFrames()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, frames);
        QCOMPARE(m_run->frames("/ws/scenario/" + target.toStdString(), frames.size()).toHex(' '), frames.toHex(' '));
    }

    void endsWhenTheCloseIsAnswered()
    {
        RawClient client(m_run->port());
        client.send(openingRequest(m_run->port(), "/ws/scenario/close-code?interval=0&code=0"));
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
            RawClient client(m_run->port());
            client.send(openingRequest(m_run->port(), "/ws/scenario/close-without-frame?interval=0&end="s + how));
            QVERIFY(client.readToEnd() == end);
            QVERIFY(client.received().ends_with("without a close frame"));
        }
    }

    void readsOnBehindItsOwnFin()
    {
        RawClient client(m_run->port());
        client.send(openingRequest(m_run->port(), "/ws/scenario/half-close?interval=60000"));
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        client.send(Bytes(1000, 'x')); // a closed socket would answer with RST
        client.sendFin();
    }
};

PUSHSCOPE_TEST(ClosingScenariosTest)
#include "closingtest.moc"
