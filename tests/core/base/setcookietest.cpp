#include "core/base/setcookie.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

namespace {
std::string described(const std::optional<SetCookie> &cookie)
{
    if (!cookie)
        return "!";
    std::string text = cookie->name + "=[" + cookie->value + "]";
    if (cookie->expires)
        text += " expires " + std::to_string(*cookie->expires);
    if (cookie->maxAge)
        text += " age " + std::to_string(*cookie->maxAge);
    text += cookie->domain.empty() ? "" : " domain " + cookie->domain;
    text += cookie->path.empty() ? "" : " path " + cookie->path;
    text += cookie->secure ? " secure" : "";
    return text + (cookie->httpOnly ? " httponly" : "");
}
} // namespace

class SetCookieTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<std::string>("field");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char *field, const char *expected) {
            QTest::newRow(field) << std::string(field) << std::string(expected);
        };
        row("a=b", "a=[b]");
        row(" a = b c ; Path=/x", "a=[b c] path /x");
        row("a=b=c; path=x", "a=[b=c]");
        row("a=", "a=[]");
        row("a=\"q\"", "a=[\"q\"]");
        row("a", "!");
        row("=b", "!");
        row("", "!");
        row("; a=b", "!");
        row("a=b; Secure; HTTPONLY; SameSite=Lax; foo", "a=[b] secure httponly");
        row("a=b; Domain=.Example.COM; Domain=", "a=[b] domain example.com");
        row("a=b; Path=/one; Path=/two", "a=[b] path /two");
        row("a=b; Max-Age=60; Max-Age=x", "a=[b] age 60");
        row("a=b; Max-Age=-5", "a=[b] age 0");
        row("a=b; Max-Age=99999999999999999999", "a=[b] age 34560000");
        row("a=b; Expires=Sun, 06 Nov 1994 08:49:37 GMT", "a=[b] expires 784111777");
        row("a=b; Expires=yesterday", "a=[b]");
        row("a=b;;;Secure=no", "a=[b] secure");
    }
    void reads()
    {
        QFETCH(std::string, field);
        QFETCH(std::string, expected);
        QCOMPARE(described(parseSetCookie(field)), expected);
    }

    /// RFC 6265 section 5.1.1: the parts in any order, with nearly anything in between.
    void readsDates_data()
    {
        QTest::addColumn<qint64>("expected");
        QTest::newRow("Sun, 06 Nov 1994 08:49:37 GMT") << 784111777ll;
        QTest::newRow("Sunday, 06-Nov-94 08:49:37 GMT") << 784111777ll;
        QTest::newRow("Sun Nov  6 08:49:37 1994") << 784111777ll;
        QTest::newRow("1994 november 6 8:49:37") << 784111777ll;
        QTest::newRow("6 Nov 69 0:0:0") << 3150921600ll;
        QTest::newRow("Thu, 01-Jan-1970 00:00:00 GMT") << 0ll;
        QTest::newRow("6 Nov 1994") << -1ll;
        QTest::newRow("6 Nov 1994 24:00:00") << -1ll;
        QTest::newRow("31 Feb 1994 08:49:37") << -1ll;
        QTest::newRow("6 Nov 1600 08:49:37") << -1ll;
        QTest::newRow("6 Nov 19944 08:49:37") << -1ll;
        QTest::newRow("") << -1ll;
    }
    void readsDates()
    {
        QFETCH(qint64, expected);
        QCOMPARE(qint64(parseCookieDate(QTest::currentDataTag()).value_or(-1)), expected);
    }
};

PUSHSCOPE_TEST(SetCookieTest)
#include "setcookietest.moc"
