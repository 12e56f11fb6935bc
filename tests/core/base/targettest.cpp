#include "core/base/target.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class TargetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void displayName_data()
    {
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("path");
        QTest::addColumn<std::string>("expected");
        QTest::newRow("named") << std::string("orders") << std::string("/events") << std::string("orders");
        QTest::newRow("last segment") << std::string() << std::string("/v1/events") << std::string("events");
        QTest::newRow("without the query") << std::string() << std::string("/events?path=/x") << std::string("events");
        QTest::newRow("closing slash") << std::string() << std::string("/v1/events/") << std::string("events");
        QTest::newRow("host") << std::string() << std::string("/") << std::string("stream.example");
    }

    void displayName()
    {
        QFETCH(std::string, name);
        QFETCH(std::string, path);
        QFETCH(std::string, expected);
        Target target;
        target.name = name;
        target.url = {"https", "stream.example", 443, path, {}, {}};
        QCOMPARE(pushscope::displayName(target), expected);
    }

    void mayOrMayNotSpeakHttp2_data()
    {
        QTest::addColumn<std::string>("scheme");
        QTest::addColumn<HttpChoice>("http");
        QTest::addColumn<std::string>("alpn");
        QTest::addColumn<bool>("expected");
        const auto row = [](const char *scheme, HttpChoice http, const char *alpn, bool expected) {
            QTest::addRow("%s %d %s", scheme, int(http), alpn)
                << std::string(scheme) << http << std::string(alpn) << expected;
        };
        row("http", HttpChoice::Auto, "", false);
        row("ws", HttpChoice::Auto, "h2", false);
        row("https", HttpChoice::Auto, "", true);
        row("wss", HttpChoice::Auto, "", true); // on a connection that is open already
        row("https", HttpChoice::Auto, "h2", true);
        row("https", HttpChoice::Auto, "http/1.1", false);
        row("https", HttpChoice::Http11, "", false);
        row("http", HttpChoice::Http2, "", true);
        row("https", HttpChoice::Http2, "", true);
    }

    void mayOrMayNotSpeakHttp2()
    {
        QFETCH(std::string, scheme);
        QFETCH(HttpChoice, http);
        QFETCH(std::string, alpn);
        QFETCH(bool, expected);
        Target target;
        target.url = *parseUrl(scheme + "://stream.example/");
        target.http = http;
        if (!alpn.empty())
            target.tls.alpn = {alpn};
        QCOMPARE(maySpeakHttp2(target), expected);
    }

    void takesLastEventIdOutOfTheHeaders()
    {
        Target target;
        target.lastEventId = "1";
        target.headers = {{"X-a", "1"}, {"last-event-ID", "2"}, {"X-b", "2"}, {"Last-Event-Id", "3"}};
        takeLastEventId(target);
        QCOMPARE(target.lastEventId, std::string("3"));
        QVERIFY(target.headers == std::vector<HeaderField>({{"X-a", "1"}, {"X-b", "2"}}));
        takeLastEventId(target);
        QCOMPARE(target.lastEventId, std::string("3"));
    }

    void aWebSocketsFieldsAreItsOwn()
    {
        Target target;
        target.url = *parseUrl("ws://stream.example/");
        target.headers = {{"Last-Event-ID", "2"}};
        takeLastEventId(target);
        QCOMPARE(target.headers.size(), std::size_t(1));
        QVERIFY(target.lastEventId.empty());
    }
};

PUSHSCOPE_TEST(TargetTest)
#include "targettest.moc"
