#include "tests/core/demo/scenarios/scenariotest.h"
#include "tests/support/testmain.h"

using namespace pushscope;

class BehaviourScenariosTest : public ScenarioTest
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheRequest()
    {
        QCOMPARE(run().stream("/scenario/request", "1"),
                 QByteArray("retry: 500\n\nid: 2\ndata: {\"body\":\"\",\"headers\":[[\"Host\",\"localhost:") +
                     QByteArray::number(run().port()) +
                     "\"],[\"Connection\",\"close\"],[\"Last-Event-ID\",\"1\"]],\"method\":\"GET\",\"target\":\"/"
                     "scenario/request\"}\n\nend");
        QCOMPARE(run().stream("/scenario/request", "3"), QByteArray("204 end"));
        QCOMPARE(run().stream("/scenario/request?count=4", "4"), QByteArray("204 end"));
    }

    void visits_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("second");
        const auto row = [](const char *target, const QByteArray &first, const QByteArray &second) {
            QTest::newRow(target) << QByteArray(target) << first << second;
        };
        const auto ofIds = [&row](const char *form, const QByteArray &first) {
            row(("last-event-id?form=" + std::string(form)).c_str(), "retry: 500\n\n" + first,
                "data: no Last-Event-ID\n\n");
        };
        ofIds("plain", "id: abc\ndata: an id\n\n");
        ofIds("nul", QByteArray("id: a\0bc\ndata: an id with NUL\n\n", 31));
        ofIds("cut", "data: no id\n\nid: abc\ndata: a block without its blank line\n");
        ofIds("spaces", "id:  a b \ndata: spaces around it\n\n");
        const QByteArray back = "data: back, and with nothing to say about the time\n\n";
        row("reconnection-time", "retry: 1500\n\n", back);
        row("reconnection-time?form=padded&retry=7", "retry:07\n\n", back);
        row("reconnection-time?form=unfinished-line&retry=7", "data: half a block\nretry: 7", back);
        row("reconnection-time?form=huge", "retry: 99999999999999999999999\n\n", back);
    }

    void visits()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, second);
        const std::string path = "/scenario/" + target.toStdString();
        const auto chunked = [](const QByteArray &content) {
            return QByteArray::fromStdString(chunk(content.toStdString())) + "0\r\n\r\n FIN";
        };
        const QByteArray cookie =
            "\r\nSet-Cookie: visits=%; Path=" + QByteArray::fromStdString(path.substr(0, path.find('?')));
        const auto came = [&cookie](char visits) { return QByteArray(cookie).replace('%', visits); };
        const QByteArray one = run().answer(path);
        QVERIFY2(one.contains(came('1') + "; Max-Age=60\r\n"), one.constData());
        QVERIFY2(one.endsWith(chunked(first)), one.constData());
        const QByteArray two = run().answer(path, "Cookie: a=b; visits=1\r\n");
        QVERIFY2(two.contains(came('2') + "; Max-Age=60\r\n"), two.constData());
        QVERIFY2(two.endsWith(chunked(second)), two.constData());
        const QByteArray three = run().answer(path, "Cookie: visits=2\r\n");
        QVERIFY2(three.startsWith("HTTP/1.1 204 ") && three.contains("; Max-Age=0\r\n"), three.constData());
    }

    void tellsTheIdThatCame()
    {
        const QByteArray answer =
            run().answer("/scenario/last-event-id", "Cookie: visits=1\r\nLast-Event-ID: \xE2\x80\xA6\r\n");
        QVERIFY2(answer.contains("data: Last-Event-ID: \xE2\x80\xA6\n\n"), answer.constData());
    }

    void failsTheSecondTime()
    {
        QCOMPARE(run().stream("/scenario/fails-later"), QByteArray("retry: 500\n\nid: 1\ndata: it opened\n\nend"));
        const std::string_view back = "Last-Event-ID: 1\r\n";
        QVERIFY(run().answer("/scenario/fails-later", back).startsWith("HTTP/1.1 500 "));
        QVERIFY(run().answer("/scenario/fails-later?with=type", back).contains("Content-Type: text/html"));
    }
};

PUSHSCOPE_TEST(BehaviourScenariosTest)
#include "behaviourstest.moc"
