#include "ui/dialogs/requesteditor.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/windowbeside.h"
#include "ui/dialogs/pairtable.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>

using namespace pushscope;

namespace {

Target fullTarget()
{
    Target target;
    target.name = "orders";
    target.url = *parseUrl("https://name:word@example.test:9443/orders?topic=a%20b&x=1");
    target.transport = TransportChoice::Sse;
    target.method = "POST";
    target.headers = {{"Accept", "text/event-stream"}, {"X-Odd", "a: b"}};
    target.body = "{\"stream\":true}";
    target.lastEventId = "5115";
    target.http = HttpChoice::Http2;
    target.sharing = {true, true, WhenFull::Queue};
    target.timeouts = {Milliseconds(1500), Milliseconds(2500), Milliseconds(3500)};
    target.limits.frameBytes = 2 * 1024 * 1024;
    target.limits.messageBytes = 4095u * 1024 * 1024;
    target.reconnection.webSocket = true;
    target.reconnection.initial = Milliseconds(250);
    target.reconnection.overrideTime = Milliseconds(125);
    target.reconnection.backoff = Backoff::Exponential;
    target.reconnection.maxAttempts = 7;
    target.reconnection.dropAfter = 100;
    target.tls.caFile = "/etc/ca.pem";
    target.tls.passphrase = "secret";
    target.tls.minimumVersion = 13;
    target.proxy = {ProxyOptions::Kind::HttpConnect, "proxy.test", 3128, "u", "p"};
    target.resolve = {{"example.test", 9443, "::1"}};
    target.webSocket.origin = "https://example.test";
    target.webSocket.subprotocols = {"a", "b"};
    target.webSocket.pong = PongMode::Late;
    target.webSocket.pongDelay = Milliseconds(40);
    target.webSocket.closeCode = 4001;
    target.webSocket.closeReason = "done";
    return target;
}

} // namespace

class RequestEditorTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data() { test::addFeedRows(); }
    void init()
    {
        m_beside = std::make_unique<test::WindowBeside>();
        m_editor = std::make_unique<RequestEditor>();
        m_editor->show();
        m_asked.clear();
        connect(m_editor.get(), &RequestEditor::connectRequested, this,
                [this](const Target &target) { m_asked.push_back(target); });
    }
    void cleanup()
    {
        m_editor.reset();
        m_beside.reset();
    }

    void whatIsShownComesBack()
    {
        const Target target = fullTarget();
        m_editor->setTarget(target);
        QTest::mouseClick(child<QPushButton>("editConnect"), Qt::LeftButton);
        QCOMPARE(m_asked.size(), std::size_t(1));
        QVERIFY(m_asked[0] == target);
    }

    void aTokenBecomesAHeader()
    {
        Target target;
        target.url = *parseUrl("https://example.test/");
        target.headers = {{"Authorization", "Bearer abc"}};
        m_editor->setTarget(target);
        QCOMPARE(child<PairTable>("editHeaders")->pairs().size(), std::size_t(0));
        child<QLineEdit>("authToken")->setText(QStringLiteral("xyz"));
        QTest::mouseClick(child<QPushButton>("editConnect"), Qt::LeftButton);
        QCOMPARE(m_asked.at(0).headers, (std::vector<HeaderField>{{"Authorization", "Bearer xyz"}}));
    }

    void theQueryTableAndTheUrlFollowEachOther()
    {
        m_editor->setTarget(fullTarget());
        auto *query = child<PairTable>("editQuery");
        QCOMPARE(query->pairs(), (std::vector<HeaderField>{{"topic", "a b"}, {"x", "1"}}));
        query->item(1, 2)->setText(QStringLiteral("2&3"));
        QVERIFY(child<QLineEdit>("editUrl")->text().endsWith(QStringLiteral("?topic=a%20b&x=2%263")));
        query->item(0, 0)->setCheckState(Qt::Unchecked);
        QVERIFY(child<QLineEdit>("editUrl")->text().endsWith(QStringLiteral("?x=2%263")));
    }

    void headersAreMovedAndRemovedByKeys()
    {
        m_editor->setTarget(fullTarget());
        auto *headers = child<PairTable>("editHeaders");
        headers->setCurrentCell(1, 1);
        QTest::keyClick(headers, Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(headers->pairs().front().name, std::string("X-Odd"));
        QTest::keyClick(headers, Qt::Key_Delete);
        QCOMPARE(headers->pairs().size(), std::size_t(1));
    }

    void theCommandLineIsShown()
    {
        Target target;
        target.url = *parseUrl("http://localhost:8080/events");
        m_editor->setTarget(target);
        child<QCheckBox>("tlsInsecure")->setChecked(true);
        QCOMPARE(child<QLineEdit>("editCommand")->text(),
                 QStringLiteral("pushscope record -k http://localhost:8080/events"));
    }

    void whatHttp11CantDoIsSaid()
    {
        Target target;
        target.url = *parseUrl("https://localhost:8443/events");
        m_editor->setTarget(target);
        QVERIFY(child<QCheckBox>("httpPush")->isEnabled());
        QVERIFY(child<QLabel>("httpSharingHint")->text().isEmpty());
        child<QComboBox>("httpChoice")->setCurrentIndex(int(HttpChoice::Http11));
        QVERIFY(!child<QCheckBox>("httpPush")->isEnabled() && !child<QCheckBox>("httpOwnConnection")->isEnabled());
        QVERIFY(child<QLabel>("httpSharingHint")->text().startsWith(QStringLiteral("HTTP/1.1: ")));
        child<QComboBox>("httpChoice")->setCurrentIndex(int(HttpChoice::Http2));
        child<QLineEdit>("editUrl")->setText(QStringLiteral("http://localhost:8080/events"));
        QVERIFY(child<QCheckBox>("httpPush")->isEnabled());
        QVERIFY(child<QLabel>("httpVersionHint")->text().contains(QStringLiteral("prior knowledge")));
    }

    void aBadUrlIsSaidInPlace()
    {
        Target target;
        target.url = *parseUrl("http://localhost:8080/events");
        m_editor->setTarget(target);
        child<QTabWidget>("requestTabs")->setCurrentIndex(3);
        child<QLineEdit>("editUrl")->setText(QStringLiteral("nonsense"));
        QTest::mouseClick(child<QPushButton>("editConnect"), Qt::LeftButton);
        QVERIFY(m_asked.empty());
        QCOMPARE(child<QTabWidget>("requestTabs")->currentIndex(), 0);
        QVERIFY(child<QLabel>("editUrlProblem")->isVisible());
    }

private:
    template <class Widget>
    [[nodiscard]] Widget *child(const char *name) const
    {
        return m_editor->findChild<Widget *>(QString::fromLatin1(name));
    }

    std::unique_ptr<test::WindowBeside> m_beside;
    std::unique_ptr<RequestEditor> m_editor;
    std::vector<Target> m_asked;
};

PUSHSCOPE_TEST(RequestEditorTest)
#include "requesteditortest.moc"
