#include "app/window.h"

#include "app/options/commandline.h"
#include "app/terminationsignals.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QIcon>

namespace pushscope {

int runWindow(const WindowOptions &options)
{
    TerminationSignals signals;
    QObject::connect(&signals, &TerminationSignals::received, qApp, &QApplication::quit);
    QGuiApplication::setDesktopFileName(QStringLiteral("io.github.pushscope.Pushscope"));
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/pushscope.svg")));
    MainWindow window;
    // A window that has closed its streams first is hidden by then, and its end no longer ends the program.
    QObject::connect(&window, &MainWindow::ended, qApp, &QApplication::quit);
    window.restoreStreams();
    window.show();
    if (options.demo)
        window.startDemo(true);
    for (const Target &target : options.targets)
        window.openTarget(target);
    return QApplication::exec();
}

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

} // namespace pushscope
