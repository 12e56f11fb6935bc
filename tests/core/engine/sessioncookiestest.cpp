#include "tests/core/engine/playbooktest.h"
#include "tests/support/testmain.h"

/// What is set goes back, to whom it should. The scripts are in playbooks/sessioncookies.
class SessionCookiesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plays_data() { pushscope::test::addPlaybooks(QStringLiteral("sessioncookies")); }
    void plays() { pushscope::test::playRow(); }
};

PUSHSCOPE_TEST(SessionCookiesTest)
#include "sessioncookiestest.moc"
