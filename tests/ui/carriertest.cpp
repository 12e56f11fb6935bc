#include "ui/carrier.h"

#include "core/demo/demoserver.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <map>
#include <set>

using namespace pushscope;

namespace {
constexpr Carrier Sse2{false, HttpChoice::Http2};
constexpr Carrier WebSocket11{true, HttpChoice::Http11};

Target targetAt(const QString &url)
{
    Target target;
    target.url = *parseUrl(url.toStdString());
    return target;
}
} // namespace

class CarrierTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasAName()
    {
        Target target = targetAt(QStringLiteral("http://h/e"));
        QCOMPARE(carrierName(carrierOf(target)), QStringLiteral("SSE"));
        target.http = HttpChoice::Http2;
        QCOMPARE(carrierName(carrierOf(target)), QStringLiteral("SSE/2"));
        target.transport = TransportChoice::WebSocket;
        target.http = HttpChoice::Http11;
        QCOMPARE(carrierName(carrierOf(target)), QStringLiteral("WebSocket/1.1"));
    }

    void changesTheUrl_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<bool>("isDemo");
        QTest::addColumn<QString>("sse");
        QTest::addColumn<QString>("webSocket");
        const auto row = [](const char *from, bool isDemo, const char *sse, const char *webSocket) {
            QTest::addRow("%s%s", from, isDemo ? " of the demo server" : "")
                << QString::fromLatin1(from) << isDemo << QString::fromLatin1(sse) << QString::fromLatin1(webSocket);
        };
        row("http://h:81/a?b=c", false, "http://h:81/a?b=c", "ws://h:81/a?b=c");
        row("wss://h/a", false, "https://h/a", "wss://h/a");
        row("https://h/events?retry=1", false, "https://h/events?retry=1", "wss://h/events?retry=1");
        row("http://h/events", true, "http://h/events", "ws://h/ws/ticks");
        row("https://h/events?retry=9&interval=5&window=2&drop=3", true,
            "https://h/events?retry=9&interval=5&window=2&drop=3", "wss://h/ws/ticks?interval=5&drop=3");
        row("http://h/events?topic=a", true, "http://h/events?topic=a", "ws://h/ws/ticks");
        row("ws://h/ws/ticks?count=2&seed=7", true, "http://h/events?count=2&seed=7", "ws://h/ws/ticks?count=2&seed=7");
        row("http://h/events-too", true, "http://h/events-too", "ws://h/events-too");
        row("ws://h/ws/echo", true, "http://h/ws/echo", "ws://h/ws/echo");
    }
    void changesTheUrl()
    {
        QFETCH(QString, from);
        QFETCH(bool, isDemo);
        QFETCH(QString, sse);
        QFETCH(QString, webSocket);
        const auto carried = [&](Carrier carrier) {
            const Target target = carriedBy(carrier, targetAt(from), isDemo);
            return QString::fromStdString(target.url.text());
        };
        QCOMPARE(carried(Sse2), sse);
        QCOMPARE(carried(WebSocket11), webSocket);
    }

    void isWhatWasAskedFor()
    {
        for (const char *url : {"http://h/", "ws://h/"}) {
            for (const TransportChoice transport :
                 {TransportChoice::Auto, TransportChoice::Sse, TransportChoice::WebSocket}) {
                Target source = targetAt(QString::fromLatin1(url));
                source.transport = transport;
                for (const Carrier carrier : Carriers)
                    QVERIFY(carrierOf(carriedBy(carrier, source, false)) == carrier);
            }
        }
    }

    void keepsTheRest()
    {
        Target source = targetAt(QStringLiteral("https://h/"));
        source.name = "orders";
        source.headers = {{"X-A", "b"}};
        source.method = "POST";
        source.body = "{}";
        source.sharing.ownConnection = true;
        Target expected = source;
        expected.http = HttpChoice::Http2;
        QVERIFY(carriedBy(Sse2, source, false) == expected);
        const Target webSocket = carriedBy(WebSocket11, source, false);
        QCOMPARE(webSocket.headers, source.headers);
        QCOMPARE(webSocket.method, std::string("GET")); // RFC 6455 section 4.1
        QVERIFY(webSocket.body.empty() && webSocket.sharing == source.sharing);
    }

    /// The demo server refuses query items that it doesn't know.
    void bothFeedsOfTheDemoServerTakeTheQuery()
    {
        std::map<std::string, std::set<std::string>> items;
        for (const Scenario &scenario : DemoServer::scenarios()) {
            for (const ScenarioParameter &parameter : scenario.parameters)
                items[scenario.id].insert(parameter.name);
        }
        QVERIFY(!items["events"].empty() && !items["ticks"].empty());
        QString query;
        for (const std::string &name : items["events"])
            query += (query.isEmpty() ? u'?' : u'&') + QString::fromStdString(name) + QStringLiteral("=1");
        const Target ticks = carriedBy(WebSocket11, targetAt(QStringLiteral("http://h/events") + query), true);
        std::set<std::string> kept;
        for (const QString &item :
             QString::fromStdString(ticks.url.target).section(u'?', 1).split(u'&', Qt::SkipEmptyParts))
            kept.insert(item.section(u'=', 0, 0).toStdString());
        QVERIFY(kept == items["ticks"]);
    }
};

PUSHSCOPE_TEST(CarrierTest)
#include "carriertest.moc"
