#include "core/demo/demolistener.h"

#include "core/demo/demosocket.h"
#include "tests/core/demo/rawclient.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <sys/resource.h>

using namespace pushscope;
using namespace pushscope::demo;

class DemoListenerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listensAtOnePortOnBothAddresses()
    {
        int accepted = 0;
        DemoListener listener([&](qintptr descriptor) {
            ++accepted;
            const DemoSocket closedAtOnce(descriptor, nullptr, nullptr);
        });
        const auto port =
            listener.listen({QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6)}, 0);
        QVERIFY(port.hasValue());
        const RawClient v4(*port);
        QVERIFY(v4.isConnected());
        QTRY_COMPARE(accepted, 1);
        const RawClient v6(*port, true);
        if (v6.isConnected()) // this machine has IPv6
            QTRY_COMPARE(accepted, 2);
    }

    void goesOnWhenDescriptorsWereShort()
    {
        int accepted = 0;
        DemoListener listener([&](qintptr descriptor) {
            ++accepted;
            const DemoSocket closedAtOnce(descriptor, nullptr, nullptr);
        });
        const auto port = listener.listen({QHostAddress(QHostAddress::LocalHost)}, 0);
        QVERIFY(port.hasValue());
        const RawClient client(*port);
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
        rlimit none = before;
        none.rlim_cur = 3;
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &none), 0);
        const bool tooEarly = QTest::qWaitFor([&] { return accepted > 0; }, 100);
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);
        QVERIFY(!tooEarly);
        QTRY_COMPARE(accepted, 1);
    }

    void saysThatAPortIsInUse()
    {
        DemoListener first([](qintptr) {});
        DemoListener second([](qintptr) {});
        const auto port = first.listen({QHostAddress(QHostAddress::LocalHost)}, 0);
        QVERIFY(port.hasValue());
        const auto taken = second.listen({QHostAddress(QHostAddress::LocalHost)}, *port);
        QVERIFY(!taken.hasValue());
        QVERIFY(taken.error().code == ErrorCode::PortInUse);
        QVERIFY(taken.error().detail.find("127.0.0.1 port " + std::to_string(*port)) != std::string::npos);
    }

    void leavesOutWhatIsNotHere()
    {
        DemoListener listener([](qintptr) {});
        const QHostAddress foreign(QStringLiteral("192.0.2.1"));
        QVERIFY(listener.listen({QHostAddress(QHostAddress::LocalHost), foreign}, 0).hasValue());
        const auto none = listener.listen({foreign}, 0);
        QVERIFY(!none.hasValue());
        QVERIFY(none.error().code == ErrorCode::TcpFailed);
    }
};

PUSHSCOPE_TEST(DemoListenerTest)
#include "demolistenertest.moc"
