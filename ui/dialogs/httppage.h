#pragma once

#include "ui/dialogs/requestpages.h"

namespace pushscope {

/// The version of HTTP, how its connections are shared, and whether content may come coded.
class HttpPage : public RequestPage
{
    Q_OBJECT
public:
    explicit HttpPage(QWidget *parent = nullptr);
    void load(const Target &target);
    void store(Target &target) const;
    /// What the choice means for this target, whose URL other pages may have changed.
    void explain(const Target &target);

private:
    QComboBox *m_version;
    PlainLabel *m_versionHint;
    QCheckBox *m_own;
    QComboBox *m_whenFull;
    QCheckBox *m_push;
    PlainLabel *m_sharingHint;
    QCheckBox *m_compressed;
};

} // namespace pushscope
