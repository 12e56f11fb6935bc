#include "tests/e2e/program.h"
#include "tests/support/paths.h"
#include "tests/support/testmain.h"

#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <limits>
#include <sys/stat.h>
#include <unistd.h>

using namespace pushscope::test;

namespace {
QStringList record(const QString &url, const char *options)
{
    return QStringList{QStringLiteral("record"), url} + QString::fromLatin1(options).split(u' ', Qt::SkipEmptyParts);
}

/// Answers connections with the same bytes as soon as a request's head is there, then closes them, if it is to.
class Answerer : public QTcpServer
{
public:
    enum class Then { Close, Stay };
    explicit Answerer(const QByteArray &answer, Then then = Then::Close)
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this, answer, then] {
            QTcpSocket *socket = nextPendingConnection();
            ++connections;
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket, answer, then] {
                if (!socket->readAll().contains("\r\n\r\n"))
                    return;
                socket->write(answersAtMost-- > 0 ? answer : otherwise);
                if (then == Then::Close)
                    socket->disconnectFromHost();
            });
        });
    }
    [[nodiscard]] QString url() const { return QStringLiteral("http://127.0.0.1:%1/stream").arg(serverPort()); }
    int connections = 0;
    int answersAtMost = std::numeric_limits<int>::max();
    QByteArray otherwise; ///< nothing, as long as there is nothing to say
};

