#include "tests/core/engine/playbooktest.h"
#include "tests/support/testmain.h"

/// Who may go over a connection, who waits for its turn and who goes elsewhere. The scripts are in playbooks/admission.
class AdmissionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plays_data() { pushscope::test::addPlaybooks(QStringLiteral("admission")); }
    void plays() { pushscope::test::playRow(); }
};

PUSHSCOPE_TEST(AdmissionTest)
#include "admissiontest.moc"
