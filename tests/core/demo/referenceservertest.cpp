#include "core/demo/referenceserver.h"

#include "tests/support/testmain.h"

#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

using namespace pushscope;
using namespace pushscope::demo;

class ReferenceServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void echoesToWhoKnowsItsOrigin()
    {
        const ReferenceServer server;
        QVERIFY(server.port() != 0);
        QWebSocket socket(QString::fromStdString(server.origin()));
        QSignalSpy connected(&socket, &QWebSocket::connected);
        QSignalSpy received(&socket, &QWebSocket::textMessageReceived);
        socket.open(QUrl(QStringLiteral("ws://127.0.0.1:%1/").arg(server.port())));
        QVERIFY(connected.wait());
        socket.sendTextMessage(QStringLiteral("hello"));
        QTRY_COMPARE(received.size(), 1);
        QCOMPARE(received.first().first().toString(), QStringLiteral("hello"));
    }

    void refusesOthers()
    {
        const ReferenceServer server;
        QWebSocket socket(QStringLiteral("http://127.0.0.1"));
        QSignalSpy connected(&socket, &QWebSocket::connected);
        QSignalSpy disconnected(&socket, &QWebSocket::disconnected);
        socket.open(QUrl(QStringLiteral("ws://127.0.0.1:%1/").arg(server.port())));
        QTRY_VERIFY(!disconnected.isEmpty());
        QVERIFY(connected.isEmpty());
    }

    void hasAnotherOriginEachTime() { QVERIFY(ReferenceServer().origin() != ReferenceServer().origin()); }
};

PUSHSCOPE_TEST(ReferenceServerTest)
#include "referenceservertest.moc"
