#include "core/demo/request.h"

#include "tests/support/testmain.h"

#include <QByteArray>
#include <QTest>

using namespace pushscope;
using namespace pushscope::demo;

class RequestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTheTargetApart_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("query");
        QTest::newRow("path") << QByteArray("/a/b") << QByteArray("/a/b") << QByteArray();
        QTest::newRow("query") << QByteArray("/a?b=c?d") << QByteArray("/a") << QByteArray("b=c?d");
        QTest::newRow("absolute") << QByteArray("http://x:1/a?b") << QByteArray("/a") << QByteArray("b");
        QTest::newRow("absolute without path") << QByteArray("http://x:1") << QByteArray("/") << QByteArray();
        QTest::newRow("a URL in the query")
            << QByteArray("/a?b=http://x/y") << QByteArray("/a") << QByteArray("b=http://x/y");
        QTest::newRow("asterisk") << QByteArray("*") << QByteArray("*") << QByteArray();
    }

    void takesTheTargetApart()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, query);
        HttpHead head;
        head.target = target.toStdString();
        const Request request = makeRequest(std::make_shared<HttpHead>(head));
        QCOMPARE(QByteArray::fromStdString(request.path), path);
        QCOMPARE(QByteArray::fromStdString(request.rawQuery), query);
    }

    void knowsWhetherMoreMayFollow()
    {
        const auto isPersistent = [](HttpVersion version, const char *connection) {
            HttpHead head;
            head.version = version;
            head.target = "/";
            if (*connection)
                head.headers.add("Connection", connection);
            return makeRequest(std::make_shared<HttpHead>(head)).isPersistent;
        };
        QVERIFY(isPersistent(HttpVersion::Http11, ""));
        QVERIFY(!isPersistent(HttpVersion::Http11, "x, Close"));
        QVERIFY(!isPersistent(HttpVersion::Http10, ""));
        QVERIFY(isPersistent(HttpVersion::Http10, "Keep-Alive"));
    }

    void readsTheLastEventId()
    {
        const auto id = [](Headers headers) {
            HttpHead head;
            head.headers = std::move(headers);
            return lastEventId(head);
        };
        QVERIFY(!id({}));
        QCOMPARE(id({{"last-event-id", "42"}}), std::optional<std::uint64_t>(42));
        QVERIFY(!id({{"Last-Event-ID", ""}}));
        QVERIFY(!id({{"Last-Event-ID", "4x"}}));
        QVERIFY(!id({{"Last-Event-ID", "99999999999999999999"}}));
    }
};

PUSHSCOPE_TEST(RequestTest)
#include "requesttest.moc"
