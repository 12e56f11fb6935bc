#include "core/demo/demohost.h"

#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::demo;

class DemoHostTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsAndCounts()
    {
        DemoCounters counters;
        DemoHost host(onFreePorts(), counters);
        const auto addresses = host.start();
        QVERIFY(addresses.hasValue());
        QVERIFY(addresses->http.starts_with("http://127.0.0.1:"));
        QVERIFY(addresses->https.starts_with("https://localhost:"));
        QVERIFY(addresses->ws.starts_with("ws://127.0.0.1:"));
        QVERIFY(addresses->wss.starts_with("wss://localhost:"));
        QVERIFY(addresses->caPem.starts_with("-----BEGIN CERTIFICATE-----"));
        QCOMPARE(addresses->caFile, std::string());
        {
            const RawClient client(portOf(addresses->http));
            QTRY_COMPARE(counters.connections.load(), 1u);
        }
        QTRY_COMPARE(counters.connections.load(), 0u);
    }

    void saysWhereItCanBeReached_data()
    {
        QTest::addColumn<QByteArray>("bind");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("secureHost");
        QTest::newRow("localhost") << QByteArray("127.0.0.1") << QByteArray("127.0.0.1") << QByteArray("localhost");
        QTest::newRow("IPv6") << QByteArray("::1") << QByteArray("[::1]") << QByteArray("localhost");
        QTest::newRow("any") << QByteArray("0.0.0.0") << QByteArray("127.0.0.1") << QByteArray("localhost");
        QTest::newRow("any IPv6") << QByteArray("::") << QByteArray("[::1]") << QByteArray("localhost");
        QTest::newRow("another") << QByteArray("127.0.0.2") << QByteArray("127.0.0.2") << QByteArray("127.0.0.2");
    }

    void saysWhereItCanBeReached()
    {
        QFETCH(QByteArray, bind);
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, secureHost);
        DemoCounters counters;
        DemoHost server(onFreePorts(bind.toStdString()), counters);
        const auto addresses = server.start();
        QVERIFY(addresses.hasValue());
        const auto withoutPort = [](const std::string &url) {
            return QByteArray::fromStdString(url.substr(0, url.rfind(':')));
        };
        QCOMPARE(withoutPort(addresses->http), "http://" + host);
        QCOMPARE(withoutPort(addresses->ws), "ws://" + host);
        QCOMPARE(withoutPort(addresses->https), "https://" + secureHost);
        QCOMPARE(withoutPort(addresses->wss), "wss://" + secureHost);
    }

    void listensWhereItIsTold()
    {
        DemoCounters counters;
        DemoHost host(onFreePorts("127.0.0.2"), counters);
        const auto addresses = host.start();
        QVERIFY(addresses.hasValue());
        QVERIFY(!RawClient(portOf(addresses->http)).isConnected()); // 127.0.0.1 is not 127.0.0.2
    }

    void refusesWhatIsNoAddress()
    {
        DemoCounters counters;
        DemoHost host(onFreePorts("nowhere"), counters);
        const auto addresses = host.start();
        QVERIFY(!addresses.hasValue());
        QVERIFY(addresses.error().code == ErrorCode::UsageInvalid);
    }

    void takesAnotherPortOnlyWhenAllowed()
    {
        DemoCounters counters;
        DemoHost first(onFreePorts(), counters);
        const auto addresses = first.start();
        QVERIFY(addresses.hasValue());
        DemoOptions options = onFreePorts();
        options.port = portOf(addresses->http);
        DemoHost strict(options, counters);
        const auto refused = strict.start();
        QVERIFY(!refused.hasValue());
        QVERIFY(refused.error().code == ErrorCode::PortInUse);
        options.fallBackToFreePort = true;
        DemoHost lenient(options, counters);
        const auto other = lenient.start();
        QVERIFY(other.hasValue());
        QVERIFY(portOf(other->http) != portOf(addresses->http));
    }
};

PUSHSCOPE_TEST(DemoHostTest)
#include "demohosttest.moc"
