#pragma once

#include "app/options/commandline.h"
#include "core/base/error.h"
#include "core/base/ids.h"

#include <QObject>

#include <cstdint>
#include <map>
#include <memory>
#include <set>

class QSocketNotifier;
class QTimer;

namespace pushscope {

class Engine;

/// Says over open WebSockets what the command line asked for: the sendings in order each time a session opens, again
/// and again with --every, and the lines of standard input. No faster than the peers take it: a tick that finds the one
/// before still on its way is left out, lines wait in the pipe, as they do while nothing is open. Belongs to the
/// engine's thread of use.
class Sender : public QObject
{
    Q_OBJECT
public:
    /// A line is kept whole until its end comes.
    static constexpr std::size_t LineLimit = 16 * 1024 * 1024;

    Sender(Engine &engine, const RecordOptions &options, QObject *parent = nullptr);
    ~Sender() override;

    void sessionOpened(SessionId session);
    void sessionShut(SessionId session);
    void sessionHasRoom(SessionId session);
    /// The recording ends: nothing more is sent behind the close frames.
    void stop();

Q_SIGNALS:
    /// What there is to send can't be sent.
    void failed(const pushscope::Error &error);

private:
    [[nodiscard]] std::unique_ptr<QTimer> makeRepeater(SessionId session);
    void sendAll(SessionId session);
    void awaitRoom(SessionId session);
    void readInput();
    void takeInput(ByteView bytes);
    void sendLine(const Bytes &line);
    void failInput(const Error &error);
    void updateInput();

    Engine &m_engine;
    const RecordOptions m_options;
    std::map<SessionId, std::unique_ptr<QTimer>> m_open; ///< with what repeats the sendings, if they are repeated
    std::set<SessionId> m_full;                          ///< of those: what was sent last is still on its way
    bool m_stopped = false;
    QSocketNotifier *m_input = nullptr;
    bool m_inputEnded = false;
    Bytes m_unfinishedLine;
    std::uint64_t m_lines = 0;
};

} // namespace pushscope
