#include "tests/support/testmain.h"
#include "tests/ui/support/livewindowtest.h"
#include "ui/models/recordtablemodel.h"
#include "ui/panes/streamspanel.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace pushscope;

/// What a person does in the first minutes.
class MainWindowLiveTest : public test::LiveWindowTest
{
    Q_OBJECT

    [[nodiscard]] bool hasRow(const QString &kind, const QString &preview = {}) const
    {
        for (int row = rows()->rowCount() - 1; row >= 0; --row) {
            if (rows()->index(row, RecordTableModel::Kind).data().toString() == kind &&
                rows()->index(row, RecordTableModel::Preview).data().toString().contains(preview))
                return true;
        }
        return false;
    }
    [[nodiscard]] QString stateOf(const QString &name) const
    {
        const QAbstractItemModel *list = child<QListView>("streamsList")->model();
        for (int row = 0; row < list->rowCount(); ++row) {
            const QString text = list->index(row, 0).data(Qt::AccessibleTextRole).toString();
            if (text.startsWith(name + QStringLiteral(", ")))
                return text.mid(name.size() + 2);
        }
        return {};
    }
    void onlyStream(const QString &name)
    {
        const QAbstractItemModel *list = child<QListView>("streamsList")->model();
        for (int row = 0; row < list->rowCount(); ++row) {
            if (list->index(row, 0).data().toString() == name)
                child<QListView>("streamsList")->setCurrentIndex(list->index(row, 0));
        }
        auto *chip = child<QAbstractButton>("layerStream");
        if (!chip->isChecked())
            chip->click();
    }
    [[nodiscard]] QAction *action(QMenu *menu, const QString &text) const
    {
        for (QAction *entry : menu->actions()) {
            if (entry->text() == text)
                return entry;
        }
        return nullptr;
    }

private Q_SLOTS:
    void theFirstCardShowsLiveRows()
    {
        QFETCH_GLOBAL(bool, feed);
        if (feed)
            window->startDemo(true);
        else
            click("cardFeed");
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(QStringLiteral("events")).startsWith(QStringLiteral("SSE")), 5000);
        onlyStream(QStringLiteral("events"));
        QTRY_VERIFY_WITH_TIMEOUT(hasRow(QStringLiteral("event"), QStringLiteral("\"id\"")), 5000);
        QVERIFY(hasRow(QStringLiteral("request"), QStringLiteral("GET /events")));
    }

    void aPastedCommandTakesNothingFromHereUnasked()
    {
        QFETCH_GLOBAL(bool, feed);
        window->startDemo(false);
        const Target demo = *window->workspace().demoTarget("/events", "events");
        const QString command =
            QStringLiteral("curl -N -H \"X-Key: $PUSHSCOPE_TEST_KEY\" ") + QString::fromStdString(demo.url.text());
        qputenv("PUSHSCOPE_TEST_KEY", "secret");
        child<QLineEdit>(feed ? "url" : "welcomeUrl")->setText(command);
        click(feed ? "connectButton" : "welcomeConnect");
        const auto *notice = child<QLabel>("noticeText");
        QVERIFY(notice->isVisible());
        QVERIFY(notice->text().contains(QStringLiteral("$PUSHSCOPE_TEST_KEY")));
        QVERIFY(!notice->text().contains(QStringLiteral("secret")));
        QCOMPARE(child<QLineEdit>("url")->text(), command);
        click("connectButton");
        QTRY_VERIFY(child<QWidget>("noticeAccept")->isVisible());
        click("noticeAccept");
        qunsetenv("PUSHSCOPE_TEST_KEY");
        std::vector<SessionId> opened;
        const auto isOpened = [&] {
            opened.clear();
            for (const SessionSummary &session : window->workspace().statistics().sessions()) {
                if (session.name == "events")
                    opened.push_back(session.id);
            }
            return !opened.empty();
        };
        QTRY_VERIFY(isOpened());
        QCOMPARE(opened.size(), std::size_t(1)); // none came of what was pressed before the leave
        QCOMPARE(window->workspace().targetOf(opened[0])->headers.front(), (HeaderField{"X-Key", "secret"}));
        QCOMPARE(child<QLineEdit>("url")->text(), QString::fromStdString(demo.url.text()));
        QVERIFY(!notice->isVisible());
    }

    void theEchoAnswersTheComposer()
    {
        window->startDemo(false);
        window->openTarget(*window->workspace().demoTarget("/ws/echo", "echo"));
        QTRY_VERIFY(stateOf(QStringLiteral("echo")).startsWith(QStringLiteral("WebSocket")));
        onlyStream(QStringLiteral("echo"));
        auto *text = child<QPlainTextEdit>("composerText");
        QTRY_VERIFY(text->isVisible());
        QTest::keyClicks(text, QStringLiteral("hello there"));
        QTRY_VERIFY(child<QAbstractButton>("composerSend")->isEnabled());
        QTest::keyClick(text, Qt::Key_Return, Qt::ControlModifier);
        const auto texts = [this] {
            int count = 0;
            for (int row = 0; row < rows()->rowCount(); ++row)
                count +=
                    rows()->index(row, RecordTableModel::Preview).data().toString() == QStringLiteral("hello there")
                        ? 1
                        : 0;
            return count;
        };
        QTRY_COMPARE(texts(), 2);
        click("composeClose");
        click("composerSend");
        QTRY_VERIFY(stateOf(QStringLiteral("echo")).startsWith(QStringLiteral("closed")));
    }

    void aDroppedFeedComesBack()
    {
        window->startDemo(false);
        window->openTarget(*window->workspace().demoTarget("/events?interval=50&retry=100", "drops"));
        QTRY_VERIFY(stateOf(QStringLiteral("drops")).startsWith(QStringLiteral("SSE")));
        onlyStream(QStringLiteral("drops"));
        QTRY_VERIFY(hasRow(QStringLiteral("event")));
        auto *panel = child<StreamsPanel>("streamsPanel");
        QMenu *menu = panel->menuFor(panel->current());
        QAction *drop = action(menu, QStringLiteral("Drop the connection"));
        QVERIFY(drop && drop->isEnabled());
        drop->trigger();
        QTRY_VERIFY(hasRow(QStringLiteral("waiting")));
        QTRY_VERIFY(stateOf(QStringLiteral("drops")).startsWith(QStringLiteral("SSE")));
    }

    void oneSourceSideBySideOverItsCarriers()
    {
        window->startDemo(false);
        window->openTarget(*window->workspace().demoTarget("/events?interval=50&retry=100", "side"));
        QTRY_VERIFY(!stateOf(QStringLiteral("side")).isEmpty());
        onlyStream(QStringLiteral("side"));
        auto *panel = child<StreamsPanel>("streamsPanel");
        const std::unique_ptr<QMenu> menu(panel->menuFor(panel->current()));
        auto *over = menu->findChild<QMenu *>(QStringLiteral("duplicateMenu"));
        QVERIFY(over);
        over->actions().last()->trigger();
        for (const char *name : {"SSE/1.1", "SSE/2", "WebSocket/1.1", "WebSocket/2"}) {
            const QString carrier = QString::fromLatin1(name);
            QTRY_VERIFY(stateOf(QStringLiteral("side \u00B7 ") + carrier).startsWith(carrier.section(u'/', 0, 0)));
        }
    }

    void keysPauseAndDisconnectTheCurrentStream()
    {
        window->startDemo(false);
        window->openTarget(*window->workspace().demoTarget("/events?interval=50", "keys"));
        QTRY_VERIFY(stateOf(QStringLiteral("keys")).startsWith(QStringLiteral("SSE")));
        onlyStream(QStringLiteral("keys"));
        QTest::keyClick(window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(stateOf(QStringLiteral("keys")), QStringLiteral("SSE \u00B7 reading paused"));
        QTest::keyClick(window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(!stateOf(QStringLiteral("keys")).contains(QStringLiteral("paused")));
        QTest::keyClick(window.get(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(stateOf(QStringLiteral("keys")).startsWith(QStringLiteral("closed")));
        QTest::keyClick(window.get(), Qt::Key_O, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(stateOf(QStringLiteral("keys")).startsWith(QStringLiteral("SSE")));
    }

    void closingWaitsForTheStreamsAndThenEnds()
    {
        window->startDemo(false);
        window->openTarget(*window->workspace().demoTarget("/ws/echo", "echo"));
        QTRY_VERIFY(stateOf(QStringLiteral("echo")).startsWith(QStringLiteral("WebSocket")));
        QSignalSpy ended(window.get(), &MainWindow::ended);
        window->close();
        QVERIFY(!window->isVisible());
        QVERIFY(ended.isEmpty());
        QTRY_COMPARE(ended.size(), 1);
        QTRY_VERIFY(!window->workspace().hasOpenSessions());
    }

    void theSecondCardLetsOneTalkAtOnce()
    {
        window->findChild<QAbstractButton *>(QStringLiteral("cardEcho"))->click();
        QTRY_VERIFY(child<QPlainTextEdit>("composerText")->hasFocus());
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("hello"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        onlyStream(QStringLiteral("echo"));
        QTRY_VERIFY(hasRow(QStringLiteral("text"), QStringLiteral("hello")));
    }

    void wrongBytesAreToldInPlace_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<QString>("code");
        QTest::newRow("nobody listens") << QByteArray() << QStringLiteral("http") << QStringLiteral("tcp.refused");
        QTest::newRow("no TLS") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n") << QStringLiteral("https")
                                << QStringLiteral("tls.handshake");
        QTest::newRow("a cut head") << QByteArray("HTTP/1.1 200 OK\r\nContent-Ty") << QStringLiteral("http")
                                    << QStringLiteral("tcp.closed");
        QTest::newRow("not HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n") << QStringLiteral("http")
                                  << QStringLiteral("http.malformed");
    }
    void wrongBytesAreToldInPlace()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, scheme);
        QFETCH(QString, code);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, this, [&server, bytes] {
            QTcpSocket *peer = server.nextPendingConnection();
            connect(peer, &QTcpSocket::readyRead, peer, [peer, bytes] {
                peer->readAll(); // what is left unread would turn the end into a reset
                peer->write(bytes);
                peer->disconnectFromHost();
            });
        });
        Target target;
        target.url = *parseUrl(QStringLiteral("%1://127.0.0.1:%2/").arg(scheme).arg(server.serverPort()).toStdString());
        target.name = "bad";
        if (bytes.isEmpty())
            server.close();
        window->openTarget(target);
        QTRY_VERIFY(!stateOf(QStringLiteral("bad")).isEmpty());
        onlyStream(QStringLiteral("bad"));
        QTRY_VERIFY(hasRow(QStringLiteral("error"), code));
        const QString state = stateOf(QStringLiteral("bad"));
        QVERIFY2(state.startsWith(QStringLiteral("failed")) || state.startsWith(QStringLiteral("waiting")) ||
                     state.startsWith(QStringLiteral("connecting")),
                 qPrintable(state));
        QVERIFY(!window->findChild<QDialog *>());
    }

    void failuresAreToldInPlace_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("code");
        QTest::newRow("unknown host") << QStringLiteral("http://nowhere.invalid/events")
                                      << QStringLiteral("dns.notfound");
        QTest::newRow("HTML where a stream was expected") << QStringLiteral("/") << QStringLiteral("sse.content-type");
        QTest::newRow("404") << QStringLiteral("/not/there") << QStringLiteral("http.status");
    }
    void failuresAreToldInPlace()
    {
        QFETCH(QString, url);
        QFETCH(QString, code);
        window->startDemo(false);
        const auto base = window->workspace().demoTarget("/", "bad");
        QVERIFY(base);
        Target target = *base;
        if (url.startsWith(u'/'))
            target.url.target = url.toStdString();
        else
            target.url = *parseUrl(url.toStdString());
        target.transport = TransportChoice::Sse;
        window->openTarget(target);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(QStringLiteral("bad")), QStringLiteral("failed \u00B7 ") + code, 20'000);
        onlyStream(QStringLiteral("bad"));
        QTRY_VERIFY(hasRow(QStringLiteral("error"), code));
        QVERIFY(!window->findChild<QDialog *>());
    }

    void theDemoOverTlsIsTrusted()
    {
        window->startDemo(false);
        Target target;
        target.url = *parseUrl(window->workspace().demo()->addresses().https + "/events?interval=50");
        target.name = "secure";
        window->openTarget(target);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(QStringLiteral("secure")).startsWith(QStringLiteral("SSE")), 10'000);
    }

    void scenariosOpenTheirStreams()
    {
        window->findChild<QAbstractButton *>(QStringLiteral("cardScenarios"))->click();
        auto *list = window->findChild<QListWidget *>(QStringLiteral("scenarioList"));
        QVERIFY(list && list->isVisible());
        QVERIFY(list->count() > 20);
        QTest::mouseClick(window->findChild<QAbstractButton *>(QStringLiteral("scenarioOpen")), Qt::LeftButton);
        QTRY_VERIFY(!stateOf(QString::fromStdString(DemoServer::scenarios().front().id)).isEmpty());
    }

    void whatWasOpenIsOfferedAtTheNextStart()
    {
        window->startDemo(false);
        window->openTarget(*window->workspace().demoTarget("/events", "again"));
        window = std::make_unique<MainWindow>();
        window->show();
        QCOMPARE(child<QStackedWidget>("pages")->currentWidget()->objectName(), QStringLiteral("welcomePage"));
        QVERIFY(child<QWidget>("recentList")->isVisible());
        QCOMPARE(child<QListView>("streamsList")->model()->rowCount(), 0);
    }

    void streamsAreListedAgainAtTheNextStart()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        Target target;
        target.url = *parseUrl("http://127.0.0.1:" + std::to_string(server.serverPort()) + "/ticks");
        window->openTarget(target);
        QTRY_VERIFY(server.hasPendingConnections());
        server.nextPendingConnection();
        window->close();
        window = std::make_unique<MainWindow>();
        window->restoreStreams();
        window->show();
        QTRY_COMPARE(stateOf(QStringLiteral("ticks")), QStringLiteral("idle"));
        QCOMPARE(child<QListView>("streamsList")->model()->rowCount(), 1); // the demo server's went with it
        QVERIFY(!server.hasPendingConnections());
        window->openTarget(target); // the same again: it is there already
        QTRY_VERIFY(server.hasPendingConnections());
        QCOMPARE(child<QListView>("streamsList")->model()->rowCount(), 1);
    }

    void theCaptureGoesWithTheWindow()
    {
        const QString folder = QString::fromStdString(window->workspace().capture()->folder().string());
        QVERIFY(QDir(folder).exists());
        window.reset();
        QVERIFY(!QDir(folder).exists());
    }
};

PUSHSCOPE_TEST(MainWindowLiveTest)
#include "mainwindowlivetest.moc"
