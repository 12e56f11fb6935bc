#include "ui/panes/assembledtext.h"

#include "tests/support/testmain.h"
#include "ui/frameticker.h"
#include "ui/theme/theme.h"

#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace pushscope;
using namespace std::chrono_literals;

/// Over texts that the test puts together itself.
class AssembledTextTest : public QObject
{
    Q_OBJECT

    void add(std::uint64_t seq, SpanKind kind, ByteView text)
    {
        m_texts.setEvent({.seq = Seq(seq), .time = std::int64_t(seq) * 1'000'000, .read = seq});
        m_texts.continueResponse("r");
        m_texts.append(kind, 0, 0, text);
    }
    void write()
    {
        SliceTimer timer(1s, 1);
        QVERIFY(!m_view->advance(timer));
    }
    [[nodiscard]] QString text() const { return m_view->toPlainText(); }
    [[nodiscard]] QString marked() const
    {
        QString letters;
        for (const auto &mark : m_view->extraSelections())
            letters += mark.cursor.selectedText();
        return letters;
    }
    [[nodiscard]] QPoint placeOf(const QString &letters) const
    {
        QTextCursor at(m_view->document());
        at.setPosition(int(text().indexOf(letters)));
        return m_view->cursorRect(at).center() + QPoint(2, 0);
    }

private Q_SLOTS:
    void init()
    {
        m_texts = Assembler();
        m_view = std::make_unique<AssembledText>();
        m_view->resize(400, 300);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_view->setTexts(&m_texts);
    }

    void partsStandApart()
    {
        add(1, SpanKind::Reasoning, "why");
        add(2, SpanKind::Text, "so");
        write();
        QCOMPARE(text(), QStringLiteral("Response 1\n\u2026 Reasoning\nwhy\n\n\u25B8 Text\nso"));
        m_texts.endResponse();
        m_texts.setEvent({.seq = Seq(3), .time = 3'000'000, .read = 3});
        m_texts.continueResponse("s");
        m_texts.append(SpanKind::Text, 0, 0, "again");
        write();
        QVERIFY2(text().endsWith(QStringLiteral("so\n\nResponse 2\n\u25B8 Text\nagain")), qPrintable(text()));
    }

    void whatComesLaterGoesToItsPart()
    {
        add(1, SpanKind::Reasoning, "wh");
        add(2, SpanKind::Text, "s");
        write();
        add(3, SpanKind::Reasoning, "y");
        add(4, SpanKind::Text, "o");
        write();
        QCOMPARE(text(), QStringLiteral("Response 1\n\u2026 Reasoning\nwhy\n\n\u25B8 Text\nso"));
    }

    void aClickPicksTheEvent()
    {
        add(1, SpanKind::Text, "one ");
        add(2, SpanKind::Text, "two ");
        add(3, SpanKind::Text, "three");
        write();
        QSignalSpy picked(m_view.get(), &AssembledText::eventPicked);
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, placeOf(QStringLiteral("two")));
        QCOMPARE(picked.size(), 1);
        QCOMPARE(picked[0][0].value<Seq>(), Seq(2));
        QCOMPARE(marked(), QStringLiteral("two "));
        // A heading is nobody's.
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, placeOf(QStringLiteral("Response")));
        QCOMPARE(picked.size(), 1);
    }

    void keysGoFromEventToEvent()
    {
        add(1, SpanKind::Text, "ab");
        add(2, SpanKind::Text, "cd");
        write();
        QSignalSpy picked(m_view.get(), &AssembledText::eventPicked);
        m_view->markEvent(Seq(1));
        QCOMPARE(marked(), QStringLiteral("ab"));
        QVERIFY(picked.isEmpty());                   // it was told, not asked
        QTest::keyClick(m_view.get(), Qt::Key_Left); // the caret stood behind the event's last letter
        QVERIFY(picked.isEmpty());
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QCOMPARE(picked.size(), 1);
        QCOMPARE(picked[0][0].value<Seq>(), Seq(2));
    }

    void theEndStaysInSightUntilTheUserLeaves()
    {
        for (std::uint64_t i = 1; i <= 200; ++i)
            add(i, SpanKind::Text, "line\n");
        write();
        const QScrollBar *bar = m_view->verticalScrollBar();
        QVERIFY(bar->maximum() > 0);
        QCOMPARE(bar->value(), bar->maximum());
        QTest::keyClick(m_view.get(), Qt::Key_PageUp);
        QVERIFY(!m_view->isFollowing());
        const int place = bar->value();
        add(201, SpanKind::Text, "line\n");
        write();
        QCOMPARE(bar->value(), place);
        QTest::keyClick(m_view.get(), Qt::Key_End, Qt::ControlModifier);
        QVERIFY(m_view->isFollowing());
    }

    void networkTextIsShownNotObeyed()
    {
        add(1, SpanKind::Text, "<b>a</b>\xE2\x80\xAE\x1B");
        write();
        QVERIFY2(text().endsWith(QStringLiteral("<b>a</b>\u27E8202E\u27E9\u27E81B\u27E9")), qPrintable(text()));
    }

    void toolCallsAreMonospaceInAColourOfTheirOwn()
    {
        m_texts.setEvent({.seq = Seq(1), .time = 1, .read = 1});
        m_texts.continueResponse("r");
        m_texts.addToolCall(0, "call_1", "wave", "{}");
        write();
        QTextCursor at(m_view->document());
        at.movePosition(QTextCursor::End);
        QCOMPARE(at.charFormat().foreground().color(), colorsOf(m_view.get()).outgoing);
        QCOMPARE(at.charFormat().font().family(), monospace(m_view.get()).family());
    }

private:
    Assembler m_texts;
    std::unique_ptr<AssembledText> m_view;
};

PUSHSCOPE_TEST(AssembledTextTest)
#include "assembledtexttest.moc"
