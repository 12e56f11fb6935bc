#include "app/record/record.h"

#include "app/datafolder.h"
#include "app/descriptorlimit.h"
#include "app/exitcode.h"
#include "app/record/recording.h"
#include "app/standarderror.h"
#include "app/terminationsignals.h"
#include "core/base/clock.h"
#include "core/capture/capture.h"

#include <QCoreApplication>

#include <cstdlib>
#include <optional>
#include <string>

namespace pushscope {

namespace {
int refused(const Error &error)
{
    tell(error.detail);
    return number(ExitCode::SystemRefused);
}
} // namespace

int runRecord(const CommandLine &commandLine)
{
    TerminationSignals signals;
    for (const std::string &note : commandLine.notes)
        tell(note);

    auto output = RecordOutput::open(commandLine.record);
    if (!output)
        return refused({output.error().code, "--out: " + output.error().detail});
    std::optional<ScratchFolder> folder;
    if (auto made = ScratchFolder::make(); made)
        folder.emplace(std::move(*made));
    else
        return refused(made.error());
    const SystemClock clock;
    auto capture = Capture::create({folder->path(), 0}, clock);
    if (!capture)
        return refused(capture.error());

    makeRoomForConnections(commandLine.record.streams);
    Recording recording(commandLine, *capture, std::move(*output));
    QObject::connect(&signals, &TerminationSignals::received, &recording, &Recording::interrupt);
    QObject::connect(&recording, &Recording::ended, qApp, &QCoreApplication::exit);
    QObject::connect(&recording, &Recording::interruptedTwice, qApp, [&](int exitCode) {
        folder.reset();
        std::_Exit(exitCode); // whatever still hangs, a pipe that nobody reads or a peer, is not waited for
    });
    recording.start();
    return QCoreApplication::exec();
}

} // namespace pushscope
