#include "tests/core/engine/playbooktest.h"
#include "tests/support/testmain.h"

/// One attempt: redirects, answers, time-outs, how it ends. The scripts are in playbooks/attempt.
class AttemptTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plays_data() { pushscope::test::addPlaybooks(QStringLiteral("attempt")); }
    void plays() { pushscope::test::playRow(); }
};

PUSHSCOPE_TEST(AttemptTest)
#include "attempttest.moc"
