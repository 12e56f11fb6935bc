#include "core/demo/modelturn.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;
using namespace pushscope::demo;

class ModelTurnTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void followsFromTheParameters()
    {
        const ModelTurn turn = turnOf("tokens=20&reasoning=5&tool=1");
        QCOMPARE(turn.text.size(), std::size_t(20));
        QCOMPARE(turn.reasoning.size(), std::size_t(5));
        QCOMPARE(turn.tokens(), std::uint64_t(30));
        QVERIFY(turn.text.back().ends_with(". "));
        QVERIFY(!turn.breaksOff);
        QVERIFY(turnOf("tokens=20&reasoning=5&tool=1").text == turn.text);
        QVERIFY(turnOf("tokens=20&reasoning=5&seed=2").text != turn.text);
        QVERIFY(turnOf("tokens=20").arguments.empty());
    }

    void breaksOffWhereItIsAsked()
    {
        const ModelTurn turn = turnOf("tokens=20&fail=7&tool=1");
        QVERIFY(turn.breaksOff);
        QCOMPARE(turn.text.size(), std::size_t(7));
        QVERIFY(turn.arguments.empty());
        QVERIFY(!turnOf("tokens=5&fail=7").breaksOff);
    }

    void readsTheModelsName()
    {
        QCOMPARE(turnOf("", R"({"model":"mine"})").model, std::string("mine"));
        QCOMPARE(turnOf("", R"({"model":7})").model, std::string("demo-model"));
        QCOMPARE(turnOf("", "no JSON").model, std::string("demo-model"));
        QCOMPARE(turnOf("", "{\"model\":\"" + std::string(500, 'x') + "\"}").model.size(), std::size_t(64));
    }

private:
    static ModelTurn turnOf(std::string_view query, std::string_view body = "{}")
    {
        return modelTurn(readParameters(parseQuery(query), modelParameters()).value(), body);
    }
};

PUSHSCOPE_TEST(ModelTurnTest)
#include "modelturntest.moc"
