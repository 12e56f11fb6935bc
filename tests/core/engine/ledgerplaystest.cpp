#include "tests/core/engine/playbooktest.h"
#include "tests/support/testmain.h"

/// What the reconnect ledger (core/insight) makes of whole sessions, each way in which an attempt can end. The scripts
/// are in playbooks/ledger.
class LedgerPlaysTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plays_data() { pushscope::test::addPlaybooks(QStringLiteral("ledger")); }
    void plays() { pushscope::test::playRow(); }
};

PUSHSCOPE_TEST(LedgerPlaysTest)
#include "ledgerplaystest.moc"
