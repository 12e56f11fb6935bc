#include "core/engine/addressorder.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class AddressOrderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void interleaves_data();
    void interleaves();
};

void AddressOrderTest::interleaves_data()
{
    QTest::addColumn<QString>("addresses");
    QTest::addColumn<QString>("order");
    QTest::newRow("none") << QString() << QString();
    QTest::newRow("one") << QStringLiteral("192.0.2.1") << QStringLiteral("192.0.2.1");
    QTest::newRow("the resolver's first family leads")
        << QStringLiteral("::1 ::2 ::3 192.0.2.1") << QStringLiteral("::1 192.0.2.1 ::2 ::3");
    QTest::newRow("IPv4 first") << QStringLiteral("192.0.2.1 192.0.2.2 ::1 ::2")
                                << QStringLiteral("192.0.2.1 ::1 192.0.2.2 ::2");
    QTest::newRow("duplicates") << QStringLiteral("::1 ::1 192.0.2.1 192.0.2.1") << QStringLiteral("::1 192.0.2.1");
}

void AddressOrderTest::interleaves()
{
    QFETCH(QString, addresses);
    QFETCH(QString, order);
    QList<QHostAddress> input;
    for (const QString &address : addresses.split(u' ', Qt::SkipEmptyParts))
        input.append(QHostAddress(address));
    QStringList output;
    for (const QHostAddress &address : interleaveFamilies(input))
        output.append(address.toString());
    QCOMPARE(output.join(u' '), order);
}

PUSHSCOPE_TEST(AddressOrderTest)
#include "addressordertest.moc"
