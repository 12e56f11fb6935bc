#include "core/engine/unsentanswers.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class UnsentAnswersTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsAmongTheLastBytes();
    void knowsOfNothingBeforeTheFirst();
};

void UnsentAnswersTest::countsAmongTheLastBytes()
{
    UnsentAnswers answers;
    answers.noteWritten(10, SendCause::Answer);
    answers.noteWritten(100, SendCause::Own);
    answers.noteWritten(5, SendCause::Answer);
    answers.noteWritten(5, SendCause::Answer);
    QCOMPARE(answers.among(120), 20u);
    QCOMPARE(answers.among(115), 15u);
    QCOMPARE(answers.among(110), 10u);
    QCOMPARE(answers.among(50), 10u);
    QCOMPARE(answers.among(7), 7u);
    QCOMPARE(answers.among(0), 0u);
    answers.noteWritten(1, SendCause::Own);
    answers.noteWritten(3, SendCause::Answer);
    QCOMPARE(answers.among(4), 3u);
}

void UnsentAnswersTest::knowsOfNothingBeforeTheFirst()
{
    UnsentAnswers answers;
    QCOMPARE(answers.among(5), 0u);
    answers.noteWritten(3, SendCause::Answer);
    QCOMPARE(answers.among(5), 3u);
}

PUSHSCOPE_TEST(UnsentAnswersTest)
#include "unsentanswerstest.moc"
