#include "ui/panes/connectbar.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/windowbeside.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace pushscope;

class ConnectBarTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data() { test::addFeedRows(); }
    void init()
    {
        m_beside = std::make_unique<test::WindowBeside>();
        m_bar = std::make_unique<ConnectBar>();
        m_bar->show();
        m_url = m_bar->findChild<QLineEdit *>(QStringLiteral("url"));
        m_asked.clear();
        m_named.clear();
        connect(m_bar.get(), &ConnectBar::connectRequested, this,
                [this](const Target &target) { m_asked.push_back(target); });
        connect(m_bar.get(), &ConnectBar::leaveNeeded, this,
                [this](const TypedTarget &typed) { m_named = typed.fileFlags + typed.variables; });
    }
    void cleanup()
    {
        m_bar.reset();
        m_beside.reset();
    }

    void returnConnects()
    {
        type(QStringLiteral("http://localhost:8080/events"));
        QCOMPARE(m_asked.size(), std::size_t(1));
        QCOMPARE(m_asked[0].url.target, std::string("/events"));
        QCOMPARE(m_asked[0].method, std::string("GET"));
    }

    void aMissingSchemeIsSaidAndOffered()
    {
        type(QStringLiteral("localhost:8080/events"));
        QVERIFY(m_asked.empty());
        const auto *problem = m_bar->findChild<QLabel *>(QStringLiteral("urlProblem"));
        QVERIFY(problem->isVisible());
        QVERIFY(problem->text().contains(QStringLiteral("url.invalid")));
        auto *suggestion = m_bar->findChild<QPushButton *>(QStringLiteral("urlSuggestion"));
        QCOMPARE(suggestion->text(), QStringLiteral("http://localhost:8080/events"));
        QTest::mouseClick(suggestion, Qt::LeftButton);
        QCOMPARE(m_asked.size(), std::size_t(1));
        QVERIFY(!problem->isVisible());
    }

    void aCurlCommandIsUnderstood()
    {
        type(QStringLiteral("curl -N -H 'X-A: b' -d '{\"stream\":true}' https://api.test/v1/stream"));
        QCOMPARE(m_asked.size(), std::size_t(1));
        QCOMPARE(m_asked[0].method, std::string("POST"));
        QCOMPARE(m_asked[0].body, std::string("{\"stream\":true}"));
        QCOMPARE(m_url->text(), QStringLiteral("https://api.test/v1/stream"));
        QCOMPARE(m_bar->findChild<QComboBox *>(QStringLiteral("method"))->currentText(), QStringLiteral("POST"));
    }

    void aPastedCommandKeepsItsLines()
    {
        QGuiApplication::clipboard()->setText(
            QStringLiteral("curl -N -X PUT \\\n  -H \"X-A: b \\\"c\\\"\" \\\n  --json '{\"text\": \"it'\\''s\"}' \\\n"
                           "  https://api.test/v1/stream\n"));
        m_url->selectAll();
        m_url->paste();
        QTest::keyClick(m_url, Qt::Key_Return);
        QCOMPARE(m_asked.size(), std::size_t(1));
        QCOMPARE(m_asked[0].method, std::string("PUT"));
        QCOMPARE(m_asked[0].body, std::string("{\"text\": \"it's\"}"));
        QCOMPARE(m_asked[0].headers.front(), (HeaderField{"X-A", "b \"c\""}));
        QCOMPARE(m_url->text(), QStringLiteral("https://api.test/v1/stream"));
    }

    void variablesOfACurlCommandAreAskedAbout_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("named");
        QTest::addRow("plain") << QStringLiteral("curl -H \"X-Key: a $PUSHSCOPE_TEST_KEY\" https://api.test/")
                               << QStringLiteral("$PUSHSCOPE_TEST_KEY");
        QTest::addRow("braces, twice")
            << QStringLiteral("curl -H \"X-Key: a ${PUSHSCOPE_TEST_KEY}\" -d $PUSHSCOPE_TEST_KEY h.test")
            << QStringLiteral("$PUSHSCOPE_TEST_KEY");
        QTest::addRow("Windows") << QStringLiteral(
                                        "curl -H ^\"X-Key: a %PUSHSCOPE_TEST_KEY%^\" ^\"https://api.test/^\"")
                                 << QStringLiteral("%PUSHSCOPE_TEST_KEY%");
    }
    void variablesOfACurlCommandAreAskedAbout()
    {
        QFETCH(QString, command);
        QFETCH(QString, named);
        qputenv("PUSHSCOPE_TEST_KEY", "secret");
        type(command);
        press("connectButton");
        const TypedTarget unasked = readTyped(m_url->text(), {});
        const Target draft = m_bar->draft();
        const TypedTarget read = readWithLeave(unasked);
        qunsetenv("PUSHSCOPE_TEST_KEY");
        QVERIFY(m_asked.empty());
        QCOMPARE(m_named, QStringList(named));
        QCOMPARE(m_url->text(), command);
        QVERIFY(unasked.isValid);
        QCOMPARE(unasked.target.headers.front(), (HeaderField{"X-Key", "a " + named.toStdString()}));
        QCOMPARE(draft, unasked.target);
        QCOMPARE(read.target.headers.front(), (HeaderField{"X-Key", "a secret"}));
    }

    void whatIsAVariableCanBeTheWholeUrl()
    {
        qputenv("PUSHSCOPE_TEST_KEY", "https://api.test/stream");
        type(QStringLiteral("curl $PUSHSCOPE_TEST_KEY"));
        const TypedTarget unasked = readTyped(m_url->text(), {});
        qunsetenv("PUSHSCOPE_TEST_KEY");
        QCOMPARE(m_named, QStringList(QStringLiteral("$PUSHSCOPE_TEST_KEY")));
        QVERIFY(unasked.isValid && !QString::fromStdString(unasked.target.url.text()).contains(QLatin1String("api")));
    }

    void aVariableThatIsNotSetIsAnError()
    {
        qunsetenv("PUSHSCOPE_TEST_KEY");
        type(QStringLiteral("curl -H \"Authorization: Bearer $PUSHSCOPE_TEST_KEY\" https://api.test/"));
        QVERIFY(m_asked.empty() && m_named.isEmpty());
        QVERIFY(m_bar->findChild<QLabel *>(QStringLiteral("urlProblem"))
                    ->text()
                    .contains(QStringLiteral("$PUSHSCOPE_TEST_KEY")));
    }

    void singleQuotesNameNoVariable()
    {
        type(QStringLiteral("curl -H 'X-Price: $PATH' https://api.test/"));
        QVERIFY(m_named.isEmpty());
        QCOMPARE(m_asked.at(0).headers.front(), (HeaderField{"X-Price", "$PATH"}));
    }

    void filesOfACurlCommandAreAskedAbout()
    {
        const QString command = QStringLiteral("curl -d @secrets.json https://api.test/v1/stream");
        type(command);
        press("connectButton");
        QVERIFY(m_asked.empty());
        QCOMPARE(m_named.size(), 1);
        QVERIFY(m_named[0].contains(QStringLiteral("@secrets.json")));
        QCOMPARE(m_url->text(), command);
    }

    void theyAreReadWhenTheUserSaysSo()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("body")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("a=1\n");
        file.close();
        const TypedTarget named =
            readTyped(QStringLiteral("curl -d @%1 https://api.test/v1/stream").arg(file.fileName()), {});
        QVERIFY(named.isValid && named.target.body.empty());
        QCOMPARE(readWithLeave(named).target.body, std::string("a=1"));
        QVERIFY(file.remove());
        QVERIFY(readWithLeave(named).problem.contains(QStringLiteral("file.unreadable")));
    }

    void aWrongSchemeIsNoHost()
    {
        type(QStringLiteral("htp:/foo"));
        QVERIFY(m_asked.empty());
        QVERIFY(!m_bar->findChild<QPushButton *>(QStringLiteral("urlSuggestion"))->isVisible());
    }

    void whatGoesAlongIsSeen()
    {
        const auto *request = m_bar->findChild<QPushButton *>(QStringLiteral("requestButton"));
        QCOMPARE(request->text(), QStringLiteral("Request\u2026"));
        type(QStringLiteral("curl -H 'X-A: b' -d '{}' https://a.test/stream"));
        QCOMPARE(request->text(), QStringLiteral("Request\u2026 \u00B7 2 headers \u00B7 body"));
        type(QStringLiteral("https://a.test/other"));
        QCOMPARE(m_asked.at(1).headers.size(), std::size_t(2));
        QCOMPARE(request->text(), QStringLiteral("Request\u2026 \u00B7 2 headers \u00B7 body"));
        type(QStringLiteral("https://b.test/other"));
        QCOMPARE(request->text(), QStringLiteral("Request\u2026"));
    }

    void theHttpVersionGoesAlong()
    {
        auto *http = m_bar->findChild<QComboBox *>(QStringLiteral("httpVersion"));
        const auto *hint = m_bar->findChild<QLabel *>(QStringLiteral("httpHint"));
        http->setCurrentIndex(int(HttpChoice::Http2));
        QVERIFY(!hint->isVisible());
        type(QStringLiteral("http://a.test/events"));
        QCOMPARE(m_asked.at(0).http, HttpChoice::Http2);
        QVERIFY(hint->isVisible() && hint->text().contains(QStringLiteral("prior knowledge")));
        type(QStringLiteral("https://b.test/events"));
        QCOMPARE(m_asked.at(1).http, HttpChoice::Http2);
        QVERIFY(!hint->isVisible());
        QCOMPARE(m_bar->findChild<QPushButton *>(QStringLiteral("requestButton"))->text(),
                 QStringLiteral("Request\u2026"));
        type(QStringLiteral("curl --http1.1 https://a.test/"));
        QCOMPARE(m_asked.at(2).http, HttpChoice::Http11);
        QCOMPARE(http->currentIndex(), int(HttpChoice::Http11));
    }

    void credentialsStayWithTheirHost()
    {
        Target target;
        target.url = *parseUrl("https://a.test/events");
        target.headers = {{"Authorization", "Bearer x"}};
        m_bar->setDraft(target);
        type(QStringLiteral("https://a.test/other"));
        QCOMPARE(m_asked.at(0).headers.size(), std::size_t(1));
        type(QStringLiteral("https://b.test/events"));
        QVERIFY(m_asked.at(1).headers.empty());
    }

private:
    void press(const char *name)
    {
        QTest::mouseClick(m_bar->findChild<QPushButton *>(QLatin1String(name)), Qt::LeftButton);
    }
    void type(const QString &text)
    {
        m_url->selectAll();
        QTest::keyClicks(m_url, text);
        QTest::keyClick(m_url, Qt::Key_Return);
    }

    std::unique_ptr<test::WindowBeside> m_beside;
    std::unique_ptr<ConnectBar> m_bar;
    QLineEdit *m_url = nullptr;
    std::vector<Target> m_asked;
    QStringList m_named;
};

PUSHSCOPE_TEST(ConnectBarTest)
#include "connectbartest.moc"
