#include "core/demo/scenarios/registry.h"
#include "tests/core/demo/demorun.h"
#include "tests/support/testmain.h"

#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace pushscope;

class ModelsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<DemoRun>();
        QVERIFY(m_run->port() != 0);
    }

    /// As one click opens them, only faster.
    void answersEachAsItIsListed_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("last");
        const auto lists = demo::modelList();
        const std::vector<const char *> ends = {"data: [DONE]",        "\"type\":\"response.completed\"",
                                                "event: message_stop", "\"finishReason\":\"STOP\"",
                                                "event: error",        "data: [DONE]"};
        QCOMPARE(lists.size(), ends.size());
        for (std::size_t i = 0; i < lists.size(); ++i)
            QTest::newRow(lists[i].id.c_str()) << QByteArray::fromStdString(lists[i].paths[0] + "&tps=10000")
                                               << QByteArray::fromStdString(lists[i].body) << QByteArray(ends[i]);
    }
    void answersEachAsItIsListed()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, last);
        QVERIFY(QJsonDocument::fromJson(body).isObject());
        const QByteArray answer = post(path, body);
        QVERIFY2(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer.left(300));
        QVERIFY(answer.contains("Content-Type: text/event-stream"));
        QVERIFY2(answer.right(600).contains(last), answer.right(600));
    }

    void refusesWhatItDoesNotKnow()
    {
        QVERIFY(post("/v1/messages?tps=0", "{}").startsWith("HTTP/1.1 400 "));
        QVERIFY(post("/v1/messages?temperature=1", "{}").startsWith("HTTP/1.1 400 "));
        QVERIFY(post("/v1/messages?tokens=1&tps=10000", "no JSON").startsWith("HTTP/1.1 200 "));
    }

    /// A page elsewhere can't make it speak.
    void isGuardedLikeOtherPosts()
    {
        QVERIFY(post("/v1/messages", "{}", "Origin: http://elsewhere.test\r\n").startsWith("HTTP/1.1 403 "));
        QVERIFY(post("/v1/messages", "{}", "Sec-Fetch-Site: cross-site\r\n").startsWith("HTTP/1.1 403 "));
    }

private:
    QByteArray post(const QByteArray &path, const QByteArray &body, const char *field = "")
    {
        RawClient client(m_run->port());
        client.send("POST " + path.toStdString() + " HTTP/1.1\r\nHost: localhost:" + std::to_string(m_run->port()) +
                    "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + field +
                    "\r\n" + body.toStdString());
        (void)client.readToEnd();
        return QByteArray::fromStdString(client.received());
    }

    std::unique_ptr<DemoRun> m_run;
};

PUSHSCOPE_TEST(ModelsTest)
#include "modelstest.moc"