/// Waits with an event loop, in which the Answerer answers.
int exitCodeOf(Program &program)
{
    if (!QTest::qWaitFor([&] { return program.process().state() == QProcess::NotRunning; }, 30'000))
        return -2;
    return program.exitCode();
}

QStringList errorCodes(Program &program)
{
    QStringList codes;
    for (const QJsonObject &each : program.records(QStringLiteral("error")))
        codes += each[QStringLiteral("code")].toString();
    return codes;
}
} // namespace

/// How recordings end, and what the exit code says of it.
class RecordEndingsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finalAnswers_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("code");
        QTest::newRow("404") << QByteArray("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone")
                             << QStringLiteral("http.status");
        QTest::newRow("500") << QByteArray("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n")
                             << QStringLiteral("http.status");
        QTest::newRow("HTML") << QByteArray(
                                     "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>")
                              << QStringLiteral("sse.content-type");
    }
    void finalAnswers()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, code);
        Answerer server(answer);
        Program program(record(server.url(), "--transport sse --retry 10"));
        QCOMPARE(exitCodeOf(program), 1);
        QCOMPARE(server.connections, 1);
        QCOMPARE(errorCodes(program), QStringList(code));
        QCOMPARE(program.errorLines(), 1);
        QVERIFY2(program.errors().contains(code.toUtf8()), program.errors().constData());
    }

    void aRefusedConnectionIsRetriedWithALineForEachAttempt()
    {
        Program program(
            record(QStringLiteral("http://127.0.0.1:%1/").arg(refusedPort()), "--retry 10 --max-reconnects 2"));
        QCOMPARE(program.exitCode(), 1);
        QCOMPARE(errorCodes(program), QStringList({QStringLiteral("tcp.refused"), QStringLiteral("tcp.refused"),
                                                   QStringLiteral("tcp.refused")}));
        QCOMPARE(program.errorLines(), 3);
        QCOMPARE(program.errors().count("tcp.refused"), 3);
    }

    void withoutReconnectingARefusalIsTheEnd()
    {
        Program program(record(QStringLiteral("http://127.0.0.1:%1/").arg(refusedPort()), "--no-reconnect"));
        QCOMPARE(program.exitCode(), 1);
        QCOMPARE(errorCodes(program), QStringList(QStringLiteral("tcp.refused")));
        QCOMPARE(program.errorLines(), 1);
    }

    void aTimeThatPassesWithoutAStreamIsAFailure()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        Program program(record(QStringLiteral("http://127.0.0.1:%1/").arg(silent.serverPort()), "--for 0.3"));
        QCOMPARE(exitCodeOf(program), 1);
        QCOMPARE(program.errors(), QByteArray("pushscope: 127.0.0.1: not open when the recording ended\n"));
    }

    void streamsThatDontOpenAreNamed()
    {
        Answerer first("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n", Answerer::Then::Stay);
        first.answersAtMost = 1;
        Program program(record(first.url(), "--streams 3 --for 0.5"));
        QCOMPARE(exitCodeOf(program), 1);
        static const QRegularExpression line(
            QStringLiteral("^pushscope: stream \\([123]\\), stream \\([123]\\): not open when the recording ended\n$"));
        QVERIFY2(line.match(QString::fromUtf8(program.errors())).hasMatch(), program.errors().constData());
    }

    void oneOfSeveralStreamsThatFailsIsAFailureAndSaysWhich()
    {
        Answerer server("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9\r\n\r\ndata: "
                        "1\n\n");
        server.answersAtMost = 1;
        server.otherwise = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
        Program program(record(server.url(), "--streams 2 --no-reconnect"));
        QCOMPARE(exitCodeOf(program), 1);
        QCOMPARE(program.records(QStringLiteral("sse.event")).size(), 1);
        const QJsonObject error = program.records(QStringLiteral("error")).first();
        const QByteArray name = "stream (" + QByteArray::number(error[QStringLiteral("session")].toInt()) + ')';
        QCOMPARE(program.errorLines(), 1);
        QVERIFY2(program.errors().startsWith("pushscope: " + name + ": http.status: "), program.errors().constData());
    }

    void aStreamThatEndsCleanlyIsDone()
    {
        Answerer server("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: "
                        "chunked\r\n\r\n9\r\ndata: 1\n\n\r\n0\r\n\r\n");
        Program program(record(server.url(), "--no-reconnect"));
        QCOMPARE(exitCodeOf(program), 0);
        QCOMPARE(program.records(QStringLiteral("sse.event")).size(), 1);
        QCOMPARE(program.records(QStringLiteral("end")).first()[QStringLiteral("verdict")].toString(),
                 QStringLiteral("clean"));
    }

    void aStreamThatIsCutIsAFailure()
    {
        Answerer server(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata:");
        Program program(record(server.url(), "--no-reconnect"));
        QCOMPARE(exitCodeOf(program), 1);
        QCOMPARE(program.records(QStringLiteral("end")).first()[QStringLiteral("verdict")].toString(),
                 QStringLiteral("cut"));
    }

    void reconnectsThatAreUsedUpAreNoFailureOfAStreamThatOpened()
    {
        Answerer server("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nretry: 10\ndata: 1\n\n");
        Program program(record(server.url(), "--max-reconnects 2"));
        QCOMPARE(exitCodeOf(program), 0);
        QCOMPARE(server.connections, 3);
        QCOMPARE(program.records(QStringLiteral("sse.event")).size(), 3);
    }

    void aSignalEndsItCleanly_data()
    {
        QTest::addColumn<int>("signal");
        QTest::addColumn<int>("expected");
        QTest::newRow("SIGINT") << SIGINT << 130;
        QTest::newRow("SIGTERM") << SIGTERM << 143;
        QTest::newRow("SIGHUP") << SIGHUP << 129;
    }
    void aSignalEndsItCleanly()
    {
        QFETCH(int, signal);
        QFETCH(int, expected);
        Answerer server("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n", Answerer::Then::Stay);
        Program program(record(server.url(), ""));
        QTRY_VERIFY_WITH_TIMEOUT(program.output().contains("sse.event"), 30'000);
        program.interrupt(signal);
        QCOMPARE(exitCodeOf(program), expected);
        const auto records = program.records();
        QCOMPARE(records.last()[QStringLiteral("state")].toString(), QStringLiteral("closed"));
        QCOMPARE(records.last()[QStringLiteral("cause")].toString(), QStringLiteral("user"));
    }

    /// Nothing has come yet and nobody reads: not the answer, not the TLS handshake.
    void aSignalEndsAnAttempt_data()
    {
        QTest::addColumn<QString>("scheme");
        QTest::newRow("no answer") << QStringLiteral("http");
        QTest::newRow("no handshake") << QStringLiteral("wss");
    }
    void aSignalEndsAnAttempt()
    {
        QFETCH(QString, scheme);
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        Program program(record(QStringLiteral("%1://127.0.0.1:%2/").arg(scheme).arg(silent.serverPort()), ""));
        QVERIFY(program.waitForOutput("\"tcp\""));
        program.interrupt(SIGINT);
        QCOMPARE(program.exitCode(), 130);
        QCOMPARE(program.records(QStringLiteral("end")).first()[QStringLiteral("verdict")].toString(),
                 QStringLiteral("by-us"));
        QCOMPARE(program.errors(), QByteArray());
    }

    void aSignalEndsAWaitToo()
    {
        Program program(record(QStringLiteral("http://127.0.0.1:%1/").arg(refusedPort()), "--retry 60000"));
        QVERIFY(program.waitForOutput("\"waiting\""));
        program.interrupt(SIGINT);
        QCOMPARE(program.exitCode(), 130);
        QVERIFY(!program.records().isEmpty());
    }

    /// Nobody reads the pipe, so the output can't be completed: the second signal is not made to wait for it.
    void aSecondSignalEndsItAtOnce()
    {
        QTemporaryDir folder;
        const QByteArray pipe = folder.filePath(QStringLiteral("pipe")).toLocal8Bit();
        QCOMPARE(::mkfifo(pipe.constData(), 0600), 0);
        const int reader = ::open(pipe.constData(), O_RDWR | O_NONBLOCK);
        Answerer server("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" +
                            QByteArray("data: 1\n\n").repeated(20'000),
                        Answerer::Then::Stay);
        Program program(record(server.url(), "--out " + pipe));
        QTRY_COMPARE_WITH_TIMEOUT(server.connections, 1, 30'000);
        char byte = 0;
        QTRY_VERIFY_WITH_TIMEOUT(::read(reader, &byte, 1) == 1, 30'000);
        program.interrupt(SIGINT);
        QVERIFY(!QTest::qWaitFor([&] { return program.process().state() == QProcess::NotRunning; }, 300));
        program.interrupt(SIGINT);
        QCOMPARE(exitCodeOf(program), 130);
        ::close(reader);
    }

    void aFileThatCantBeWrittenIsTheSystemsRefusal()
    {
        Program program(record(QStringLiteral("http://127.0.0.1:1/"), "--out /nonexistent/a.jsonl"));
        QCOMPARE(program.exitCode(), 3);
        QCOMPARE(program.errorLines(), 1);
        QVERIFY(program.errors().contains("--out"));
    }

    void aFullDiskIsSaidAndCounted()
    {
        Answerer server("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" +
                            QByteArray("data: 1\n\n").repeated(5'000),
                        Answerer::Then::Stay);
        Program program(record(server.url(), "--out /dev/full --stats"));
        QCOMPARE(exitCodeOf(program), 3);
        QVERIFY2(program.errors().contains("disk.full"), program.errors().constData());
        QVERIFY(program.statistics()[QStringLiteral("lost")].toInt() > 0);
    }

    void aReaderThatGoesAwayEndsIt()
    {
        Answerer server("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" +
                            QByteArray("data: 1\n\n").repeated(5'000),
                        Answerer::Then::Stay);
        // A QProcess would go on reading: a shell's pipe is closed when head has its line.
        QProcess shell;
        shell.start(QStringLiteral("bash"),
                    {QStringLiteral("-c"), QStringLiteral("\"$0\" record \"$1\" | head -1; exit ${PIPESTATUS[0]}"),
                     executablePath(), server.url()});
        QTRY_COMPARE_WITH_TIMEOUT(shell.state(), QProcess::NotRunning, 30'000);
        QCOMPARE(shell.exitCode(), 3);
        QCOMPARE(shell.readAllStandardOutput().count('\n'), 1);
        QCOMPARE(shell.readAllStandardError(), QByteArray());
    }

    /// The signal that a limit on files sends must not end us: what fits is whole lines, and the exit code says the
    /// rest.
    void aLimitOnFilesIsSaid_data()
    {
        QTest::addColumn<int>("blocks");
        QTest::newRow("of the output") << 8 * 1024 * 1024 / 1024 + 100; // the capture's segments fit
        QTest::newRow("of the capture") << 100;
    }
    void aLimitOnFilesIsSaid()
    {
        QFETCH(int, blocks);
        Answerer server("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" +
                            QByteArray("data: 1\n\n").repeated(60'000),
                        Answerer::Then::Stay);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("out.jsonl"));
        QProcess shell;
        shell.start(QStringLiteral("bash"),
                    {QStringLiteral("-c"), QStringLiteral("ulimit -f $0; exec \"$1\" record --out \"$2\" \"$3\""),
                     QString::number(blocks), executablePath(), path, server.url()});
        QTRY_COMPARE_WITH_TIMEOUT(shell.state(), QProcess::NotRunning, 30'000);
        QCOMPARE(shell.exitStatus(), QProcess::NormalExit);
        QCOMPARE(shell.exitCode(), 3);
        const QByteArray errors = shell.readAllStandardError();
        QVERIFY2(errors.contains("disk.full: "), errors.constData());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        for (const QByteArray &line : file.readAll().split('\n'))
            QVERIFY2(line.isEmpty() || QJsonDocument::fromJson(line).isObject(), line.constData());
    }
};

PUSHSCOPE_TEST(RecordEndingsTest)

#include "recordendingstest.moc"
