#include "tests/e2e/program.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketServer>

#include <csignal>
#include <memory>
#include <vector>

using namespace pushscope::test;

namespace {
QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ');
}

/// "out ws.text a" and so on, of the messages layer.
QStringList summary(Program &program)
{
    QStringList lines;
    for (const QJsonObject &each : program.records(QStringLiteral("messages")))
        lines += each[QStringLiteral("dir")].toString() + u' ' + each[QStringLiteral("kind")].toString() + u' ' +
                 each[QStringLiteral("data")].toString();
    return lines;
}
} // namespace

/// Talking back: against the demo server's echo, and Qt's WebSockets for what is not an echo.
class RecordWebSocketTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_demo = std::make_unique<DemoProgram>();
        QVERIFY2(m_demo->isListening(), m_demo->errors().constData());
    }

    void sendsInTheOrderGiven()
    {
        Program program(QStringList{QStringLiteral("record"), echo()} +
                        words("--send a --send-binary 00ff --ping p --send b --count 8"));
        QCOMPARE(program.exitCode(), 0);
        QStringList sent;
        for (const QString &line : summary(program)) {
            if (line.startsWith(QStringLiteral("out ")))
                sent += line.mid(4);
        }
        QCOMPARE(sent, QStringList({QStringLiteral("ws.text a"), QStringLiteral("ws.binary AP8="),
                                    QStringLiteral("ws.ping cA=="), QStringLiteral("ws.text b")}));
        QCOMPARE(program.records(QStringLiteral("messages")).size(), 8);
        QVERIFY(program.records(QStringLiteral("ws.pong")).first()[QStringLiteral("rtt_ms")].toDouble() > 0);
    }

    /// RFC 8441: nothing that is said differs.
    void saysTheSameOverHttp2()
    {
        QStringList said[2];
        for (const bool isHttp2 : {false, true}) {
            Program program(QStringList{QStringLiteral("record"), echo(), QStringLiteral("--http"),
                                        isHttp2 ? QStringLiteral("2") : QStringLiteral("1.1")} +
                            words("--send-stdin --send a --send-binary 00ff --ping p --close 1001:bye --for 1.5"));
            program.process().write("b\nc");
            program.process().closeWriteChannel();
            QCOMPARE(program.exitCode(), 0);
            QCOMPARE(program.errors(), QByteArray());
            said[isHttp2] = summary(program);
            said[isHttp2].sort(); // an answer may come before what is sent next
            const QJsonObject close = program.records(QStringLiteral("ws.close")).last();
            QCOMPARE(close[QStringLiteral("code")].toInt(), 1001);
            QVERIFY(close[QStringLiteral("clean")].toBool());
        }
        QCOMPARE(said[0].size(), 12);
        QCOMPARE(said[1], said[0]);
    }

    /// Far more than all windows hold goes out at once, and the echo takes no more of it until it is read.
    void muchIsSentAtOnceToAnEchoOverHttp2()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("much")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(6 * 1024 * 1024, 'x'));
        file.close();
        Program program(QStringList{QStringLiteral("record"), echo(), QStringLiteral("--send-file"), file.fileName(),
                                    QStringLiteral("--send-file"), file.fileName(), QStringLiteral("--send-file"),
                                    file.fileName()} +
                        words("--http 2 --out none --stats --for 40 --count 6"));
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(program.statistics()[QStringLiteral("messages")].toInt(), 6);
    }

    void eachOfSeveralStreamsSends()
    {
        Program program(QStringList{QStringLiteral("record"), echo()} +
                        words("--streams 3 --send hello --count 6 --layers messages"));
        QCOMPARE(program.exitCode(), 0);
        QMap<int, QStringList> said;
        for (const QJsonObject &each : program.records(QStringLiteral("ws.text")))
            said[each[QStringLiteral("session")].toInt()] += each[QStringLiteral("dir")].toString();
        QCOMPARE(said.size(), 3);
        for (const QStringList &directions : said)
            QCOMPARE(directions, QStringList({QStringLiteral("out"), QStringLiteral("in")}));
    }

    void sendsTheLinesOfStandardInputAsTheyCome()
    {
        Program program({QStringLiteral("record"), QStringLiteral("--send-stdin"), echo()});
        program.process().write("first\nsec");
        QVERIFY(program.waitForOutput("\"in\",\"wire\"") || program.waitForOutput("first"));
        program.process().write("ond\nlast without end");
        program.process().closeWriteChannel();
        QTRY_VERIFY_WITH_TIMEOUT(program.output().count("last without end") == 2, 30'000);
        QCOMPARE(program.process().state(), QProcess::Running); // the end of standard input is not the recording's
        program.interrupt(SIGINT);
        QCOMPARE(program.exitCode(), 130);
        const QStringList lines = summary(program);
        for (const char *text : {"first", "second", "last without end"}) {
            QVERIFY(lines.contains(QStringLiteral("out ws.text ") + QLatin1String(text)));
            QVERIFY(lines.contains(QStringLiteral("in ws.text ") + QLatin1String(text)));
        }
    }

    /// An echo that is read as slowly as it is written: much more goes out than fits between the two, and none of it
    /// waits in our memory.
    void manyLinesComeBackFromAnEcho()
    {
        constexpr int lines = 60'000;
        Program program(QStringList{QStringLiteral("record"), QStringLiteral("--send-stdin"), echo()} +
                        words("--out none --stats --for 40 --count") + QStringList{QString::number(2 * lines)});
        const QByteArray line = QByteArray(1000, 'x') + '\n';
        for (int i = 0; i < lines; ++i)
            program.process().write(line);
        program.process().closeWriteChannel();
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(program.statistics()[QStringLiteral("messages")].toInt(), 2 * lines);
    }

    void aLineWithoutEndIsWrongUsage()
    {
        Program program({QStringLiteral("record"), QStringLiteral("--send-stdin"), echo()});
        program.process().write("short\n" + QByteArray(17 * 1024 * 1024, 'x'));
        QCOMPARE(program.exitCode(), 2);
        QCOMPARE(program.errors(), QByteArray("pushscope: usage: --send-stdin: line 2 is longer than 16 MiB\n"));
        QVERIFY(summary(program).contains(QStringLiteral("out ws.text short")));
    }

    /// Exactly so many messages, though a whole closing handshake follows them.
    void aCountEndsWithTheClosingHandshakeUnwritten()
    {
        QWebSocketServer server(QStringLiteral("peer"), QWebSocketServer::NonSecureMode);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        Program program(QStringList{QStringLiteral("record"), server.serverUrl().toString()} +
                        words("--send one --send two --send three --count 2 --stats"));
        QTRY_VERIFY_WITH_TIMEOUT(server.hasPendingConnections(), 30'000);
        const std::unique_ptr<QWebSocket> socket(server.nextPendingConnection());
        QTRY_COMPARE_WITH_TIMEOUT(program.process().state(), QProcess::NotRunning, 30'000);
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(summary(program), QStringList({QStringLiteral("out ws.text one"), QStringLiteral("out ws.text two")}));
        QCOMPARE(program.statistics()[QStringLiteral("messages")].toInt(), 2);
        QCOMPARE(program.records(QStringLiteral("end")).first()[QStringLiteral("verdict")].toString(),
                 QStringLiteral("clean"));
        QCOMPARE(socket->closeCode(), QWebSocketProtocol::CloseCodeNormal);
    }

    void repeatsWhatItSends()
    {
        Program program(QStringList{QStringLiteral("record"), echo()} + words("--send again --every 20 --count 10"));
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(summary(program).count(QStringLiteral("in ws.text again")), 5);
    }

    /// Each connection is one connection's worth of sending, however many came before it.
    void repeatsOncePerTickAfterReconnects()
    {
        QWebSocketServer server(QStringLiteral("peer"), QWebSocketServer::NonSecureMode);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        std::vector<std::unique_ptr<QWebSocket>> sockets;
        connect(&server, &QWebSocketServer::newConnection, this, [&] {
            QWebSocket *socket = sockets.emplace_back(server.nextPendingConnection()).get();
            connect(socket, &QWebSocket::textMessageReceived, socket, [socket, seen = 0]() mutable {
                if (++seen == 2)
                    socket->close();
            });
        });
        Program program(QStringList{QStringLiteral("record"), server.serverUrl().toString()} +
                        words("--reconnect-websocket --retry 20 --send again --every 500 --max-reconnects 2"));
        QTRY_COMPARE_WITH_TIMEOUT(program.process().state(), QProcess::NotRunning, 30'000);
        QMap<int, int> sent; // by connection
        for (const QJsonObject &each : program.records(QStringLiteral("ws.text")))
            ++sent[each[QStringLiteral("connection")].toInt()];
        QCOMPARE(sent, (QMap<int, int>{{1, 2}, {2, 2}, {3, 2}}));
    }

    void linesWaitWhileNothingIsOpen()
    {
        QWebSocketServer server(QStringLiteral("peer"), QWebSocketServer::NonSecureMode);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        std::vector<std::unique_ptr<QWebSocket>> sockets;
        QStringList received;
        connect(&server, &QWebSocketServer::newConnection, this, [&] {
            QWebSocket *socket = sockets.emplace_back(server.nextPendingConnection()).get();
            connect(socket, &QWebSocket::textMessageReceived, this, [&](const QString &text) { received += text; });
            if (sockets.size() == 1)
                socket->close();
        });
        Program program(QStringList{QStringLiteral("record"), server.serverUrl().toString()} +
                        words("--reconnect-websocket --retry 500 --send-stdin"));
        QTRY_VERIFY_WITH_TIMEOUT(program.errors().contains("the next in"), 30'000);
        program.process().write("first\nsecond\n");
        QTRY_COMPARE_WITH_TIMEOUT(received, QStringList({QStringLiteral("first"), QStringLiteral("second")}), 30'000);
        program.interrupt(SIGINT);
        QTRY_COMPARE_WITH_TIMEOUT(program.process().state(), QProcess::NotRunning, 30'000);
        QVERIFY(program.records(QStringLiteral("error")).isEmpty());
    }

    void endsAtALineThatIsNoText()
    {
        Program program({QStringLiteral("record"), echo(), QStringLiteral("--send-stdin")});
        QVERIFY(program.waitForOutput("\"open\""));
        program.process().write("ok\nl\xFF\nnever\n");
        QCOMPARE(program.exitCode(), 2);
        QVERIFY2(program.errors().contains("--send-stdin: line 2 is not UTF-8"), program.errors().constData());
        QVERIFY(!program.output().contains("never"));
    }

    /// A peer that takes its time with the close frame is sent nothing behind ours.
    void sendsNothingBehindItsCloseFrame()
    {
        Program program(QStringList{QStringLiteral("record"),
                                    m_demo->address(QStringLiteral("ws"), QStringLiteral("/ws/ticks?interval=1"))} +
                        words("--send again --every 1 --for 0.5"));
        QCOMPARE(program.exitCode(), 0);
        QVERIFY(program.records(QStringLiteral("error")).isEmpty());
        const auto closes = program.records(QStringLiteral("ws.close"));
        QVERIFY(!closes.isEmpty());
        for (const QJsonObject &each : program.records(QStringLiteral("ws.text")))
            QVERIFY(each[QStringLiteral("dir")] != QLatin1String("out") ||
                    each[QStringLiteral("seq")].toInteger() < closes.first()[QStringLiteral("seq")].toInteger());
    }

    void closesWithItsCodeAtTheEnd()
    {
        QWebSocketServer server(QStringLiteral("peer"), QWebSocketServer::NonSecureMode);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        Program program(QStringList{QStringLiteral("record"), server.serverUrl().toString()} +
                        words("--close 4001:done --send hello --for 0.5"));
        QTRY_VERIFY_WITH_TIMEOUT(server.hasPendingConnections(), 30'000);
        const std::unique_ptr<QWebSocket> socket(server.nextPendingConnection());
        QTRY_COMPARE_WITH_TIMEOUT(program.process().state(), QProcess::NotRunning, 30'000);
        QCOMPARE(program.exitCode(), 0);
        QCOMPARE(static_cast<int>(socket->closeCode()), 4001); // no value of Qt's enumeration
        QCOMPARE(socket->closeReason(), QStringLiteral("done"));
        QCOMPARE(program.records(QStringLiteral("ws.close")).first()[QStringLiteral("code")].toInt(), 4001);
    }

    void aSignalClosesTheWebSocketCleanly()
    {
        Program program({QStringLiteral("record"), echo(), QStringLiteral("--send"), QStringLiteral("x")});
        QVERIFY(program.waitForOutput("\"in\""));
        program.interrupt(SIGINT);
        QCOMPARE(program.exitCode(), 130);
        const auto closes = program.records(QStringLiteral("ws.close"));
        QCOMPARE(closes.size(), 2);
        for (const QJsonObject &each : closes)
            QVERIFY(each[QStringLiteral("clean")].toBool());
    }

    void echoAnswersAndEndsWithThePeer()
    {
        QWebSocketServer server(QStringLiteral("peer"), QWebSocketServer::NonSecureMode);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        Program program({QStringLiteral("record"), QStringLiteral("--echo"), server.serverUrl().toString()});
        QTRY_VERIFY_WITH_TIMEOUT(server.hasPendingConnections(), 30'000);
        const std::unique_ptr<QWebSocket> socket(server.nextPendingConnection());
        QStringList echoed;
        connect(socket.get(), &QWebSocket::textMessageReceived, this, [&](const QString &text) { echoed += text; });
        connect(socket.get(), &QWebSocket::binaryMessageReceived, this,
                [&](const QByteArray &bytes) { echoed += QString::fromLatin1(bytes.toHex()); });
        socket->sendTextMessage(QStringLiteral("grüße"));
        socket->sendBinaryMessage(QByteArray::fromHex("00ff"));
        QTRY_COMPARE_WITH_TIMEOUT(echoed, QStringList({QStringLiteral("grüße"), QStringLiteral("00ff")}), 30'000);
        socket->close();
        QTRY_COMPARE_WITH_TIMEOUT(program.process().state(), QProcess::NotRunning, 30'000);
        QCOMPARE(program.exitCode(), 0);
    }

    void sendsItsOrigin()
    {
        QWebSocketServer server(QStringLiteral("peer"), QWebSocketServer::NonSecureMode);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        Program program(QStringList{QStringLiteral("record"), server.serverUrl().toString()} +
                        words("--origin https://o.example --for 0.3"));
        QTRY_VERIFY_WITH_TIMEOUT(server.hasPendingConnections(), 30'000);
        const std::unique_ptr<QWebSocket> socket(server.nextPendingConnection());
        QCOMPARE(socket->origin(), QStringLiteral("https://o.example"));
        QTRY_COMPARE_WITH_TIMEOUT(program.process().state(), QProcess::NotRunning, 30'000);
        QCOMPARE(program.exitCode(), 0);
    }

private:
    [[nodiscard]] QString echo() const { return m_demo->address(QStringLiteral("ws"), QStringLiteral("/ws/echo")); }

    std::unique_ptr<DemoProgram> m_demo;
};

PUSHSCOPE_TEST(RecordWebSocketTest)

#include "recordwebsockettest.moc"
