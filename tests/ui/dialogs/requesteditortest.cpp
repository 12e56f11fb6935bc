#include "ui/dialogs/requesteditor.h"

#include "core/base/formbody.h"
#include "tests/support/testmain.h"
#include "tests/ui/support/windowbeside.h"
#include "ui/dialogs/pairtable.h"
#include "ui/text/bodykind.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabWidget>
#include <QTemporaryDir>
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
    target.shelved = {{0, {"X-First", "off"}}, {2, {"X-Last", "off"}}};
    target.body = "{\"stream\":true}";
    target.cookies = false;
    target.lastEventId = "5115";
    target.http = HttpChoice::Http2;
    target.sharing = {true, true, WhenFull::Queue};
    target.compressed = true;
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

    void aKeyBecomesAHeader()
    {
        Target target;
        target.url = *parseUrl("https://example.test/");
        target.headers = {{"x-api-key", "abc"}};
        m_editor->setTarget(target);
        QCOMPARE(child<PairTable>("editHeaders")->pairs().size(), std::size_t(0));
        QCOMPARE(child<QLineEdit>("authKey")->text(), QStringLiteral("abc"));
        connectNow();
        QVERIFY(m_asked.back() == target);
        target.headers.push_back({"Authorization", "Bearer t"}); // the page shows one kind
        m_editor->setTarget(target);
        connectNow();
        QCOMPARE(m_asked.back().headers, target.headers);
    }

    void everyKindOfBodyComesBack_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("kind");
        const auto kind = [](BodyKind each) { return int(each); };
        QTest::newRow("typed") << QByteArray() << QByteArray("x") << kind(BodyKind::Typed);
        QTest::newRow("JSON") << QByteArray("application/json") << QByteArray("{\n}") << kind(BodyKind::Json);
        QTest::newRow("no JSON") << QByteArray("application/json") << QByteArray("{") << kind(BodyKind::Typed);
        QTest::newRow("form") << QByteArray("application/x-www-form-urlencoded") << QByteArray("a=1+2&b=")
                              << kind(BodyKind::Form);
        QTest::newRow("a form of its own spelling")
            << QByteArray("application/x-www-form-urlencoded") << QByteArray("a=1%202") << kind(BodyKind::Typed);
        QTest::newRow("bytes") << QByteArray() << QByteArray("\xFF\x00", 2) << kind(BodyKind::Typed);
        const std::vector<FormPart> parts = {{"a", "1"}, {"b", "two\nlines"}};
        const std::string boundary = formBoundary(parts);
        QTest::newRow("multipart") << QByteArray::fromStdString("multipart/form-data; boundary=" + boundary)
                                   << QByteArray::fromStdString(multipartForm(parts, boundary))
                                   << kind(BodyKind::Multipart);
    }
    void everyKindOfBodyComesBack()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(int, kind);
        Target target;
        target.url = *parseUrl("https://example.test/");
        target.method = "POST";
        target.body = body.toStdString();
        if (!type.isEmpty())
            target.headers = {{"Content-Type", type.toStdString()}, {"X-Behind", "1"}};
        m_editor->setTarget(target);
        QCOMPARE(child<QComboBox>("editBodyKind")->currentIndex(), kind);
        connectNow();
        QVERIFY(m_asked.back() == target);
    }

    void aChosenKindFillsInItsType()
    {
        Target target;
        target.url = *parseUrl("https://example.test/");
        target.method = "POST";
        m_editor->setTarget(target);
        auto *kinds = child<QComboBox>("editBodyKind");
        const auto choose = [kinds](BodyKind kind) {
            kinds->setCurrentIndex(int(kind));
            Q_EMIT kinds->activated(int(kind));
        };
        choose(BodyKind::Multipart);
        child<PairTable>("editBodyParts")->setPairs({{"a", "1"}});
        connectNow();
        const std::string type = m_asked.back().headers.at(0).value;
        QVERIFY(type.starts_with("multipart/form-data; boundary="));
        QVERIFY(m_asked.back().body.starts_with("--" + type.substr(30)));
        choose(BodyKind::Form);
        child<PairTable>("editBodyForm")->setPairs({{"a", "1 2"}});
        connectNow();
        QCOMPARE(m_asked.back().body, std::string("a=1+2"));
        QCOMPARE(m_asked.back().headers,
                 (std::vector<HeaderField>{{"Content-Type", "application/x-www-form-urlencoded"}}));
        choose(BodyKind::Typed);
        connectNow();
        QVERIFY(m_asked.back().headers.empty());
    }

    void aFileIsReadWhenItIsApplied()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("x.xml"));
        Target target;
        target.url = *parseUrl("https://example.test/");
        target.bodyFile = path.toStdString();
        m_editor->setTarget(target);
        connectNow();
        QVERIFY(m_asked.empty());
        QVERIFY(child<QLabel>("editBodyProblem")->isVisible());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("<a/>");
        file.close();
        connectNow();
        QCOMPARE(m_asked.at(0).body, std::string("<a/>"));
        QCOMPARE(m_asked.at(0).bodyFile, path.toStdString());
        QVERIFY(child<QLineEdit>("editCommand")->text().contains(QStringLiteral("--data-file ") + path));
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
        headers->setCurrentCell(2, 1); // the first is shelved
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

    void aLowOneScrolls()
    {
        m_editor->resize(760, 480);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QCOMPARE(m_editor->size(), QSize(760, 480));
        const auto *area = m_editor->findChild<QScrollArea *>();
        QVERIFY(area->verticalScrollBar()->maximum() > 0);
        QCOMPARE(area->horizontalScrollBar()->maximum(), 0);
        const auto *go = child<QPushButton>("editConnect");
        QVERIFY(m_editor->rect().contains(QRect(go->mapTo(m_editor.get(), QPoint()), go->size())));
        // Whoever goes on with Tab sees where he is.
        auto *body = child<QPlainTextEdit>("editBody");
        QVERIFY(body->visibleRegion().isEmpty());
        child<QComboBox>("editBodyKind")->setFocus();
        QTest::keyClick(m_editor->focusWidget(), Qt::Key_Tab);
        QCOMPARE(m_editor->focusWidget(), body);
        QTRY_VERIFY(body->visibleRegion().contains(body->cursorRect().center() + body->viewport()->pos()));
    }

    /// What is not sent stands back: it has no letter in the text's own colour.
    void aHeaderThatIsOffIsMuted()
    {
        Target target;
        target.url = *parseUrl("https://example.test/");
        target.headers = {{"X-On", "a"}};
        target.shelved = {{1, {"X-Off", "b"}}};
        m_editor->setTarget(target);
        auto *headers = child<PairTable>("editHeaders");
        const auto darkest = [headers](int row) {
            const QImage image = headers->viewport()->grab(headers->visualItemRect(headers->item(row, 1))).toImage();
            int least = 255;
            for (int x = 4; x < image.width() - 4; ++x) {
                for (int y = 3; y < image.height() - 3; ++y)
                    least = std::min(least, qGray(image.pixel(x, y)));
            }
            return least;
        };
        QVERIFY2(darkest(1) > darkest(0) + 20, qPrintable(QString::number(darkest(1))));
        headers->item(1, 0)->setCheckState(Qt::Checked);
        QVERIFY(darkest(1) < darkest(0) + 20);
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
    void connectNow()
    {
        m_editor->show();
        child<QPushButton>("editConnect")->click();
    }
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
