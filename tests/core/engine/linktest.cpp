#include "tests/core/engine/playbooktest.h"
#include "tests/support/testmain.h"

/// How connections come up, by proxies and TLS, and end under what they carry. The scripts are in playbooks/link.
class LinkTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plays_data() { pushscope::test::addPlaybooks(QStringLiteral("link")); }
    void plays() { pushscope::test::playRow(); }
};

PUSHSCOPE_TEST(LinkTest)
#include "linktest.moc"
