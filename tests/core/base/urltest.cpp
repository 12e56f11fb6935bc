#include "core/base/url.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

namespace {
/// "scheme host port target user password", or "! " and the error's words.
std::string described(const Expected<Url, Error> &url)
{
    if (!url)
        return "! " + url.error().detail;
    std::string result = url->scheme + ' ' + url->host + ' ' + std::to_string(url->port) + ' ' + url->target;
    if (!url->user.empty() || !url->password.empty())
        result += ' ' + url->user + ' ' + url->password;
    return result;
}
} // namespace

class UrlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parses_data()
    {
        QTest::addColumn<std::string>("typed");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char *typed, const char *expected) {
            QTest::newRow(typed) << std::string(typed) << std::string(expected);
        };
        row("http://localhost", "http localhost 80 /");
        row("  https://example.com/a?b=c#d \n", "https example.com 443 /a?b=c");
        row("ws://127.0.0.1:8080/ws/echo", "ws 127.0.0.1 8080 /ws/echo");
        row("WSS://EXAMPLE.com/Path", "wss example.com 443 /Path");
        row("http://[::1]:9000/x", "http ::1 9000 /x");
        row("http://m\xC3\xBCnchen.example/", "http xn--mnchen-3ya.example 80 /");
        row("http://h/caf\xC3\xA9?q=\xC3\xA9", "http h 80 /caf%C3%A9?q=%C3%A9");
        row("http://h/a b?c d", "http h 80 /a%20b?c%20d");
        row("http://h/a%2Fb%20c?x=%26&y=a+b", "http h 80 /a%2Fb%20c?x=%26&y=a+b");
        row("http://h?x=1", "http h 80 /?x=1");
        row("http://h/x?", "http h 80 /x?");
        row("http://h:80/", "http h 80 /");
        row("http://user:p%40ss@h/", "http h 80 / user p@ss");
        row("http://token@h/", "http h 80 / token ");
        row("http://h/a//b/../c", "http h 80 /a//b/../c");
        row("http://user:p@ss@h/", "http h 80 / user p@ss");
        row("http://:word@h/", "http h 80 /  word");
        row("http://h:/", "http h 80 /");
        row("http://h./", "http h. 80 /");
        row("http://127.0.0.1?a/b", "http 127.0.0.1 80 /?a/b");
        row("http://[0:0::1]/", "http ::1 80 /");
        row("http://[fe80::1%25eth0]/", "http fe80::1%eth0 80 /");
    }

    /// QUrl would send something else for each of them.
    void targetIsAsTyped_data()
    {
        QTest::addColumn<QByteArray>("target");
        for (const char *target :
             {"/a%2Fb?x=%7E~&y=a+b%20c", "/%zz", "/100%", "/%41%c3%a9", "/%E2%82", "/%00", "/a\"<>\\^`{|}[]b",
              "/x?a=b?c=d&e=/../f", "/a/./b/../c", "//x//", "/?", "/;a=b:c@d", "/a|b?{\"q\":[1]}"})
            QTest::newRow(target) << QByteArray(target);
    }
    void targetIsAsTyped()
    {
        QFETCH(QByteArray, target);
        const Url url = parseUrl("http://h" + target.toStdString() + "#fragment").value();
        QCOMPARE(url.target, target.toStdString());
        QCOMPARE(parseUrl(url.text()).value(), url);
        QCOMPARE(resolveUrl(url, "").value().target, url.target);
    }

    void bytesThatAreNoUtf8Survive() { QCOMPARE(parseUrl("http://h/caf\xE9").value().target, std::string("/caf%E9")); }

    void parses()
    {
        QFETCH(std::string, typed);
        QFETCH(std::string, expected);
        QCOMPARE(described(parseUrl(typed)), expected);
    }

    void refuses_data()
    {
        QTest::addColumn<std::string>("typed");
        QTest::addColumn<std::string>("words");
        const auto row = [](const char *typed, const char *words) {
            QTest::newRow(typed) << std::string(typed) << std::string(words);
        };
        row("", "empty");
        row("   ", "empty");
        row("localhost:8080/x", "has no scheme; try http://localhost:8080/x");
        row("example.com/x", "has no scheme; try http://example.com/x");
        row("/events", "has no scheme");
        row("ftp://h/x", "scheme \"ftp\" is not supported");
        row("mailto:someone@example.com", "scheme \"mailto\" is not supported");
        row("javascript:alert(1)", "scheme \"javascript\" is not supported");
        row("http:example.com", "two slashes");
        row("http:///x", "");
        row("http://", "");
        row("http://h:99999/", "");
        row("http://h:0/", "port 0");
        row("http://h:port/", "");
        row("http://exa mple/", "");
        row("http://[::1/", "");
        row("http://h/a\nb", "line break");
    }

    void refuses()
    {
        QFETCH(std::string, typed);
        QFETCH(std::string, words);
        const auto url = parseUrl(typed);
        QVERIFY2(!url, described(url).c_str());
        QCOMPARE(url.error().code, ErrorCode::UrlInvalid);
        QVERIFY2(url.error().detail.find(words) != std::string::npos, url.error().detail.c_str());
    }

    void writesItselfAgain()
    {
        const Url url = parseUrl("wss://me:secret@[::1]:8443/x?y").value();
        QCOMPARE(url.authority(), std::string("[::1]:8443"));
        QCOMPARE(url.origin(), std::string("https://[::1]:8443"));
        QCOMPARE(url.text(), std::string("wss://[::1]:8443/x?y"));
        QVERIFY(url.isWebSocket() && url.isSecure());
        QCOMPARE(parseUrl("ws://h:80/").value().origin(), std::string("http://h"));
        QCOMPARE(parseUrl("http://h:443/").value().authority(), std::string("h:443"));
        const Url zoned = parseUrl("http://[fe80::1%25eth0]:81/x").value();
        QCOMPARE(zoned.authority(), std::string("[fe80::1]:81"));
        QCOMPARE(zoned.text(), std::string("http://[fe80::1%25eth0]:81/x"));
    }

    void resolves_data()
    {
        QTest::addColumn<std::string>("reference");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char *reference, const char *expected) {
            QTest::newRow(reference) << std::string(reference) << std::string(expected);
        };
        row("/other", "https h 8443 /other");
        row("next?y", "https h 8443 /a/next?y");
        row("../up", "https h 8443 /up");
        row("//other/x", "https other 443 /x");
        row("http://plain/z", "http plain 80 /z");
        row("?q", "https h 8443 /a/b?q");
        row("#fragment", "https h 8443 /a/b?x");
        row("/caf\xC3\xA9", "https h 8443 /caf%C3%A9");
        row("/x%2fy?z=%7e%", "https h 8443 /x%2fy?z=%7e%");
        row("//other/x/../y", "https other 443 /y");
        row("", "https h 8443 /a/b?x");
    }

    void resolves()
    {
        QFETCH(std::string, reference);
        QFETCH(std::string, expected);
        const Url base = parseUrl("https://h:8443/a/b?x").value();
        QCOMPARE(described(resolveUrl(base, reference)), expected);
    }

    void doesNotFollowOtherSchemes()
    {
        const Url base = parseUrl("https://h/").value();
        QVERIFY(!resolveUrl(base, "file:///etc/passwd"));
        QVERIFY(!resolveUrl(base, "http://exa mple/"));
        QVERIFY(!resolveUrl(base, "about:blank"));
    }
};

PUSHSCOPE_TEST(UrlTest)
#include "urltest.moc"
