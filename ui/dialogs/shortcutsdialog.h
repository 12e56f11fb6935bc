#pragma once

#include <QDialog>

namespace pushscope {

/// The keyboard map.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT
public:
    explicit ShortcutsDialog(QWidget *parent = nullptr);
};

} // namespace pushscope
