#include "tests/core/engine/playbooktest.h"
#include "tests/support/testmain.h"

/// What becomes of content, and of what is unfinished when it ends. The scripts are in playbooks/exchange.
class ExchangeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plays_data() { pushscope::test::addPlaybooks(QStringLiteral("exchange")); }
    void plays() { pushscope::test::playRow(); }
};

PUSHSCOPE_TEST(ExchangeTest)
#include "exchangetest.moc"
