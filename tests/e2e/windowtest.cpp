#include "tests/e2e/program.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <csignal>

using namespace pushscope::test;

/// The window as a process: what a user starts and a desktop ends.
class WindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void endsWithItsStreamsAndLeavesNothingBehind()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QList<QTcpSocket *> readers;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *reader = server.nextPendingConnection();
            readers += reader;
            connect(reader, &QTcpSocket::readyRead, reader, [reader, isFirst = readers.size() == 1] {
                reader->readAll();
                reader->write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nretry: 200\n\ndata: x\n\n");
                if (isFirst)
                    reader->disconnectFromHost();
            });
        });
        Program window({QStringLiteral("http://127.0.0.1:%1/events").arg(server.serverPort())},
                       QStringLiteral("offscreen"));
        // It comes back after 200 ms: by then its window has drawn the stream, and knows it open.
        QTRY_COMPARE_WITH_TIMEOUT(readers.size(), 2, 30'000);
        const QDir captures(window.folder() + QStringLiteral("/pushscope/captures"));
        QCOMPARE(captures.entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
        window.interrupt(SIGTERM);
        QTRY_COMPARE_WITH_TIMEOUT(readers[1]->state(), QAbstractSocket::UnconnectedState, 30'000);
        QCOMPARE(window.exitCode(), 0);
        QCOMPARE(captures.entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 0);
        // What the platform plugin of the test says by itself is not ours.
        const QByteArray own = window.errors().replace("This plugin does not support propagateSizeHints()\n", "");
        QCOMPARE(own, QByteArray());
    }
};

PUSHSCOPE_TEST(WindowTest)

#include "windowtest.moc"
