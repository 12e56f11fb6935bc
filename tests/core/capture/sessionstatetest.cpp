#include "core/capture/sessionstate.h"

#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class SessionStateTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyChoiceHasAWord()
    {
        for (int state = 0; state <= static_cast<int>(SessionState::Failed); ++state)
            QVERIFY(!word(static_cast<SessionState>(state)).empty());
        for (int cause = 1; cause <= static_cast<int>(Cause::Capture); ++cause)
            QVERIFY(!word(static_cast<Cause>(cause)).empty());
        for (int verdict = 0; verdict <= static_cast<int>(Verdict::ByUs); ++verdict)
            QVERIFY(!word(static_cast<Verdict>(verdict)).empty());
        QCOMPARE(word(SessionState::Requesting), std::string_view("connecting"));
        QCOMPARE(word(DelaySource::Retry), std::string_view("retry"));
        QCOMPARE(word(IdKind::Numeric), std::string_view("numeric"));
    }
};

PUSHSCOPE_TEST(SessionStateTest)
#include "sessionstatetest.moc"
