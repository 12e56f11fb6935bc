#include "core/base/cookiejar.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

namespace {

constexpr std::int64_t Now = 1'700'000'000;

Url url(const char *text)
{
    return *parseUrl(text);
}

/// "a=b; c=d"
std::string sent(const CookieJar &jar, const char *to, std::int64_t now = Now)
{
    std::string text;
    for (const Cookie &cookie : jar.cookiesFor(url(to), now))
        text += (text.empty() ? "" : "; ") + cookie.name + '=' + cookie.value;
    return text;
}

} // namespace

class CookieJarTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// RFC 6265 sections 5.1.3, 5.1.4 and 5.3: what is set where goes where.
    void sends_data()
    {
        QTest::addColumn<std::string>("from");
        QTest::addColumn<std::string>("field");
        QTest::addColumn<std::string>("to");
        QTest::addColumn<bool>("goes");
        const auto row = [](const char *from, const char *field, const char *to, bool goes) {
            QTest::addRow("%s %s %s", from, field, to)
                << std::string(from) << std::string(field) << std::string(to) << goes;
        };
        row("http://a.test/", "a=b", "http://a.test/x", true);
        row("http://a.test/", "a=b", "http://a.test:8080/x", true); // ports make no difference
        row("http://a.test/", "a=b", "ws://a.test/", true);
        row("http://a.test/", "a=b", "http://b.test/", false);
        row("http://a.test/", "a=b", "http://x.a.test/", false);
        row("http://a.test/", "a=b; Domain=a.test", "http://x.a.test/", true);
        row("http://x.a.test/", "a=b; Domain=a.test", "http://a.test/", true);
        row("http://x.a.test/", "a=b; Domain=a.test", "http://xa.test/", false);
        row("http://a.test/", "a=b; Domain=b.test", "http://b.test/", false);
        row("http://a.test/", "a=b; Domain=x.a.test", "http://x.a.test/", false);
        row("http://x.co.uk/", "a=b; Domain=co.uk", "http://y.co.uk/", false);
        row("http://co.uk/", "a=b; Domain=co.uk", "http://co.uk/", true);
        row("http://co.uk/", "a=b; Domain=co.uk", "http://y.co.uk/", false);
        row("http://127.0.0.1/", "a=b; Domain=127.0.0.1", "http://127.0.0.1/", true);
        row("http://127.0.0.1/", "a=b; Domain=0.0.1", "http://127.0.0.1/", false);
        row("http://[::1]/", "a=b", "http://[::1]:81/", true);
        row("http://a.test/one/two", "a=b", "http://a.test/one", true);
        row("http://a.test/one/two", "a=b", "http://a.test/one/?q", true);
        row("http://a.test/one/two", "a=b", "http://a.test/onetwo", false);
        row("http://a.test/one/two?x=/y", "a=b", "http://a.test/", false);
        row("http://a.test/one", "a=b; Path=/two/", "http://a.test/two/three", true);
        row("http://a.test/one", "a=b; Path=/two/", "http://a.test/two", false);
        row("https://a.test/", "a=b; Secure", "https://a.test/", true);
        row("https://a.test/", "a=b; Secure", "wss://a.test/", true);
        row("https://a.test/", "a=b; Secure", "http://a.test/", false);
        row("http://a.test/", "a=b; Secure", "https://a.test/", false); // nobody in clear may set such a one
        for (const char *host : {"localhost", "localhost.", "feeds.localhost", "127.0.0.1", "127.9.8.7", "[::1]"}) {
            const std::string origin = "http://" + std::string(host) + ":8080/";
            row(origin.c_str(), "a=b; Secure", origin.c_str(), true); // which never leaves this machine
        }
        for (const char *host : {"notlocalhost", "localhost.test", "127.0.0.1.test", "128.0.0.1", "[::2]"}) {
            const std::string origin = "http://" + std::string(host) + "/";
            row(origin.c_str(), "a=b; Secure", origin.c_str(), false);
        }
        row("https://localhost/", "a=b; Secure", "http://localhost:8080/", true);
        row("http://localhost/", "__Host-a=b; Secure; Path=/", "http://localhost/", true);
        row("https://a.test/", "__Host-a=b; Secure; Path=/", "https://a.test/", true);
        row("https://a.test/", "__Host-a=b; Secure; Path=/; Domain=a.test", "https://a.test/", false);
        row("https://a.test/", "__secure-a=b", "https://a.test/", false);
        row("http://a.test/", "a=b; Max-Age=10", "http://a.test/", true);
        row("http://a.test/", "a=b; Max-Age=0", "http://a.test/", false);
        row("http://a.test/", "a=b; Expires=Thu, 01 Jan 1970 00:00:01 GMT", "http://a.test/", false);
        row("http://a.test/", "a=b; Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:01 GMT", "http://a.test/", true);
        row("http://a.test/", "a", "http://a.test/", false);
    }
    void sends()
    {
        QFETCH(std::string, from);
        QFETCH(std::string, field);
        QFETCH(std::string, to);
        QFETCH(bool, goes);
        CookieJar jar([](std::string_view domain) { return domain == "co.uk"; });
        const CookieOutcome outcome = jar.take(url(from.c_str()), field, Now);
        QCOMPARE(!sent(jar, to.c_str()).empty(), goes);
        QCOMPARE(isRefused(outcome) || outcome == CookieOutcome::Removed, jar.all().empty());
    }

    void replacesAndRemoves()
    {
        CookieJar jar;
        QCOMPARE(jar.take(url("http://a.test/"), "one=1", Now, 5), CookieOutcome::Kept);
        QCOMPARE(jar.take(url("http://a.test/"), "two=2; Max-Age=10", Now), CookieOutcome::Kept);
        QCOMPARE(jar.take(url("http://a.test/"), "one=3", Now, 7), CookieOutcome::Kept);
        QCOMPARE(sent(jar, "http://a.test/"), "one=3; two=2");
        QCOMPARE(jar.all().front().from, 7u);
        QCOMPARE(sent(jar, "http://a.test/", Now + 10), "one=3");
        QCOMPARE(jar.take(url("http://a.test/"), "one=; Max-Age=0", Now), CookieOutcome::Removed);
        QCOMPARE(sent(jar, "http://a.test/"), "two=2");
    }

    void putsLongerPathsFirst()
    {
        CookieJar jar;
        for (const char *field : {"a=1; Path=/", "b=2; Path=/x", "c=3; Path=/", "d=4; Path=/x"})
            QCOMPARE(jar.take(url("http://a.test/"), field, Now), CookieOutcome::Kept);
        QCOMPARE(sent(jar, "http://a.test/x"), "b=2; d=4; a=1; c=3");
    }

    void keepsSecureOnesFromClear()
    {
        CookieJar jar;
        QCOMPARE(jar.take(url("https://a.test/"), "a=1; Secure", Now), CookieOutcome::Kept);
        QCOMPARE(jar.take(url("http://a.test/"), "a=2", Now), CookieOutcome::SecureInClear);
        QCOMPARE(jar.take(url("http://x.a.test/"), "a=2; Domain=a.test", Now), CookieOutcome::SecureInClear);
        QCOMPARE(jar.take(url("http://a.test/below/it"), "a=2", Now), CookieOutcome::SecureInClear); // sent first
        QCOMPARE(jar.take(url("http://a.test/"), "b=2", Now), CookieOutcome::Kept);
        QCOMPARE(sent(jar, "https://a.test/below/it"), "a=1; b=2");
    }

    void isBounded()
    {
        CookieJar jar;
        QCOMPARE(jar.take(url("http://a.test/"), "a=" + std::string(5000, 'x'), Now), CookieOutcome::TooLarge);
        for (std::size_t i = 0; i <= CookieJar::Most; ++i)
            QCOMPARE(jar.take(url("http://a.test/"), "c" + std::to_string(i) + "=1", Now), CookieOutcome::Kept);
        QCOMPARE(jar.all().size(), CookieJar::Most);
        QCOMPARE(jar.all().front().name, "c1"); // the oldest went
    }
};

PUSHSCOPE_TEST(CookieJarTest)
#include "cookiejartest.moc"
