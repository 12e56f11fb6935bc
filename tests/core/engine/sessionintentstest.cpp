#include "tests/core/engine/playbooktest.h"
#include "tests/support/testmain.h"

/// What people and scripts ask of a session, in every state. The scripts are in playbooks/sessionintents.
class SessionIntentsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plays_data() { pushscope::test::addPlaybooks(QStringLiteral("sessionintents")); }
    void plays() { pushscope::test::playRow(); }
};

PUSHSCOPE_TEST(SessionIntentsTest)
#include "sessionintentstest.moc"
