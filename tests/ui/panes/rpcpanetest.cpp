#include "ui/panes/rpcpane.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/printmodel.h"
#include "tests/ui/support/windowtest.h"
#include "ui/panes/detailtabs.h"

#include <QLabel>
#include <QTabBar>
#include <QTreeView>

using namespace pushscope;

class RpcPaneTest : public test::WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void comesWhenItIsRecognised()
    {
        QVERIFY(!isTabVisible());
        const Seq asked =
            record(RecordKind::HttpBody, R"({"jsonrpc":"2.0","id":1,"method":"initialize"})", Direction::Out);
        const Seq said = record(RecordKind::SseEvent,
                                "data: "
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-06-18\","
                                "\"serverInfo\":{\"name\":\"tiny\"}}}\n\n",
                                Direction::In);
        QTRY_VERIFY(model()->rowOf(said) >= 0);
        table()->selectSeq(said);
        QTRY_VERIFY(isTabVisible());
        openTab();
        QTRY_COMPARE(child<QLabel>("rpcEndpoint")->text(),
                     QStringLiteral(
                         "Model Context Protocol over streamable HTTP \u00B7 server tiny \u00B7 protocol 2025-06-18"));
        auto *calls = child<QTreeView>("rpcCalls");
        QTRY_COMPARE(calls->model()->rowCount(), 1);
        QVERIFY(test::printModel(*calls->model())[0].startsWith(QStringLiteral("initialize | 1 | \u2191 sent | ")));
        QVERIFY(test::printModel(*calls->model())[0].endsWith(QStringLiteral(" | 1.0 ms | result")));
        // A new call comes while it is looked at; the keys pick its request, and Enter a reply.
        record(RecordKind::HttpBody, R"({"jsonrpc":"2.0","id":2,"method":"tools/list"})", Direction::Out);
        QTRY_COMPARE(calls->model()->rowCount(), 2);
        QTRY_COMPARE(calls->currentIndex().row(), 0);
        calls->setFocus();
        QTest::keyClick(calls, Qt::Key_Down);
        QTest::keyClick(calls, Qt::Key_Up);
        QCOMPARE(child<DetailTabs>("detailTabs")->record(), asked);
        QTest::keyClick(calls, Qt::Key_Return);
        QCOMPARE(child<DetailTabs>("detailTabs")->record(), said);
        // Another stream has nothing of it.
        child<DetailTabs>("detailTabs")->showSession(SessionId(1));
        QTRY_VERIFY(!isTabVisible());
    }

    void comesBackToTheFrontWithItsSession()
    {
        record(RecordKind::HttpBody, R"({"jsonrpc":"2.0","id":1,"method":"ping"})", Direction::Out);
        auto *details = child<DetailTabs>("detailTabs");
        details->showSession(SessionId(2));
        QTRY_VERIFY(isTabVisible());
        openTab();
        details->showSession(SessionId(1));
        QTRY_VERIFY(!isTabVisible());
        details->showSession(SessionId(2));
        QTRY_VERIFY(isTabVisible());
        QCOMPARE(details->currentIndex(), tab());
        // Not for somebody who went on to another pane.
        details->showSession(SessionId(1));
        QTest::mouseClick(bar(), Qt::LeftButton, {}, bar()->tabRect(0).center());
        details->showSession(SessionId(2));
        QTRY_VERIFY(isTabVisible());
        QCOMPARE(details->currentIndex(), 0);
    }

    void marksARecordThatItReachesLater()
    {
        const Seq asked = record(RecordKind::HttpBody, R"({"jsonrpc":"2.0","id":7,"method":"ping"})", Direction::Out);
        RpcPane pane(live->builder.capture);
        pane.showRecord(asked);
        const auto *calls = pane.findChild<QTreeView *>(QStringLiteral("rpcCalls"));
        QVERIFY(!calls->currentIndex().isValid());
        QTRY_VERIFY((pane.advance(true), calls->currentIndex().row() == 0));
    }

private:
    Seq record(RecordKind kind, const std::string &bytes, Direction direction)
    {
        return live->write([&](test::CaptureBuilder &b) {
            b.time += 1'000'000;
            b.session = b.connection = 2;
            const Seq seq = b.whole(kind, bytes, direction);
            b.session = b.connection = 1;
            return seq;
        });
    }
    [[nodiscard]] QTabBar *bar() const { return child<DetailTabs>("detailTabs")->tabBar(); }
    [[nodiscard]] int tab() const
    {
        for (int i = 0; i < bar()->count(); ++i) {
            if (bar()->tabText(i) == QStringLiteral("JSON-RPC"))
                return i;
        }
        return -1;
    }
    [[nodiscard]] bool isTabVisible() const { return bar()->isTabVisible(tab()); }
    void openTab() const { QTest::mouseClick(bar(), Qt::LeftButton, {}, bar()->tabRect(tab()).center()); }
};

PUSHSCOPE_TEST(RpcPaneTest)
#include "rpcpanetest.moc"
