#include "ui/models/jsontreemodel.h"

#include "tests/support/testmain.h"
#include "tests/ui/support/printmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace pushscope;

class JsonTreeModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsTheTextAsATree()
    {
        JsonTreeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setDocument(*JsonDocument::parse("{\"id\": 5121, \"tags\": [\"a\\n\", true], \"id\": \"\xE2\x80\xAE\"}"));
        const QStringList expected = {
            QStringLiteral("$ | { 3 }"),      QStringLiteral("  id | 5121"),
            QStringLiteral("  tags | [ 2 ]"), QStringLiteral("    [0] | \"a\\n\""),
            QStringLiteral("    [1] | true"), QStringLiteral("  id (again) | \"\u27E8202E\u27E9\"")};
        QCOMPARE(test::printModel(model), expected);
        const QModelIndex tag = model.index(1, 0, model.index(1, 0, model.index(0, 0)));
        QCOMPARE(tag.data(JsonTreeModel::PathRole).toString(), QStringLiteral("$.tags[1]"));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }
};

PUSHSCOPE_TEST(JsonTreeModelTest)
#include "jsontreemodeltest.moc"
