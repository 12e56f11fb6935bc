#include "app/record/recording.h"

#include "app/standarderror.h"

#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <utility>
#include <vector>

namespace pushscope {

Recording::Recording(const CommandLine &commandLine, std::shared_ptr<Capture> capture, RecordOutput output)
    : m_commandLine(commandLine), m_engine(capture), m_sender(m_engine, m_commandLine.record),
      m_writer(std::make_unique<RecordWriter>(std::move(capture), m_commandLine.record, std::move(output)))
{
    connect(&m_engine, &Engine::sessionOpened, this, &Recording::sessionOpened);
    connect(&m_engine, &Engine::sessionOpened, &m_sender, &Sender::sessionOpened);
    connect(&m_engine, &Engine::sessionShut, &m_sender, &Sender::sessionShut);
    connect(&m_engine, &Engine::sessionHasRoom, &m_sender, &Sender::sessionHasRoom);
    connect(&m_sender, &Sender::failed, this, &Recording::refuse);
    connect(&m_engine, &Engine::sessionEnded, this, &Recording::sessionEnded);
    connect(&m_engine, &Engine::captureFailed, this, &Recording::refuse);
    connect(&m_engine, &Engine::finished, m_writer.get(), &RecordWriter::finish);
    connect(m_writer.get(), &RecordWriter::countReached, this, &Recording::end);
    connect(m_writer.get(), &RecordWriter::outputFailed, this, &Recording::refuse);
    connect(m_writer.get(), &RecordWriter::readerGone, this, &Recording::endUnread);
    connect(m_writer.get(), &RecordWriter::finished, this, &Recording::writerFinished);
    connect(&m_writerThread, &QThread::started, m_writer.get(), &RecordWriter::start);
    m_writer->moveToThread(&m_writerThread);
}

Recording::~Recording()
{
    m_writerThread.quit();
    m_writerThread.wait();
}

void Recording::start()
{
    m_clock.start();
    m_writerThread.start();
    for (const Target &target : targetsOfStreams(m_commandLine.target, m_commandLine.record.streams))
        m_streams.emplace(m_engine.open(target), displayName(target));
    m_running = m_streams.size();
    if (m_commandLine.record.duration)
        QTimer::singleShot(*m_commandLine.record.duration, Qt::PreciseTimer, this, &Recording::end);
}

void Recording::interrupt(int signal)
{
    if (m_signal) {
        Q_EMIT interruptedTwice(afterSignal(signal));
        return;
    }
    m_signal = signal;
    end();
}

void Recording::end()
{
    if (std::exchange(m_ending, true))
        return;
    m_sender.stop();
    m_engine.shutdown();
}

void Recording::sessionOpened(SessionId session)
{
    m_streams.at(session).open();
}

void Recording::sessionEnded(SessionId session, SessionState state)
{
    if (m_ending)
        return;
    m_streams.at(session).end(state);
    if (--m_running == 0)
        end();
}

void Recording::refuse(const Error &error)
{
    tell(error);
    endEarly(error.code == ErrorCode::UsageInvalid ? ExitCode::WrongUsage : ExitCode::SystemRefused);
}

/// Without a word: `record ... | head` is no mishap.
void Recording::endUnread()
{
    endEarly(ExitCode::SystemRefused);
}

void Recording::endEarly(ExitCode why)
{
    m_refusal = why;
    end();
}

void Recording::writerFinished()
{
    if (m_commandLine.record.statistics) {
        const double seconds = static_cast<double>(m_clock.nsecsElapsed()) / 1e9;
        std::fprintf(stderr, "%s\n", m_writer->totals().json(seconds, m_writer->lost()).c_str());
    }
    tellUnopened();
    Q_EMIT ended(exitCode());
}

/// Of a stream that failed the narrator told; one that was still trying when the time was over would leave an exit code
/// without a word.
void Recording::tellUnopened() const
{
    std::vector<std::string> names;
    for (const auto &[session, stream] : m_streams) {
        if (stream.isUnopened())
            names.push_back(stream.name());
    }
    if (!m_refusal && !m_signal && !names.empty())
        tell(listed(names) + ": not open when the recording ended");
}

int Recording::exitCode() const
{
    if (m_refusal)
        return number(*m_refusal);
    if (m_signal)
        return afterSignal(*m_signal);
    const bool failed = m_writer->hasOtherFailure() ||
                        std::ranges::any_of(m_streams, [](const auto &entry) { return entry.second.hasFailed(); });
    return number(failed ? ExitCode::StreamFailed : ExitCode::Done);
}

} // namespace pushscope
