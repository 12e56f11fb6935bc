#include "core/demo/requestguard.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::demo;

class RequestGuardTest : public QObject
{
    Q_OBJECT

private:
    static RequestGuard guard()
    {
        return RequestGuard({{"localhost", "127.0.0.1", "[::1]"}, 8080, 8443, {"https://allowed.example"}});
    }
    static HttpHead request(Headers headers, std::string target = "/events")
    {
        HttpHead head;
        head.method = "GET";
        head.target = std::move(target);
        head.headers = std::move(headers);
        return head;
    }
    static int status(const HttpHead &head, bool isSecure = false)
    {
        const auto refusal = guard().check(head, isSecure, "192.0.2.7");
        return refusal ? refusal->status : 0;
    }

private Q_SLOTS:
    void knowsItsNames()
    {
        QCOMPARE(status(request({{"Host", "localhost:8080"}})), 0);
        QCOMPARE(status(request({{"Host", "LOCALHOST:8080"}})), 0);
        QCOMPARE(status(request({{"Host", "127.0.0.1:8080"}})), 0);
        QCOMPARE(status(request({{"Host", "[::1]:8080"}})), 0);
        QCOMPARE(status(request({{"Host", "192.0.2.7:8080"}})), 0);
        QCOMPARE(status(request({{"Host", "localhost:8443"}}), true), 0);
    }

    void refusesOtherNames()
    {
        for (const char *host :
             {"evil.example", "localhost", "localhost:8081", "localhost:8443", "localhost.evil.example:8080",
              "localhost:80800", "127.0.0.1:8080:8080", "192.0.2.8:8080", "", "localhost@evil.example:8080"})
            QVERIFY2(status(request({{"Host", host}})) == 421, host);
        QCOMPARE(status(request({{"Host", "localhost:8080"}}), true), 421);
    }

    void wantsOneHost()
    {
        QCOMPARE(status(request({})), 400);
        QCOMPARE(status(request({{"Host", "localhost:8080"}, {"host", "localhost:8080"}})), 400);
        HttpHead old = request({});
        old.version = HttpVersion::Http10;
        QCOMPARE(status(old), 0);
    }

    void looksAtTheTargetsAuthority()
    {
        QCOMPARE(status(request({{"Host", "localhost:8080"}}, "http://localhost:8080/events")), 0);
        QCOMPARE(status(request({{"Host", "localhost:8080"}}, "http://evil.example/events")), 421);
        QCOMPARE(status(request({{"Host", "localhost:8080"}}, "/events?from=http://evil.example/")), 0);
    }

    void takesTheDefaultPortAway()
    {
        const RequestGuard usual({{"localhost"}, 80, 443, {}});
        QVERIFY(!usual.check(request({{"Host", "localhost"}}), false, {}));
        QVERIFY(!usual.check(request({{"Host", "localhost"}}), true, {}));
        QVERIFY(!usual.check(request({{"Host", "localhost"}, {"Origin", "https://localhost"}}), true, {}));
    }

    void checksOrigins_data()
    {
        QTest::addColumn<QString>("origin");
        QTest::addColumn<int>("expected");
        QTest::addColumn<bool>("cors");
        const auto row = [](const char *origin, int expected, bool cors) {
            QTest::newRow(origin) << QString::fromLatin1(origin) << expected << cors;
        };
        row("http://localhost:8080", 0, true);
        row("https://localhost:8443", 0, true);
        row("http://[::1]:8080", 0, true);
        row("https://allowed.example", 0, true);
        row("http://192.0.2.7:8080", 0, false);
        row("null", 403, false);
        row("http://localhost:3000", 403, false);
        row("https://localhost:8080", 403, false);
        row("https://allowed.example:444", 403, false);
        row("https://allowed.example.evil.example", 403, false);
        row("http://evil.example", 403, false);
    }

    void checksOrigins()
    {
        QFETCH(QString, origin);
        QFETCH(int, expected);
        QFETCH(bool, cors);
        const HttpHead head = request({{"Host", "localhost:8080"}, {"Origin", origin.toStdString()}});
        QCOMPARE(status(head), expected);
        QCOMPARE(guard().corsOrigin(head), cors ? origin.toStdString() : std::string());
    }

    void checksTheSiteThatFetches()
    {
        QCOMPARE(status(request({{"Host", "localhost:8080"}, {"Sec-Fetch-Site", "same-origin"}})), 0);
        QCOMPARE(status(request({{"Host", "localhost:8080"}, {"Sec-Fetch-Site", "none"}})), 0);
        QCOMPARE(status(request({{"Host", "localhost:8080"}, {"Sec-Fetch-Site", "cross-site"}})), 403);
        QCOMPARE(
            status(request(
                {{"Host", "localhost:8080"}, {"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://allowed.example"}})),
            0);
    }

    void neverAllowsNull()
    {
        const RequestGuard careless({{"localhost"}, 8080, 8443, {"null"}});
        QCOMPARE(careless.check(request({{"Host", "localhost:8080"}, {"Origin", "null"}}), false, {})->status, 403);
    }
};

PUSHSCOPE_TEST(RequestGuardTest)
#include "requestguardtest.moc"
