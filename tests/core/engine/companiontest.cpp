#include "tests/core/engine/playbooktest.h"
#include "tests/support/testmain.h"

/// Requests beside a stream. The scripts are in playbooks/companion.
class CompanionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plays_data() { pushscope::test::addPlaybooks(QStringLiteral("companion")); }
    void plays() { pushscope::test::playRow(); }
};

PUSHSCOPE_TEST(CompanionTest)
#include "companiontest.moc"
