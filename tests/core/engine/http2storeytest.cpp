#include "tests/core/engine/playbooktest.h"
#include "tests/support/testmain.h"

/// HTTP/2 from frames to records, and how streams end. The scripts are in playbooks/http2storey.
class Http2StoreyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plays_data() { pushscope::test::addPlaybooks(QStringLiteral("http2storey")); }
    void plays() { pushscope::test::playRow(); }
};

PUSHSCOPE_TEST(Http2StoreyTest)
#include "http2storeytest.moc"
