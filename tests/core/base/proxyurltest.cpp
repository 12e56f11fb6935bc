#include "core/base/proxyurl.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using Kind = ProxyOptions::Kind;

class ProxyUrlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<ProxyOptions>("expected");
        const auto row = [](const char *text, ProxyOptions expected) {
            QTest::newRow(text) << QByteArray(text) << std::move(expected);
        };
        row("http://p.test:3128", {Kind::HttpConnect, "p.test", 3128, "", ""});
        row("p.test:8080", {Kind::HttpConnect, "p.test", 8080, "", ""});
        row("http://p.test/path", {Kind::HttpConnect, "p.test", 1080, "", ""});
        row("http://u%40x:p%3A@p.test:1", {Kind::HttpConnect, "p.test", 1, "u@x", "p:"});
        row("u:p:s@p.test", {Kind::HttpConnect, "p.test", 1080, "u", "p:s"});
        row("u:100%@p.test", {Kind::HttpConnect, "p.test", 1080, "u", "100%"});
        row("socks5://p.test", {Kind::Socks5, "p.test", 1080, "", ""});
        row("SOCKS5H://[::1]:9050", {Kind::Socks5, "::1", 9050, "", ""});
    }
    void parses()
    {
        QFETCH(QByteArray, text);
        QFETCH(ProxyOptions, expected);
        const auto proxy = parseProxyUrl(text.toStdString());
        QVERIFY2(proxy, proxy ? "" : proxy.error().detail.c_str());
        QVERIFY(*proxy == expected);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<ErrorCode>("code");
        const auto row = [](const char *text, ErrorCode code) {
            QTest::addRow("<%s>", text) << QByteArray(text) << code;
        };
        row("https://p.test", ErrorCode::NotSupported);
        row("socks4://p.test", ErrorCode::NotSupported);
        row("http://:3128", ErrorCode::UsageInvalid);
        row("http://", ErrorCode::UsageInvalid);
        row("", ErrorCode::UsageInvalid);
        row("http://p.test:x", ErrorCode::UsageInvalid);
        row("http://p.test:99999", ErrorCode::UsageInvalid);
    }
    void refuses()
    {
        QFETCH(QByteArray, text);
        QFETCH(ErrorCode, code);
        const auto proxy = parseProxyUrl(text.toStdString());
        QVERIFY(!proxy);
        QCOMPARE(proxy.error().code, code);
    }
};

PUSHSCOPE_TEST(ProxyUrlTest)
#include "proxyurltest.moc"
