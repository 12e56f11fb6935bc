#include "ui/mainwindow.h"

namespace pushscope {

MainWindow::MainWindow(QWidget *parent) : QMainWindow(parent)
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("Pushscope"));
    resize(1440, 900);
}

MainWindow::~MainWindow() = default;

void MainWindow::openTarget(const Target & /*target*/) {}

void MainWindow::startDemo(bool /*connectFeed*/) {}

} // namespace pushscope
