#include "tests/core/engine/playbooktest.h"
#include "tests/support/testmain.h"

/// Our end of a WebSocket: pongs, echo, closing handshake, failing on violations. The scripts are in playbooks/wspeer.
class WsPeerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plays_data() { pushscope::test::addPlaybooks(QStringLiteral("wspeer")); }
    void plays() { pushscope::test::playRow(); }
};

PUSHSCOPE_TEST(WsPeerTest)
#include "wspeertest.moc"
