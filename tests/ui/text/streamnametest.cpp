#include "ui/text/streamname.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class StreamNameTest : public QObject
{
    Q_OBJECT

    QString open(const char *url, const char *method = "GET")
    {
        Target target;
        target.url = *parseUrl(url);
        target.method = method;
        const std::string name = streamName(target, m_others);
        m_others.emplace(name, target);
        return QString::fromStdString(name);
    }

private Q_SLOTS:
    void init() { m_others.clear(); }

    void differentStreamsHaveDifferentNames()
    {
        QCOMPARE(open("http://a.test/v1/events"), QStringLiteral("events"));
        QCOMPARE(open("http://b.test:8080/events"), QStringLiteral("events \u00B7 b.test:8080"));
        QCOMPARE(open("http://a.test/v2/events"), QStringLiteral("events \u00B7 /v2/events"));
        QCOMPARE(open("http://a.test/v2/events?x"), QStringLiteral("events \u00B7 a.test"));
        QCOMPARE(open("https://a.test/v2/events"), QStringLiteral("events \u00B7 https://a.test"));
        QCOMPARE(open("https://a.test/v2/events", "POST"), QStringLiteral("events \u00B7 POST https://a.test"));
        QCOMPARE(open("https://a.test/v2/events", "PUT"), QStringLiteral("events \u00B7 PUT https://a.test"));
        QCOMPARE(open("https://a.test/v2/events", "PUT"), QStringLiteral("events (2)"));
    }

    void aQueryTellsWhatItsPathDoesNot()
    {
        QCOMPARE(open("http://a.test/events?stream=1"), QStringLiteral("events"));
        QCOMPARE(open("http://a.test/events?stream=2"), QStringLiteral("events \u00B7 stream=2"));
        QCOMPARE(open("http://a.test/events?stream=2"), QStringLiteral("events (2)"));
        QCOMPARE(open("http://b.test/events?stream=3"), QStringLiteral("events \u00B7 b.test"));
        const std::string longQuery(80, 'x');
        QCOMPARE(open(("http://a.test/events?" + longQuery).c_str()), QStringLiteral("events \u00B7 a.test"));
    }

    void theSameAgainIsCounted()
    {
        QCOMPARE(open("http://a.test/events"), QStringLiteral("events"));
        QCOMPARE(open("http://a.test/events"), QStringLiteral("events (2)"));
        QCOMPARE(open("http://a.test/events"), QStringLiteral("events (3)"));
    }

    void carriersAreToldApart()
    {
        Target target;
        target.url = *parseUrl("http://a.test/events");
        target.name = "feed";
        QStringList names;
        for (const HttpChoice http : {HttpChoice::Auto, HttpChoice::Http2, HttpChoice::Http11, HttpChoice::Http2}) {
            target.http = http;
            const std::string name = streamName(target, m_others);
            m_others.emplace(name, target);
            names += QString::fromStdString(name);
        }
        target.url = *parseUrl("http://b.test/events");
        target.http = HttpChoice::Http2;
        QCOMPARE(streamName(target, m_others), std::string("feed \u00B7 SSE/2 \u00B7 b.test"));
        QCOMPARE(names, QStringList({QStringLiteral("feed"), QStringLiteral("feed \u00B7 SSE/2"),
                                     QStringLiteral("feed \u00B7 SSE/1.1"), QStringLiteral("feed (2)")}));
    }

private:
    std::map<std::string, Target> m_others;
};

PUSHSCOPE_TEST(StreamNameTest)
#include "streamnametest.moc"
