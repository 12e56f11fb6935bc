#include "ui/panes/composer.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/windowbeside.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QVBoxLayout>

using namespace pushscope;

class ComposerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data() { test::addFeedRows(); }
    void init()
    {
        m_beside = std::make_unique<test::WindowBeside>();
        m_composer = std::make_unique<Composer>();
        m_composer->setStream(QStringLiteral("echo"), true);
        m_composer->show();
        m_text = m_composer->findChild<QPlainTextEdit *>(QStringLiteral("composerText"));
        m_send = m_composer->findChild<QPushButton *>(QStringLiteral("composerSend"));
        m_sent.clear();
        connect(m_composer.get(), &Composer::sendRequested, this,
                [this](const Intent &intent) { m_sent.push_back(intent); });
    }
    void cleanup()
    {
        m_composer.reset();
        m_beside.reset();
    }

    void ctrlEnterSendsText()
    {
        QTest::keyClicks(m_text, QStringLiteral("hello"));
        QTest::keyClick(m_text, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(m_sent.size(), std::size_t(1));
        QCOMPARE(std::get<intent::SendText>(m_sent[0]).payload, Bytes("hello"));
        QVERIFY(m_text->toPlainText().isEmpty());
    }

    void upBringsBackWhatWasSent()
    {
        for (const char *text : {"one", "two"}) {
            QTest::keyClicks(m_text, QString::fromLatin1(text));
            QTest::mouseClick(m_send, Qt::LeftButton);
        }
        QTest::keyClick(m_text, Qt::Key_Up);
        QCOMPARE(m_text->toPlainText(), QStringLiteral("two"));
        QTest::keyClick(m_text, Qt::Key_Up);
        QCOMPARE(m_text->toPlainText(), QStringLiteral("one"));
        QTest::keyClick(m_text, Qt::Key_Down);
        QTest::keyClick(m_text, Qt::Key_Down);
        QVERIFY(m_text->toPlainText().isEmpty());
    }

    void whatComesBackIsOfItsMode()
    {
        m_composer->setMode(Composer::Mode::Binary);
        QTest::keyClicks(m_text, QStringLiteral("68 65"));
        QTest::keyClick(m_text, Qt::Key_Return, Qt::ControlModifier);
        m_composer->setMode(Composer::Mode::Close);
        auto *code = m_composer->findChild<QSpinBox *>(QStringLiteral("closeCode"));
        code->setValue(4001);
        QTest::keyClicks(m_text, QStringLiteral("done"));
        QTest::keyClick(m_text, Qt::Key_Return, Qt::ControlModifier);
        m_composer->setMode(Composer::Mode::Pong);
        code->setValue(1000);
        QTest::keyClicks(m_text, QStringLiteral("draft"));
        QTest::keyClick(m_text, Qt::Key_Up);
        QCOMPARE(m_composer->mode(), Composer::Mode::Close);
        QCOMPARE(code->value(), 4001);
        QTest::keyClick(m_text, Qt::Key_Up);
        QCOMPARE(m_composer->mode(), Composer::Mode::Binary);
        QTest::keyClick(m_text, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(std::get<intent::SendBinary>(m_sent.at(2)).payload, Bytes("he"));
        QTest::keyClick(m_text, Qt::Key_Up);
        QCOMPARE(m_text->toPlainText(), QStringLiteral("68 65"));
    }

    void theDraftComesBack()
    {
        QTest::keyClicks(m_text, QStringLiteral("sent"));
        QTest::keyClick(m_text, Qt::Key_Return, Qt::ControlModifier);
        m_composer->setMode(Composer::Mode::Pong);
        QTest::keyClicks(m_text, QStringLiteral("draft"));
        QTest::keyClick(m_text, Qt::Key_Up);
        QCOMPARE(m_text->toPlainText(), QStringLiteral("sent"));
        QTest::keyClick(m_text, Qt::Key_Down);
        QCOMPARE(m_text->toPlainText(), QStringLiteral("draft"));
        QCOMPARE(m_composer->mode(), Composer::Mode::Pong);
    }

    void tabGoesFromCodeToReason()
    {
        QWidget host;
        QVBoxLayout column(&host);
        auto *composer = new Composer(&host);
        QLineEdit after; // round the end of the window Tab would come to the text all the same
        column.addWidget(composer);
        column.addWidget(&after);
        composer->setStream(QStringLiteral("echo"), true);
        composer->setMode(Composer::Mode::Close);
        host.show();
        host.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&host));
        composer->findChild<QPushButton *>(QStringLiteral("composeClose"))->setFocus();
        for (const char *next : {"closeCode", "composerText", "composerSend"}) {
            QTest::keyClick(host.focusWidget(), Qt::Key_Tab);
            QCOMPARE(host.focusWidget()->objectName(), QString::fromLatin1(next));
        }
        QTest::keyClick(host.focusWidget(), Qt::Key_Tab);
        QCOMPARE(host.focusWidget(), &after);
    }

    void ctrlEnterInTheCodeBoxSends()
    {
        m_composer->setMode(Composer::Mode::Close);
        auto *code = m_composer->findChild<QSpinBox *>(QStringLiteral("closeCode"));
        QTest::keyClick(code, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(std::get<intent::SendClose>(m_sent.at(0)).code, std::uint16_t(1000));
    }

    void jsonSaysWhereItIsWrong()
    {
        m_composer->setMode(Composer::Mode::Json);
        m_text->setPlainText(QString::fromUtf8("{\"\u00E4\":\"\",\"b\":}"));
        const auto *problem = m_composer->findChild<QLabel *>(QStringLiteral("composerProblem"));
        QVERIFY2(problem->text().startsWith(QStringLiteral("Not JSON: character 13 ")), qPrintable(problem->text()));
        QCOMPARE(m_text->extraSelections().value(0).cursor.selectedText(), QStringLiteral("}"));
        m_text->setPlainText(QStringLiteral("{}"));
        QVERIFY(m_text->extraSelections().value(0).cursor.selectedText().isEmpty());
    }

    void jsonIsChecked()
    {
        m_composer->setMode(Composer::Mode::Json);
        m_text->setPlainText(QStringLiteral("{\"a\":}"));
        QVERIFY(!m_send->isEnabled());
        QVERIFY(!m_composer->findChild<QPushButton *>(QStringLiteral("composerFormat"))->isEnabled());
        QVERIFY(m_composer->findChild<QWidget *>(QStringLiteral("composerProblem"))->isVisible());
        m_text->setPlainText(QStringLiteral("{\"a\":1.0}"));
        QVERIFY(m_send->isEnabled());
        QTest::mouseClick(m_composer->findChild<QPushButton *>(QStringLiteral("composerFormat")), Qt::LeftButton);
        QCOMPARE(m_text->toPlainText(), QStringLiteral("{\n  \"a\": 1.0\n}"));
    }

    void binaryIsHexadecimal()
    {
        m_composer->setMode(Composer::Mode::Binary);
        m_text->setPlainText(QStringLiteral("68 65 6C6c 6f"));
        QTest::mouseClick(m_send, Qt::LeftButton);
        QCOMPARE(std::get<intent::SendBinary>(m_sent.at(0)).payload, Bytes("hello"));
        m_text->setPlainText(QStringLiteral("6"));
        QVERIFY(!m_send->isEnabled());
        QVERIFY(!bytesFromHex("xy"));
    }

    void controlFramesHaveTheirLimit()
    {
        m_composer->setMode(Composer::Mode::Ping);
        m_text->setPlainText(QString(125, u'x'));
        QVERIFY(m_send->isEnabled());
        m_text->setPlainText(QString(126, u'x'));
        QVERIFY(!m_send->isEnabled());
    }

    void closeHasCodeAndReason()
    {
        m_composer->setMode(Composer::Mode::Close);
        auto *code = m_composer->findChild<QSpinBox *>(QStringLiteral("closeCode"));
        QVERIFY(code->isVisible());
        code->setValue(4001);
        m_text->setPlainText(QStringLiteral("done"));
        QTest::mouseClick(m_send, Qt::LeftButton);
        const auto close = std::get<intent::SendClose>(m_sent.at(0));
        QCOMPARE(close.code, std::uint16_t(4001));
        QCOMPARE(close.reason, Bytes("done"));
        code->setValue(0);
        m_text->setPlainText(QStringLiteral("no code"));
        QVERIFY(!m_send->isEnabled());
    }

    void nothingIsSentWhileNotOpen()
    {
        m_composer->setStream(QStringLiteral("echo"), false);
        QTest::keyClicks(m_text, QStringLiteral("hello"));
        QTest::keyClick(m_text, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(m_sent.empty());
        QVERIFY(!m_send->isEnabled());
    }

private:
    std::unique_ptr<test::WindowBeside> m_beside;
    std::unique_ptr<Composer> m_composer;
    QPlainTextEdit *m_text = nullptr;
    QPushButton *m_send = nullptr;
    std::vector<Intent> m_sent;
};

PUSHSCOPE_TEST(ComposerTest)
#include "composertest.moc"
