#include "core/demo/demopage.h"

#include "core/demo/demoserver.h"
#include "tests/support/testmain.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <memory>

using namespace pushscope;
using namespace pushscope::demo;

class DemoPageTest : public QObject
{
    Q_OBJECT

private:
    static Request request(std::string path)
    {
        HttpHead head;
        head.target = std::move(path);
        head.headers.add("Host", "localhost:1234");
        return makeRequest(std::make_shared<HttpHead>(head));
    }

private Q_SLOTS:
    void servesThePage_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("type");
        QTest::newRow("page") << QByteArray("/") << QByteArray("text/html; charset=utf-8");
        QTest::newRow("script") << QByteArray("/demo.js") << QByteArray("text/javascript; charset=utf-8");
        QTest::newRow("style") << QByteArray("/demo.css") << QByteArray("text/css; charset=utf-8");
    }

    void servesThePage()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, type);
        const auto answer = demoPage(request(path.toStdString()));
        QVERIFY(answer);
        QCOMPARE(answer->status, 200);
        QCOMPARE(answer->headers.value("Content-Type"), std::optional<std::string_view>(type.toStdString()));
        const std::string policy(answer->headers.value("Content-Security-Policy").value_or(""));
        QVERIFY(policy.starts_with("default-src 'none'; script-src 'self'; "));
        QVERIFY(policy.find("unsafe") == std::string::npos);
        QVERIFY(policy.find("connect-src 'self' ws://localhost:1234 wss://localhost:1234;") != std::string::npos);
        QVERIFY(!answer->body.empty());
    }

    void usesNothingFromOutside()
    {
        const Bytes page = demoPage(request("/"))->body;
        QVERIFY(page.find("http://") == Bytes::npos && page.find("https://") == Bytes::npos);
        QVERIFY(page.find("<style") == Bytes::npos && page.find("onclick") == Bytes::npos);
        const Bytes script = demoPage(request("/demo.js"))->body;
        QVERIFY(script.find("innerHTML") == Bytes::npos && script.find("eval(") == Bytes::npos);
    }

    void listsScenariosAsJson()
    {
        const auto list =
            QJsonDocument::fromJson(QByteArray::fromStdString(demoPage(request("/scenarios"))->body)).array();
        QCOMPARE(list.size(), static_cast<qsizetype>(DemoServer::scenarios().size()));
        const QJsonObject first = list.first().toObject();
        QCOMPARE(first.keys(), (QStringList{QStringLiteral("group"), QStringLiteral("id"), QStringLiteral("parameters"),
                                            QStringLiteral("title"), QStringLiteral("urls"), QStringLiteral("watch")}));
        QCOMPARE(first[u"id"].toString(), QStringLiteral("events"));
        QCOMPARE(first[u"urls"].toArray().first().toString(), QStringLiteral("/events"));
        QCOMPARE(first[u"parameters"].toArray().first().toObject()[u"range"].toString(),
                 QStringLiteral("0 to 3600000"));
    }

    void leavesTheRestToOthers()
    {
        QVERIFY(!demoPage(request("/events")));
        QVERIFY(!demoPage(request("/demo.qrc")));
        QCOMPARE(demoPage(request("/favicon.ico"))->status, 204);
    }
};

PUSHSCOPE_TEST(DemoPageTest)
#include "demopagetest.moc"
