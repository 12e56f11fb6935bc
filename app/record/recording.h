#pragma once

#include "app/exitcode.h"
#include "app/options/commandline.h"
#include "app/record/recordedstream.h"
#include "app/record/recordwriter.h"
#include "app/record/sender.h"
#include "core/engine/engine.h"

#include <QElapsedTimer>
#include <QObject>
#include <QThread>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>

namespace pushscope {

/// One run of `pushscope record`: opens the streams, follows the capture, ends when the last of them did or somebody
/// says so.
class Recording : public QObject
{
    Q_OBJECT
public:
    Recording(const CommandLine &commandLine, std::shared_ptr<Capture> capture, RecordOutput output);
    ~Recording() override;

    void start();
    /// A first signal ends the recording cleanly; a second one is not waited for: interruptedTwice().
    void interrupt(int signal);

Q_SIGNALS:
    void ended(int exitCode);
    void interruptedTwice(int exitCode);

private:
    void end();
    void sessionOpened(SessionId session);
    void sessionEnded(SessionId session, SessionState state);
    void writerFinished();
    void refuse(const Error &error);
    void endUnread();
    void endEarly(ExitCode why);
    void tellUnopened() const;
    [[nodiscard]] int exitCode() const;

    const CommandLine m_commandLine;
    Engine m_engine;
    Sender m_sender;
    QThread m_writerThread;
    std::unique_ptr<RecordWriter> m_writer;
    QElapsedTimer m_clock;
    std::map<SessionId, RecordedStream> m_streams;
    std::size_t m_running = 0; ///< of those
    std::optional<int> m_signal;
    std::optional<ExitCode> m_refusal;
    bool m_ending = false;
};

} // namespace pushscope
