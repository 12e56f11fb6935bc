#pragma once

#include "app/options/commandline.h"
#include "core/base/ids.h"

#include <QObject>

#include <vector>

class QSocketNotifier;

namespace pushscope {

class Engine;

/// Says over open WebSockets what the command line asked for: the sendings in order each time a session opens, again
/// and again with --every, and the lines of standard input. Belongs to the engine's thread of use.
class Sender : public QObject
{
    Q_OBJECT
public:
    Sender(Engine &engine, const RecordOptions &options, QObject *parent = nullptr);

    void sessionOpened(SessionId session);
    void sessionEnded(SessionId session);
    /// The recording ends: nothing more is sent behind the close frames.
    void stop();

private:
    void sendAll(SessionId session);
    void startReadingInput();
    void readInput();
    void sendLine(Bytes line);

    Engine &m_engine;
    const RecordOptions m_options;
    std::vector<SessionId> m_open;
    bool m_stopped = false;
    QSocketNotifier *m_input = nullptr;
    Bytes m_unfinishedLine;
};

} // namespace pushscope
