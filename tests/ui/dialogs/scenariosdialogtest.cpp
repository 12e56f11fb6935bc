#include "ui/dialogs/scenariosdialog.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/windowbeside.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTest>

using namespace pushscope;

class ScenariosDialogTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data() { test::addFeedRows(); }
    void listsAndOpensScenarios()
    {
        const test::WindowBeside beside;
        ScenariosDialog dialog;
        dialog.show();
        std::vector<std::string> opened;
        connect(&dialog, &ScenariosDialog::openRequested, this,
                [&opened](const Scenario &scenario) { opened.push_back(scenario.id); });
        const Scenario &last = DemoServer::scenarios().back();
        auto *find = dialog.findChild<QLineEdit *>(QStringLiteral("scenarioFind"));
        QTest::keyClicks(find, QString::fromStdString(last.title));
        auto *list = dialog.findChild<QListWidget *>(QStringLiteral("scenarioList"));
        QVERIFY(list->count() >= 2); // the group and the scenario
        QCOMPARE(dialog.findChild<QLabel *>(QStringLiteral("scenarioTitle"))->text(), list->currentItem()->text());
        QVERIFY(!dialog.findChild<QLabel *>(QStringLiteral("scenarioWatch"))->text().isEmpty());
        QTest::mouseClick(dialog.findChild<QPushButton *>(QStringLiteral("scenarioOpen")), Qt::LeftButton);
        QCOMPARE(opened.size(), std::size_t(1));
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(opened.size(), std::size_t(2));
        QTest::keyClick(find, Qt::Key_Return);
        QCOMPARE(opened.size(), std::size_t(3));
        find->setText(QStringLiteral("no scenario is called like this"));
        QVERIFY(!dialog.findChild<QPushButton *>(QStringLiteral("scenarioOpen"))->isEnabled());
    }

    /// A feed has more parameters than there is room for: none of their texts is squeezed.
    void allThatIsSaidHasItsRoom()
    {
        const test::WindowBeside beside;
        ScenariosDialog dialog;
        dialog.resize(700, 300);
        dialog.show();
        auto *list = dialog.findChild<QListWidget *>(QStringLiteral("scenarioList"));
        QVERIFY(list->viewport()->width() >= list->sizeHintForColumn(0));
        for (int row = 0; row < list->count(); ++row) {
            list->setCurrentRow(row);
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
            for (const auto *label : dialog.findChildren<QLabel *>()) {
                if (label->isVisible() && label->wordWrap() && !label->text().isEmpty())
                    QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
            }
        }
    }
};

PUSHSCOPE_TEST(ScenariosDialogTest)
#include "scenariosdialogtest.moc"
