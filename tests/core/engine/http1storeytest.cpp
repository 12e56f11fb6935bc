#include "tests/core/engine/playbooktest.h"
#include "tests/support/testmain.h"

/// HTTP/1.1 from bytes to records, and where its framing breaks. The scripts are in playbooks/http1storey.
class Http1StoreyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plays_data() { pushscope::test::addPlaybooks(QStringLiteral("http1storey")); }
    void plays() { pushscope::test::playRow(); }
};

PUSHSCOPE_TEST(Http1StoreyTest)
#include "http1storeytest.moc"
