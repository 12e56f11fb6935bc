#include "tests/core/engine/playbooktest.h"
#include "tests/support/testmain.h"

/// What a session makes of its attempts: reconnects, resume checks, the end. The scripts are in playbooks/session.
class SessionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plays_data() { pushscope::test::addPlaybooks(QStringLiteral("session")); }
    void plays() { pushscope::test::playRow(); }
};

PUSHSCOPE_TEST(SessionTest)
#include "sessiontest.moc"
