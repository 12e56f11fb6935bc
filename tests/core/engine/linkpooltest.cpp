#include "tests/core/engine/playbooktest.h"
#include "tests/support/testmain.h"

/// Which connection a session gets. The scripts are in playbooks/linkpool.
class LinkPoolTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plays_data() { pushscope::test::addPlaybooks(QStringLiteral("linkpool")); }
    void plays() { pushscope::test::playRow(); }
};

PUSHSCOPE_TEST(LinkPoolTest)
#include "linkpooltest.moc"
