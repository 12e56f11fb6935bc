#include "ui/panes/assembledpane.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/windowtest.h"
#include "ui/panes/assembledtext.h"
#include "ui/panes/detailtabs.h"
#include "ui/panes/rateplot.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTextBlock>
#include <QTreeWidget>

using namespace pushscope;

class AssembledPaneTest : public test::WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void growsWhileItStreams()
    {
        request();
        const Seq first = chat(R"({"reasoning_content":"Hm. "})");
        openTab(first);
        QTRY_COMPARE(text(), QStringLiteral("Response 1\n\u2026 Reasoning\nHm. "));
        chat(R"({"content":"Hello"})");
        chat(R"({"content":" <b>world</b>"})");
        chat(R"({"tool_calls":[{"index":0,"id":"call_1","function":{"name":"wave","arguments":"{}"}}]})");
        QTRY_COMPARE(text(), QStringLiteral("Response 1\n\u2026 Reasoning\nHm. \n\n\u25B8 Text\nHello <b>world</b>\n\n"
                                            "\u0192 Tool call \u00B7 wave \u00B7 call_1\n{}"));
        QTRY_COMPARE(said(), QStringLiteral("seen: OpenAI chat completions"));
        QTRY_COMPARE(figure(0), QStringLiteral("First token | 20 ms \u00B7 first event 20 ms"));
        event(R"({"id":"c","choices":[],"usage":{"completion_tokens":8}})");
        QTRY_VERIFY2(figure(1).startsWith(QStringLiteral("Tokens a second | ")), qPrintable(figure(1)));
        QVERIFY(child<RatePlot>("ratePlot")->highest() > 0);
    }

    void picksTheEventOfADeltaAndBack()
    {
        request();
        chat(R"({"content":"one "})");
        const Seq second = chat(R"({"content":"two "})");
        const Seq third = chat(R"({"content":"three"})");
        openTab(second);
        QTRY_VERIFY(text().contains(QStringLiteral("three")));
        QTRY_COMPARE(marked(), QStringLiteral("two "));
        // The arrow keys go through the letters: behind "two " stands the third delta.
        view()->setFocus();
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(view(), Qt::Key_Right);
        QCOMPARE(marked(), QStringLiteral("three"));
        QTRY_COMPARE(details()->record(), third);
        // And by a click at the first letter of the first.
        QTextCursor at(view()->document());
        at.setPosition(int(text().indexOf(QStringLiteral("one"))));
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, view()->cursorRect(at).center() + QPoint(2, 0));
        QCOMPARE(marked(), QStringLiteral("one "));
        table()->selectSeq(third);
        QTRY_COMPARE(marked(), QStringLiteral("three"));
    }

    void takesAFormatAndARecipe()
    {
        const Seq first = event(R"({"t":"by recipe","r":"why"})");
        openTab(first);
        QTRY_COMPARE(said(), QStringLiteral("No known format in its messages: choose one, or write a recipe"));
        auto *preset = child<QComboBox>("assembledPreset");
        preset->setFocus();
        QTest::keyClick(preset, Qt::Key_End);
        QTRY_VERIFY(child<QLineEdit>("recipeText")->isVisible());
        QTest::keyClicks(child<QLineEdit>("recipeText"), QStringLiteral("$.t["));
        QTRY_VERIFY(child<QLabel>("recipeWrong")->isVisible());
        QVERIFY2(child<QLabel>("recipeWrong")->text().startsWith(QStringLiteral("$.t[\u25B8")),
                 qPrintable(child<QLabel>("recipeWrong")->text()));
        QTest::keyClick(child<QLineEdit>("recipeText"), Qt::Key_Backspace);
        QTRY_VERIFY(!child<QLabel>("recipeWrong")->isVisible());
        QTest::keyClicks(child<QLineEdit>("recipeReasoning"), QStringLiteral("/r"));
        QTRY_COMPARE(text(), QStringLiteral("Response 1\n\u2026 Reasoning\nwhy\n\n\u25B8 Text\nby recipe"));
        // Another stream has a choice of its own.
        details()->showSession(SessionId(1));
        QCOMPARE(preset->currentIndex(), 0);
        details()->showSession(SessionId(2));
        QCOMPARE(child<QLineEdit>("recipeText")->text(), QStringLiteral("$.t"));
    }

    void copiesAndSaves()
    {
        request();
        chat(R"({"reasoning":"think"})");
        chat(R"({"content":"a\u202eb"})");
        const Seq last =
            chat(R"({"tool_calls":[{"index":0,"id":"i","function":{"name":"f","arguments":"{\u0022a\u0022:1}"}}]})");
        openTab(last);
        QTRY_VERIFY(child<QWidget>("assembledCopyCalls")->isVisible());
        click("assembledCopy");
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("a\u202Eb"));
        click("assembledCopyCalls");
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 QStringLiteral("[\n  {\"id\": \"i\", \"name\": \"f\", \"arguments\": {\"a\":1}}\n]\n"));
        // What would turn the line around is shown by its number.
        QVERIFY(text().contains(QStringLiteral("a\u27E8202E\u27E9b")));
        // Whoever asks for a file name stands outside: what it is given is looked at, not written.
        disconnect(details(), &DetailTabs::textSaveRequested, nullptr, nullptr);
        QSignalSpy saved(details(), &DetailTabs::textSaveRequested);
        click("assembledSave");
        QCOMPARE(saved.size(), 1);
        QVERIFY(saved[0][1].toByteArray().contains("--- reasoning\nthink\n\n--- text\na\xE2\x80\xAE"
                                                   "b\n"));
    }

    void warnsWhenEventsShareARead()
    {
        request();
        Seq last;
        for (int i = 0; i < 20; ++i)
            last = chat(R"({"content":"x"})", 0);
        openTab(last);
        QTRY_VERIFY(child<QLabel>("assembledDoubts")->isVisible());
        QVERIFY2(
            child<QLabel>("assembledDoubts")->text().startsWith(QStringLiteral("Up to 20 events came in one read")),
            qPrintable(child<QLabel>("assembledDoubts")->text()));
    }

    /// A megabyte in one line, in 20,000 deltas: all of it is shown, and the end stays in sight until the user leaves
    /// it.
    void followsAMegabyte()
    {
        request();
        openTab(chat(R"({"content":"begin "})"));
        QTRY_VERIFY(text().contains(QStringLiteral("begin")));
        QTest::keyClick(view(), Qt::Key_End, Qt::ControlModifier);
        const std::string delta = "{\"content\":\"" + std::string(50, 'm') + "\"}";
        for (int i = 0; i < 20'000; ++i)
            chat(delta.c_str());
        chat(R"({"content":" end"})");
        QTRY_VERIFY_WITH_TIMEOUT(view()->document()->lastBlock().text().endsWith(QStringLiteral(" end")), 30'000);
        QVERIFY(view()->document()->characterCount() > 1'000'000);
        QVERIFY(view()->document()->blockCount() > 200);
        QCOMPARE(view()->verticalScrollBar()->value(), view()->verticalScrollBar()->maximum());
        QTest::keyClick(view(), Qt::Key_PageUp);
        const int place = view()->verticalScrollBar()->value();
        QVERIFY(place < view()->verticalScrollBar()->maximum());
        chat(R"({"content":"\nlater"})");
        QTRY_VERIFY(view()->document()->lastBlock().text() == QStringLiteral("later"));
        QCOMPARE(view()->verticalScrollBar()->value(), place);
    }

    /// What a request beside the stream is answered with is chosen by a row of it, or from the list.
    void showsTheAnswerToACompanion()
    {
        request();
        const Seq ofStream = chat(R"({"content":"of the stream"})");
        openTab(ofStream);
        QTRY_VERIFY(text().endsWith(QStringLiteral("of the stream")));
        auto *choice = child<QComboBox>("exchangeChoice");
        QVERIFY(!choice->isVisible());
        const Seq asked = beside(RecordKind::HttpRequest, "POST /v1/chat HTTP/1.1\r\n\r\n", Direction::Out);
        const Seq answered =
            beside(RecordKind::SseEvent, "data: {\"choices\":[{\"delta\":{\"content\":\"beside it\"}}]}\n\n");
        QTRY_VERIFY(choice->isVisible());
        QCOMPARE(choice->count(), 2);
        QVERIFY2(choice->itemText(1).startsWith(QStringLiteral("#%1  POST /v1/chat").arg(asked.value)),
                 qPrintable(choice->itemText(1)));
        QVERIFY(text().endsWith(QStringLiteral("of the stream")));
        QTRY_VERIFY(model()->rowOf(answered) >= 0);
        table()->selectSeq(answered);
        QTRY_VERIFY(text().endsWith(QStringLiteral("beside it")));
        QTRY_COMPARE(marked(), QStringLiteral("beside it"));
        choice->setFocus();
        QTest::keyClick(choice, Qt::Key_Home);
        QTRY_VERIFY(text().endsWith(QStringLiteral("of the stream")));
        QTest::keyClick(choice, Qt::Key_Down);
        QTRY_VERIFY(text().endsWith(QStringLiteral("beside it")));
        table()->selectSeq(ofStream);
        QTRY_COMPARE(marked(), QStringLiteral("of the stream"));
    }

    void saysWhyTheModelRefused()
    {
        request();
        const Seq answer = write(RecordKind::HttpResponse, "HTTP/1.1 503 Service Unavailable\r\n\r\n");
        openTab(answer);
        QTRY_COMPARE(said(), QStringLiteral("The answer was 503: no stream"));
        request();
        write(RecordKind::HttpResponse, "HTTP/1.1 429 Too Many Requests\r\n\r\n");
        write(RecordKind::HttpBody, R"({"error":{"message":"Slow <b>down</b>","code":"rate_limit_exceeded"}})");
        QTRY_VERIFY2(text().endsWith(QStringLiteral("HTTP 429: Slow <b>down</b> (rate_limit_exceeded)")),
                     qPrintable(text()));
        QTRY_COMPARE(said(), QStringLiteral("The answer was 429: no stream"));
    }

    void isReadByNames()
    {
        openTab(event("{}"));
        for (const char *name : {"assembledText", "assembledPreset", "assembledFigures", "recipeText",
                                 "recipeReasoning", "recipeType", "ratePlot", "exchangeChoice"})
            QVERIFY2(!child<QWidget>(name)->accessibleName().isEmpty(), name);
    }

private:
    void openTab(Seq seq)
    {
        QTRY_VERIFY(model()->rowOf(seq) >= 0);
        table()->selectSeq(seq);
        auto *bar = details()->tabBar();
        for (int i = 0; i < bar->count(); ++i) {
            if (bar->tabText(i) == QStringLiteral("Assembled"))
                QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(i).center());
        }
        QVERIFY(child<QWidget>("assembledPane")->isVisible());
    }
    void request()
    {
        live->write([](test::CaptureBuilder &b) {
            b.time += 20'000'000;
            return inChat(b, [](test::CaptureBuilder &own) {
                return own.whole(RecordKind::HttpRequest, "POST /v1/chat/completions HTTP/1.1\r\n\r\n", Direction::Out);
            });
        });
    }
    Seq event(const std::string &data, std::int64_t wait = 20'000'000)
    {
        return live->write([&](test::CaptureBuilder &b) {
            b.time += wait;
            return inChat(b, [&](test::CaptureBuilder &own) {
                return own.whole(RecordKind::SseEvent, "data: " + data + "\n\n");
            });
        });
    }
    Seq write(RecordKind kind, const std::string &bytes)
    {
        return live->write([&](test::CaptureBuilder &b) {
            return inChat(b, [&](test::CaptureBuilder &own) { return own.whole(kind, bytes); });
        });
    }
    /// Of a request beside the stream.
    Seq beside(RecordKind kind, const std::string &bytes, Direction direction = Direction::In)
    {
        return live->write([&](test::CaptureBuilder &b) {
            return inChat(b, [&](test::CaptureBuilder &own) {
                own.connection = 3;
                return own.whole(kind, bytes, direction, RecordFlag::Companion);
            });
        });
    }
    Seq chat(const char *delta, std::int64_t wait = 20'000'000)
    {
        return event("{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":" + std::string(delta) + "}]}", wait);
    }
    template <class Write>
    static Seq inChat(test::CaptureBuilder &b, const Write &write)
    {
        b.session = b.connection = 2;
        const Seq seq = write(b);
        b.session = b.connection = 1;
        return seq;
    }

    [[nodiscard]] DetailTabs *details() const { return child<DetailTabs>("detailTabs"); }
    [[nodiscard]] AssembledText *view() const { return child<AssembledText>("assembledText"); }
    [[nodiscard]] QString text() const { return view()->toPlainText(); }
    [[nodiscard]] QString said() const { return child<QLabel>("assembledSaid")->text(); }
    [[nodiscard]] QString marked() const
    {
        QString text;
        for (const auto &mark : view()->extraSelections())
            text += mark.cursor.selectedText();
        return text;
    }
    [[nodiscard]] QString figure(int row) const
    {
        const auto *item = child<QTreeWidget>("assembledFigures")->topLevelItem(row);
        return item ? item->text(0) + QStringLiteral(" | ") + item->text(1) : QString();
    }
};

PUSHSCOPE_TEST(AssembledPaneTest)
#include "assembledpanetest.moc"
