#include "ui/panes/companioncomposer.h"

#include "core/insight/companionpairs.h"
#include "tests/support/capturebuilder.h"
#include "tests/support/testmain.h"
#include "tests/ui/support/windowbeside.h"
#include "ui/dialogs/pairtable.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace pushscope;
using test::CaptureBuilder;

class CompanionComposerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data() { test::addFeedRows(); }
    void init()
    {
        m_beside = std::make_unique<test::WindowBeside>();
        m_builder = std::make_unique<CaptureBuilder>();
        m_composer = std::make_unique<CompanionComposer>(m_builder->capture);
        m_composer->setStream(SessionId(1), QStringLiteral("feed"), QStringLiteral("http://h.test/events"));
        m_composer->show();
        m_text = child<QPlainTextEdit>("companionText");
        m_sent.clear();
        connect(m_composer.get(), &CompanionComposer::sendRequested, this,
                [this](const CompanionRequest &request) { m_sent.push_back(request); });
    }
    void cleanup()
    {
        m_composer.reset();
        m_beside.reset();
    }

    void ctrlEnterSendsToTheStreamsUrl()
    {
        QTest::keyClicks(m_text, QStringLiteral("{\"a\":1}"));
        QTest::keyClick(m_text, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(m_sent.size(), std::size_t(1));
        QCOMPARE(m_sent[0].method, std::string("POST"));
        QCOMPARE(m_sent[0].url.text(), std::string("http://h.test/events"));
        QCOMPARE(m_sent[0].body, Bytes("{\"a\":1}"));
        QCOMPARE(m_sent[0].headers, (std::vector<HeaderField>{{"Content-Type", "application/json"}}));
    }

    void eachModeHasItsContentType()
    {
        child<PairTable>("companionHeaders")->setPairs({{"content-type", "x/y"}});
        m_text->setPlainText(QStringLiteral("{}"));
        click("companionSend");
        QCOMPARE(m_sent.back().headers, (std::vector<HeaderField>{{"content-type", "x/y"}}));
        child<PairTable>("companionHeaders")->setPairs({});
        click("companionAsForm");
        m_text->setPlainText(QStringLiteral("a=1 2\nb=c=d"));
        click("companionSend");
        QCOMPARE(m_sent.back().body, Bytes("a=1+2&b=c%3Dd"));
        QCOMPARE(m_sent.back().headers.at(0).value, std::string("application/x-www-form-urlencoded"));
        click("companionAsText");
        m_text->setPlainText(QStringLiteral("a"));
        click("companionSend");
        QCOMPARE(m_sent.back().headers.at(0).value, std::string("text/plain;charset=utf-8"));
    }

    void aFileIsReadWhenItIsSent()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("x.png"));
        click("companionAsFile");
        m_text->setPlainText(path);
        click("companionSend");
        QVERIFY(m_sent.empty());
        QVERIFY(child<QLabel>("companionProblem")->isVisible());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("\x89PNG");
        file.close();
        click("companionSend");
        QCOMPARE(m_sent.at(0).body, Bytes("\x89PNG"));
        QCOMPARE(m_sent.at(0).headers.at(0).value, std::string("image/png"));
    }

    void whatIsWrongIsSaidInPlace()
    {
        auto *send = child<QPushButton>("companionSend");
        m_text->setPlainText(QStringLiteral("{\"a\":}"));
        QVERIFY(!send->isEnabled());
        QVERIFY(child<QLabel>("companionProblem")->text().startsWith(QStringLiteral("Not JSON: character 6")));
        m_text->clear();
        QVERIFY(send->isEnabled());
        child<QLineEdit>("companionUrl")->setText(QStringLiteral("ws://h.test/"));
        QVERIFY(!send->isEnabled());
        child<QLineEdit>("companionUrl")->setText(QStringLiteral("nonsense"));
        QVERIFY(!send->isEnabled());
    }

    void everyStreamKeepsItsOwn()
    {
        m_text->setPlainText(QStringLiteral("{}"));
        child<QLineEdit>("companionUrl")->setText(QStringLiteral("http://h.test/publish"));
        m_composer->setStream(SessionId(2), QStringLiteral("other"), QStringLiteral("http://o.test/"));
        QVERIFY(m_text->toPlainText().isEmpty());
        QCOMPARE(child<QLineEdit>("companionUrl")->text(), QStringLiteral("http://o.test/"));
        m_composer->setStream(SessionId(1), QStringLiteral("feed"), QStringLiteral("http://h.test/events"));
        QCOMPARE(m_text->toPlainText(), QStringLiteral("{}"));
        QCOMPARE(child<QLineEdit>("companionUrl")->text(), QStringLiteral("http://h.test/publish"));
    }

    void upBringsBackWhatWasSent()
    {
        m_text->setPlainText(QStringLiteral("{\"n\":1}"));
        click("companionSend");
        child<QComboBox>("companionMethod")->setCurrentText(QStringLiteral("PUT"));
        m_text->setPlainText(QStringLiteral("{\"n\":2}"));
        click("companionSend");
        m_text->clear();
        m_text->setFocus();
        QTest::keyClick(m_text, Qt::Key_Up);
        QTest::keyClick(m_text, Qt::Key_Up);
        QCOMPARE(m_text->toPlainText(), QStringLiteral("{\"n\":1}"));
        QCOMPARE(child<QComboBox>("companionMethod")->currentText(), QStringLiteral("POST"));
        QTest::keyClick(m_text, Qt::Key_Down);
        QTest::keyClick(m_text, Qt::Key_Down);
        QVERIFY(m_text->toPlainText().isEmpty());
    }

    void thePairIsToldAndPicked()
    {
        const auto companion = RecordFlag::Companion;
        m_builder->connection = 2;
        m_builder->whole(RecordKind::HttpRequest, "POST /publish HTTP/1.1\r\n\r\n", Direction::Out, companion);
        m_builder->whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\r\n\r\n", Direction::In, companion);
        m_builder->whole(RecordKind::HttpBody, "{\"id\":7}", Direction::In, companion);
        m_builder->connection = 1;
        m_builder->time = 12'000'000;
        const Seq event = m_builder->whole(RecordKind::SseEvent, "id: 7\ndata\n\n", Direction::In, RecordFlag::IdSet);
        auto *outcome = child<QPushButton>("companionOutcome");
        m_composer->advance();
        QVERIFY(outcome->isVisible());
        QVERIFY2(outcome->text().endsWith(QStringLiteral("answered by #%1, id 7, after 12 ms").arg(event.value)),
                 qPrintable(outcome->text()));
        Seq picked;
        connect(m_composer.get(), &CompanionComposer::recordPicked, this, [&picked](Seq seq) { picked = seq; });
        QTest::mouseClick(outcome, Qt::LeftButton);
        QCOMPARE(picked, event);
        child<QLineEdit>("companionPairBy")->clear();
        m_composer->advance();
        QVERIFY(!outcome->text().contains(QStringLiteral("answered")));
    }

    /// MCP 2024-11-05, HTTP with SSE: the event says where requests go.
    void anEndpointsUrlStandsThere()
    {
        m_composer->advance();
        QCOMPARE(child<QLineEdit>("companionUrl")->text(), QStringLiteral("http://h.test/events"));
        m_builder->whole(RecordKind::SseEvent, "event: endpoint\ndata: /messages?session=7\n\n");
        m_composer->advance();
        QCOMPARE(child<QLineEdit>("companionUrl")->text(), QStringLiteral("http://h.test/messages?session=7"));
        m_text->setPlainText(QStringLiteral("{}"));
        click("companionSend");
        QCOMPARE(m_sent.at(0).url.text(), std::string("http://h.test/messages?session=7"));
        QCOMPARE(m_sent.at(0).method, std::string("POST"));
        QCOMPARE(m_sent.at(0).headers, (std::vector<HeaderField>{{"Content-Type", "application/json"}}));
    }

    /// MCP 2025-06-18, streamable HTTP: each further request names session and version.
    void anMcpSessionsFieldsStandThere()
    {
        m_builder->whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\r\nMcp-Session-Id: s1\r\n\r\n");
        m_composer->advance();
        click("companionSend");
        const HeaderField accept{"Accept", "application/json, text/event-stream"};
        QCOMPARE(m_sent.at(0).headers, (std::vector<HeaderField>{accept, {"Mcp-Session-Id", "s1"}}));
        // The session begins anew while the table is being written in: that is left alone until it isn't.
        auto *headers = child<PairTable>("companionHeaders");
        child<QPushButton>("companionMore")->setChecked(true);
        headers->setFocus();
        m_builder->whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\r\nMcp-Session-Id: s2\r\n\r\n");
        m_composer->advance();
        QCOMPARE(headers->pairs().at(1).value, std::string("s1"));
        m_text->setFocus();
        m_composer->advance();
        QCOMPARE(headers->pairs(), (std::vector<HeaderField>{accept, {"Mcp-Session-Id", "s2"}}));
    }

    void whatWasTypedStaysBesideAnEndpoint()
    {
        auto *url = child<QLineEdit>("companionUrl");
        auto *headers = child<PairTable>("companionHeaders");
        url->setText(QStringLiteral("http://h.test/mine"));
        m_builder->whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\r\nMcp-Session-Id: s1\r\n\r\n");
        m_composer->advance();
        QCOMPARE(url->text(), QStringLiteral("http://h.test/mine"));
        QCOMPARE(headers->pairs().size(), std::size_t(2));
        const std::vector<HeaderField> own{{"Mcp-Session-Id", "wrong"}};
        headers->setPairs(own);
        QVERIFY(QMetaObject::invokeMethod(headers, "edited"));
        m_builder->whole(RecordKind::HttpResponse, "HTTP/1.1 200 OK\r\nMcp-Session-Id: s2\r\n\r\n");
        m_composer->advance();
        QCOMPARE(headers->pairs(), own);
        m_composer->setStream(SessionId(2), QStringLiteral("other"), QStringLiteral("http://o.test/"));
        QVERIFY(headers->pairs().empty());
        m_composer->setStream(SessionId(1), QStringLiteral("feed"), QStringLiteral("http://h.test/events"));
        m_composer->advance();
        QCOMPARE(headers->pairs(), own);
    }

private:
    template <class Widget>
    Widget *child(const char *name) const
    {
        return m_composer->findChild<Widget *>(QString::fromLatin1(name));
    }
    void click(const char *name) const { QTest::mouseClick(child<QPushButton>(name), Qt::LeftButton); }

    std::unique_ptr<test::WindowBeside> m_beside;
    std::unique_ptr<CaptureBuilder> m_builder;
    std::unique_ptr<CompanionComposer> m_composer;
    QPlainTextEdit *m_text = nullptr;
    std::vector<CompanionRequest> m_sent;
};

PUSHSCOPE_TEST(CompanionComposerTest)
#include "companioncomposertest.moc"
