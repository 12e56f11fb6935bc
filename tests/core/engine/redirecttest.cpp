#include "core/engine/redirect.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

/// Fetch 4.4, HTTP-redirect fetch.
class RedirectTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsTheStatuses();
    void resolvesTheLocation_data();
    void resolvesTheLocation();
    void refusesWhatLeadsNowhere_data();
    void refusesWhatLeadsNowhere();
    void refusesToChoose();
    void changesTheMethod_data();
    void changesTheMethod();
    void keepsCredentialsWithinAnOrigin();
    void dropsCredentialsAcrossOrigins();
    void tellsOfSecretsThatGoAlong();
};

namespace {

RequestShape shape(const char *method = "GET")
{
    RequestShape shape;
    shape.url = *parseUrl("http://example.test/a/b?c");
    shape.method = method;
    return shape;
}

HttpHead answer(int status, std::optional<std::string> location)
{
    HttpHead head;
    head.isRequest = false;
    head.status = status;
    if (location)
        head.headers.add("Location", *location);
    return head;
}

} // namespace

void RedirectTest::knowsTheStatuses()
{
    for (int status = 200; status < 600; ++status)
        QCOMPARE(isRedirect(status), status == 301 || status == 302 || status == 303 || status == 307 || status == 308);
}

void RedirectTest::resolvesTheLocation_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QByteArray>("url");
    QTest::newRow("absolute") << QByteArray("https://other.test/x") << QByteArray("https://other.test/x");
    QTest::newRow("path") << QByteArray("/x") << QByteArray("http://example.test/x");
    QTest::newRow("relative") << QByteArray("x?y") << QByteArray("http://example.test/a/x?y");
    QTest::newRow("scheme-relative") << QByteArray("//other.test:81/") << QByteArray("http://other.test:81/");
}

void RedirectTest::resolvesTheLocation()
{
    QFETCH(QByteArray, location);
    QFETCH(QByteArray, url);
    const auto step = followRedirect(shape(), answer(302, location.toStdString()));
    QVERIFY(step);
    QCOMPARE(QByteArray::fromStdString(step->next.url.text()), url);
}

void RedirectTest::refusesWhatLeadsNowhere_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("ftp") << QByteArray("ftp://example.test/");
    QTest::newRow("javascript") << QByteArray("javascript:alert(1)");
    QTest::newRow("ws") << QByteArray("ws://example.test/");
}

void RedirectTest::refusesWhatLeadsNowhere()
{
    QFETCH(QByteArray, location);
    const auto step =
        followRedirect(shape(), answer(301, location.isNull() ? std::nullopt : std::optional(location.toStdString())));
    QVERIFY(!step);
    QCOMPARE(step.error().code, ErrorCode::HttpRedirect);
}

void RedirectTest::refusesToChoose()
{
    HttpHead head = answer(302, "/one");
    head.headers.add("location", "/two");
    const auto step = followRedirect(shape(), head);
    QVERIFY(!step);
    QCOMPARE(step.error().code, ErrorCode::HttpRedirect);
}

void RedirectTest::changesTheMethod_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("next");
    for (const int status : {301, 302}) {
        QTest::addRow("%d POST", status) << status << QByteArray("POST") << QByteArray("GET");
        QTest::addRow("%d REPORT", status) << status << QByteArray("REPORT") << QByteArray("REPORT");
    }
    QTest::newRow("303 POST") << 303 << QByteArray("POST") << QByteArray("GET");
    QTest::newRow("303 REPORT") << 303 << QByteArray("REPORT") << QByteArray("GET");
    QTest::newRow("303 HEAD") << 303 << QByteArray("HEAD") << QByteArray("HEAD");
    QTest::newRow("307 POST") << 307 << QByteArray("POST") << QByteArray("POST");
    QTest::newRow("308 POST") << 308 << QByteArray("POST") << QByteArray("POST");
}

void RedirectTest::changesTheMethod()
{
    QFETCH(int, status);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, next);
    RequestShape request = shape(method.constData());
    request.body = "body";
    request.headers = {{"Content-type", "text/x"}, {"X-Key", "k"}, {"Content-Length", "4"}};
    const auto step = followRedirect(request, answer(status, "/x"));
    QVERIFY(step);
    QCOMPARE(QByteArray::fromStdString(step->next.method), next);
    const bool keeps = next == method && method != "HEAD";
    QCOMPARE(step->next.body, keeps ? std::string("body") : method == "HEAD" ? std::string("body") : std::string());
    QCOMPARE(step->next.headers.size(), next == method ? 3u : 1u);
}

void RedirectTest::keepsCredentialsWithinAnOrigin()
{
    RequestShape request = shape();
    request.url.user = "u";
    request.url.password = "p";
    request.headers = {{"Authorization", "x"}, {"Cookie", "y"}, {"Host", "alias.test"}};
    const auto step = followRedirect(request, answer(302, "http://EXAMPLE.test:80/x"));
    QVERIFY(step);
    QVERIFY(!step->credentialsDropped);
    QCOMPARE(step->next.headers, request.headers);
    QCOMPARE(step->next.url.user, std::string("u"));
}

void RedirectTest::dropsCredentialsAcrossOrigins()
{
    RequestShape request = shape();
    request.headers = {{"authorization", "x"}, {"X-Key", "k"}, {"Cookie", "y"}, {"Host", "alias.test"}};
    for (const char *location : {"https://example.test/", "http://example.test:81/", "http://sub.example.test/"}) {
        const auto step = followRedirect(request, answer(307, location));
        QVERIFY(step);
        QVERIFY(step->credentialsDropped);
        QCOMPARE(step->next.headers, (std::vector<HeaderField>{{"X-Key", "k"}}));
    }
    request.headers = {{"x-api-key", "k"}, {"X-Goog-Api-Key", "k"}, {"Api-Key", "k"}, {"X-AUTH-TOKEN", "k"}};
    const auto keyless = followRedirect(request, answer(307, "http://other.test/"));
    QVERIFY(keyless->credentialsDropped && !keyless->secretForwarded);
    QVERIFY(keyless->next.headers.empty());
    request.headers.clear();
    request.url.user = "u";
    const auto step = followRedirect(request, answer(302, "http://other.test/"));
    QVERIFY(step->credentialsDropped);
    QCOMPARE(step->next.url.user, std::string());
}

void RedirectTest::tellsOfSecretsThatGoAlong()
{
    RequestShape request = shape();
    for (const char *name : {"X-Access-Key-Id", "Private-Token", "X-Client-Secret", "My-Auth"}) {
        request.headers = {{name, "k"}};
        QVERIFY2(followRedirect(request, answer(307, "http://other.test/"))->secretForwarded, name);
        QCOMPARE(followRedirect(request, answer(307, "http://other.test/"))->next.headers, request.headers);
        QVERIFY(!followRedirect(request, answer(307, "/here"))->secretForwarded);
    }
    request.headers = {{"Idempotency-Key", "k"}, {"Accept", "*/*"}};
    QVERIFY(!followRedirect(request, answer(307, "http://other.test/"))->secretForwarded);
}

PUSHSCOPE_TEST(RedirectTest)
#include "redirecttest.moc"
