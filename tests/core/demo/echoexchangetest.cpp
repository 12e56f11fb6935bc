#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QByteArray>
#include <QTest>

#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace pushscope;
using namespace std::string_literals;

class EchoExchangeTest : public QObject
{
    Q_OBJECT

private:
    static QByteArray maskedFrame(unsigned char firstByte, std::string_view payload)
    {
        QByteArray frame = shortFrame(firstByte, payload);
        frame[1] = static_cast<char>(frame[1] | 0x80);
        return frame.insert(2, QByteArray(4, '\0'));
    }
    std::unique_ptr<DemoRun> m_run;

private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<DemoRun>();
        QVERIFY(m_run->port() != 0);
    }

    void echoes_data()
    {
        QTest::addColumn<QByteArray>("sent"); // frames with an empty mask
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, std::vector<std::pair<unsigned char, std::string>> frames,
                            QByteArray expected = {}) {
            QByteArray sent;
            QByteArray same;
            for (const auto &[first, payload] : frames) {
                sent += maskedFrame(first, payload);
                same += shortFrame(first, payload);
            }
            QTest::newRow(name) << sent << (expected.isNull() ? same : expected);
        };
        row("text", {{0x81, "hello"}});
        row("binary", {{0x82, "\0\xFF"s}});
        row("empty", {{0x81, ""}});
        row("several", {{0x81, "a"}, {0x82, "b"}, {0x81, "c"}});
        row("fragments", {{0x01, "a"}, {0x00, ""}, {0x00, "bcd"}, {0x80, "e"}});
        row("ping", {{0x89, "payload"}}, shortFrame(0x8A, "payload"));
        row("ping between", {{0x01, "a"}, {0x89, "p"}, {0x80, "b"}},
            shortFrame(0x8A, "p") + shortFrame(0x01, "a") + shortFrame(0x80, "b"));
        row("close",
            {{0x88, "\x03\xE8"
                    "bye"s}},
            shortFrame(0x88, "\x03\xE8"s));
        row("nothing behind a close", {{0x88, ""}, {0x81, "late"}}, shortFrame(0x88, ""));
    }

    void echoes()
    {
        QFETCH(QByteArray, sent);
        QFETCH(QByteArray, expected);
        for (const bool byByte : {false, true}) {
            RawClient client(m_run->port());
            client.send(openingRequest(m_run->port(), "/ws/echo"));
            if (!byByte)
                client.send(sent.toStdString());
            else
                for (const char byte : sent)
                    client.send(Bytes(1, byte));
            const Bytes whole = openingAnswer() + expected.toStdString();
            client.readBytes(whole.size());
            QCOMPARE(client.received(), whole);
        }
    }

    void failsOnViolations_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<int>("code");
        QTest::newRow("unmasked") << shortFrame(0x81, "x") << 1002;
        QTest::newRow("reserved bit") << maskedFrame(0xC1, "x") << 1002;
        QTest::newRow("reserved opcode") << maskedFrame(0x83, "x") << 1002;
        QTest::newRow("lone continuation") << maskedFrame(0x80, "x") << 1002;
        QTest::newRow("bad UTF-8") << maskedFrame(0x81, "\xFF") << 1007;
        QTest::newRow("bad UTF-8, message unfinished") << maskedFrame(0x01, "\xC3\x28") << 1007;
        QTest::newRow("too large") << QByteArray("\x82\xFF\0\0\0\0\x04\0\0\x01\0\0\0\0", 14) << 1009;
    }

    void failsOnViolations()
    {
        QFETCH(QByteArray, sent);
        QFETCH(int, code);
        RawClient client(m_run->port());
        client.send(openingRequest(m_run->port(), "/ws/echo") + sent.toStdString());
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        const Bytes frames = client.received().substr(openingAnswer().size());
        QVERIFY(frames.size() >= 4 && frames[0] == '\x88');
        QCOMPARE((static_cast<unsigned char>(frames[2]) << 8) + static_cast<unsigned char>(frames[3]), code);
    }

    void takesNoMessageWithoutEnd()
    {
        RawClient client(m_run->port());
        Bytes fragments;
        for (int i = 0; i < 65'536; ++i)
            fragments += "\x00\x80\0\0\0\0"s;
        client.send(openingRequest(m_run->port(), "/ws/echo") + "\x01\x80\0\0\0\0"s + fragments);
        QVERIFY(client.readToEnd() == RawClient::End::Fin);
        QVERIFY(client.received().substr(openingAnswer().size()).starts_with("\x88\x30\x03\xF1"));
    }

    void doesNotReadFromWhoDoesNotRead()
    {
        RawClient client(m_run->port());
        client.send(openingRequest(m_run->port(), "/ws/echo"));
        QVERIFY(client.readUntil("\r\n\r\n"));
        // Binary messages of zeros: any number of bytes is a sequence of valid frames, if their length fits 64 KiB
        // blocks.
        client.send("\x82\xFF\0\0\0\0\x03\xFF\xFF\xF0"
                    "\0\0\0\0"s);
        client.send(Bytes(0x3FFFFF0, '\0'));
        client.send("\x82\xFF\0\0\0\0\x03\xFF\xFF\xF0"
                    "\0\0\0\0"s);
        QVERIFY(client.fillsUp(0x3FFFFF0));
    }
};

PUSHSCOPE_TEST(EchoExchangeTest)
#include "echoexchangetest.moc"
