#include "core/engine/proxysettings.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <map>

using namespace pushscope;

class ProxySettingsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsTheEnvironmentAsCurlDoes_data();
    void readsTheEnvironmentAsCurlDoes();
    void exempts_data();
    void exempts();
    void leavesTheUsersChoiceAlone();
};

void ProxySettingsTest::readsTheEnvironmentAsCurlDoes_data()
{
    QTest::addColumn<QString>("variables");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QString>("host");
    const auto row = [](const char *variables, const char *url, const char *host) {
        QTest::addRow("%s for %s", variables, url)
            << QString::fromLatin1(variables) << QByteArray(url) << QString::fromLatin1(host);
    };
    row("", "http://a.test/", "");
    row("http_proxy=h:1", "http://a.test/", "h");
    row("http_proxy=h:1", "ws://a.test/", "h");
    row("HTTP_PROXY=h:1", "http://a.test/", "");
    row("http_proxy=h:1", "https://a.test/", "");
    row("https_proxy=s:1", "https://a.test/", "s");
    row("HTTPS_PROXY=s:1", "wss://a.test/", "s");
    row("https_proxy=s:1 HTTPS_PROXY=S:1", "https://a.test/", "s");
    row("all_proxy=a:1", "http://a.test/", "a");
    row("ALL_PROXY=a:1", "https://a.test/", "a");
    row("http_proxy=h:1 all_proxy=a:1", "http://a.test/", "h");
    row("http_proxy=h:1 no_proxy=a.test", "http://a.test/", "");
    row("http_proxy=h:1 NO_PROXY=*", "http://a.test/", "");
    row("http_proxy=h:1 no_proxy=b.test", "http://a.test/", "h");
}

void ProxySettingsTest::readsTheEnvironmentAsCurlDoes()
{
    QFETCH(QString, variables);
    QFETCH(QByteArray, url);
    QFETCH(QString, host);
    std::map<std::string, std::string> values;
    for (const QString &variable : variables.split(u' ', Qt::SkipEmptyParts))
        values[variable.section(u'=', 0, 0).toStdString()] = variable.section(u'=', 1).toStdString();
    const auto proxy = proxyFor(*parseUrl(url.toStdString()), {}, [&values](const char *name) {
        const auto found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    });
    QVERIFY(proxy);
    QCOMPARE(proxy->kind, host.isEmpty() ? ProxyOptions::Kind::None : ProxyOptions::Kind::HttpConnect);
    QCOMPARE(QString::fromStdString(proxy->host), host);
}

void ProxySettingsTest::exempts_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *list, const char *host, bool expected) {
        QTest::addRow("%s: %s", list, host) << QByteArray(list) << QByteArray(host) << expected;
    };
    row("a.test", "a.test", true);
    row("A.test", "a.TEST", true);
    row("a.test", "x.a.test", true);
    row("a.test", "xa.test", false);
    row(".a.test", "x.a.test", true);
    row("b.test, a.test", "a.test", true);
    row("b.test a.test", "a.test", true);
    row(",,", "a.test", false);
    row("*", "a.test", true);
    row("127.0.0.1", "127.0.0.1", true);
    row("127.0.0.0/8", "127.1.2.3", true);
    row("127.0.0.0/8", "128.1.2.3", false);
    row("[::1]", "::1", true);
    row("fe80::/10", "fe80::5", true);
    row("0.0.1", "127.0.0.1", false);
}

void ProxySettingsTest::exempts()
{
    QFETCH(QByteArray, list);
    QFETCH(QByteArray, host);
    QFETCH(bool, expected);
    QCOMPARE(isExempt(list.toStdString(), host.toStdString()), expected);
}

void ProxySettingsTest::leavesTheUsersChoiceAlone()
{
    ProxyOptions wanted;
    wanted.kind = ProxyOptions::Kind::Socks5;
    wanted.host = "mine";
    const auto proxy = proxyFor(*parseUrl("http://a.test/"), wanted,
                                [](const char *) { return std::optional<std::string>("other:1"); });
    QCOMPARE(*proxy, wanted);
}

PUSHSCOPE_TEST(ProxySettingsTest)
#include "proxysettingstest.moc"
