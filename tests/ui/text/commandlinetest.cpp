#include "ui/text/commandline.h"

#include "core/base/curlcommand.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class CommandLineTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysOnlyWhatDiffers()
    {
        Target target;
        target.url = *parseUrl("http://localhost:8080/events?a=b&c=d");
        QCOMPARE(pushscopeCommand(target), QStringLiteral("pushscope record 'http://localhost:8080/events?a=b&c=d'"));
        target.headers = {{"X-Name", "it's"}};
        target.reconnection.initial = Milliseconds(500);
        target.tls.minimumVersion = 13;
        QCOMPARE(pushscopeCommand(target),
                 QStringLiteral("pushscope record -H 'X-Name: it'\\''s' --tls-min 1.3 --retry 500 "
                                "'http://localhost:8080/events?a=b&c=d'"));
    }

    void theHttpVersionIsSaid()
    {
        Target target;
        target.url = *parseUrl("https://h/e");
        target.http = HttpChoice::Http2;
        target.sharing = {true, true, WhenFull::Queue};
        QCOMPARE(
            pushscopeCommand(target),
            QStringLiteral("pushscope record --http 2 --own-connection --enable-push --when-full queue https://h/e"));
        target.http = HttpChoice::Http11;
        target.sharing.ownConnection = false;
        QCOMPARE(pushscopeCommand(target), QStringLiteral("pushscope record --http 1.1 --when-full queue https://h/e"));
    }

    void codingsAreOfferedByBoth()
    {
        Target target;
        target.url = *parseUrl("https://h/e");
        target.compressed = true;
        QCOMPARE(pushscopeCommand(target), QStringLiteral("pushscope record --compressed https://h/e"));
        const auto back = parseCurlCommand(curlCommandText(target).toStdString(), {});
        QVERIFY(back && back->target.compressed);
    }

    void curlTakesTheHttpVersionBack_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<HttpChoice>("http");
        QTest::addColumn<QString>("flag");
        const QString https = QStringLiteral("https://h/e");
        QTest::newRow("auto") << https << HttpChoice::Auto << QString();
        QTest::newRow("1.1") << https << HttpChoice::Http11 << QStringLiteral("--http1.1");
        QTest::newRow("2") << https << HttpChoice::Http2 << QStringLiteral("--http2");
        QTest::newRow("2 in clear") << QStringLiteral("http://h/e") << HttpChoice::Http2
                                    << QStringLiteral("--http2-prior-knowledge");
    }
    void curlTakesTheHttpVersionBack()
    {
        QFETCH(QString, url);
        QFETCH(HttpChoice, http);
        QFETCH(QString, flag);
        Target target;
        target.url = *parseUrl(url.toStdString());
        target.http = http;
        const QString text = curlCommandText(target);
        QCOMPARE(text.contains(QStringLiteral("--http")), !flag.isEmpty());
        QVERIFY(flag.isEmpty() || text.split(u' ').contains(flag));
        const auto command = parseCurlCommand(text.toStdString(), {});
        QVERIFY(command && command->differences.empty());
        QCOMPARE(command->target.http, http);
    }

    void curlTakesItBack()
    {
        Target target;
        target.url = *parseUrl("https://api.test/v1/stream");
        target.method = "POST";
        target.headers = {{"Content-Type", "application/json"}, {"X-Odd", "a 'b' $c"}};
        target.body = R"({"stream":true})";
        const auto command = parseCurlCommand(curlCommandText(target).toStdString(), {});
        QVERIFY(command);
        QCOMPARE(command->target.method, target.method);
        QCOMPARE(command->target.body, target.body);
        QCOMPARE(command->target.url.text(), target.url.text());
        QVERIFY(command->target.headers.size() >= 2);
        QCOMPARE(command->target.headers[1].value, target.headers[1].value);
        QVERIFY(command->fileFlags.empty());
    }

    void theMethodStays_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("body");
        QTest::addColumn<bool>("isSaid");
        QTest::newRow("GET") << QStringLiteral("GET") << QString() << false;
        QTest::newRow("GET with a body") << QStringLiteral("GET") << QStringLiteral("{}") << true;
        QTest::newRow("POST") << QStringLiteral("POST") << QStringLiteral("{}") << false;
        QTest::newRow("POST without a body") << QStringLiteral("POST") << QString() << true;
        QTest::newRow("PUT") << QStringLiteral("PUT") << QStringLiteral("{}") << true;
    }
    void theMethodStays()
    {
        QFETCH(QString, method);
        QFETCH(QString, body);
        QFETCH(bool, isSaid);
        Target target;
        target.url = *parseUrl("http://localhost/q");
        target.method = method.toStdString();
        target.body = body.toStdString();
        const QString option = QStringLiteral("-X ") + method;
        QCOMPARE(pushscopeCommand(target).contains(option), isSaid);
        QCOMPARE(curlCommandText(target).contains(option), isSaid);
        QCOMPARE(parseCurlCommand(curlCommandText(target).toStdString(), {})->target.method, target.method);
    }
};

PUSHSCOPE_TEST(CommandLineTest)
#include "commandlinetest.moc"
