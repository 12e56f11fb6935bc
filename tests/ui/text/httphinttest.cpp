#include "ui/text/httphint.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class HttpHintTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhatIsOutOfTheOrdinary_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<HttpChoice>("http");
        QTest::addColumn<QString>("hint");
        QTest::addColumn<bool>("shares");
        const auto row = [](const char *url, HttpChoice http, const char *hint, bool shares) {
            QTest::addRow("%s %d", url, int(http))
                << QString::fromLatin1(url) << http << QString::fromLatin1(hint) << shares;
        };
        row("http://h/", HttpChoice::Auto, "", false);
        row("https://h/", HttpChoice::Auto, "", true);
        row("https://h/", HttpChoice::Http11, "", false);
        row("https://h/", HttpChoice::Http2, "", true);
        row("http://h/", HttpChoice::Http2, "prior knowledge", true);
        row("wss://h/", HttpChoice::Http2, "extended CONNECT", true);
        row("ws://h/", HttpChoice::Http2, "prior knowledge", true);
    }
    void saysWhatIsOutOfTheOrdinary()
    {
        QFETCH(QString, url);
        QFETCH(HttpChoice, http);
        QFETCH(QString, hint);
        QFETCH(bool, shares);
        Target target;
        target.url = *parseUrl(url.toStdString());
        target.http = http;
        QCOMPARE(httpHint(target).isEmpty(), hint.isEmpty());
        QVERIFY(httpHint(target).contains(hint));
        QCOMPARE(sharingHint(target).isEmpty(), shares);
    }
};

PUSHSCOPE_TEST(HttpHintTest)
#include "httphinttest.moc"
