#include "tests/core/engine/playbooktest.h"
#include "tests/support/testmain.h"

/// From bytes to records and back, and what is left when they end. The scripts are in playbooks/stack.
class StackTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plays_data() { pushscope::test::addPlaybooks(QStringLiteral("stack")); }
    void plays() { pushscope::test::playRow(); }
};

PUSHSCOPE_TEST(StackTest)
#include "stacktest.moc"
