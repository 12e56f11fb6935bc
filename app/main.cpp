#include "app/demo.h"
#include "app/exitcode.h"
#include "app/options/commandline.h"
#include "app/options/help.h"
#include "app/record/record.h"
#include "app/standarddescriptors.h"
#include "app/standarderror.h"
#include "app/terminationsignals.h"
#include "app/window.h"

#include <QApplication>

#include <csignal>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

using namespace pushscope;

namespace {
int print(const std::string &text)
{
    return std::fputs(text.c_str(), stdout) >= 0 && std::fflush(stdout) == 0 ? number(ExitCode::Done)
                                                                             : number(ExitCode::SystemRefused);
}

int refuse(const Error &error)
{
    const std::string code = error.code == ErrorCode::UrlInvalid ? std::string(word(error.code)) + ": " : "";
    tell(code + error.detail);
    const bool isSystems = error.code == ErrorCode::FileUnreadable || error.code == ErrorCode::FileUnwritable;
    return number(isSystems ? ExitCode::SystemRefused : ExitCode::WrongUsage);
}

int openWindow(int argc, char **argv, const WindowOptions &options)
{
    if (!hasDisplay()) {
        tell("no display: neither DISPLAY nor WAYLAND_DISPLAY is set; pushscope record needs none");
        return number(ExitCode::SystemRefused);
    }
    TerminationSignals::hold(); // the platform plugin has threads
    const QApplication application(argc, argv);
    return runWindow(options);
}
} // namespace

int main(int argc, char **argv)
{
    occupyClosedStandardDescriptors();
    // A reader of our output that goes away and a limit on the size of files are Errors of write(), not our end.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    QCoreApplication::setApplicationName(QStringLiteral("pushscope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(PUSHSCOPE_VERSION));

    const auto commandLine = parseCommandLine({argv + (argc > 0 ? 1 : 0), argv + argc});
    if (!commandLine)
        return refuse(commandLine.error());
    switch (commandLine->task) {
    case CommandLine::Task::Help: return print(helpText(commandLine->subcommand));
    case CommandLine::Task::Version: return print("pushscope " PUSHSCOPE_VERSION "\n");
    case CommandLine::Task::Run: break;
    }
    if (commandLine->subcommand == Subcommand::Window)
        return openWindow(argc, argv, commandLine->window);
    // Without a display: a QApplication would look for a platform plugin.
    const QCoreApplication application(argc, argv);
    return commandLine->subcommand == Subcommand::Record ? runRecord(*commandLine) : runDemo(commandLine->demo);
}
