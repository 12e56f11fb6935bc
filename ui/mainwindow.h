#pragma once

#include "core/base/target.h"

#include <QMainWindow>

namespace pushscope {

/// The application's window over a capture of its own, kept in the user's data folder while it is open.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Makes a session of the target and connects it.
    void openTarget(const Target &target);
    /// Starts the demo server; `connectFeed` opens its reference feed too.
    void startDemo(bool connectFeed);
};

} // namespace pushscope
