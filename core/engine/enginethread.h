#pragma once

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/base/target.h"
#include "core/capture/facts.h"
#include "core/engine/intent.h"

#include <QThread>

#include <functional>
#include <memory>

namespace pushscope {

class Capture;
class SessionHost;

/// The thread on which all sessions of a capture live, and the way there. Its methods belong to the thread that made it
/// and only post; handlers are called on the engine thread.
class EngineThread
{
public:
    struct Handlers
    {
        std::function<void(SessionId)> opened;
        std::function<void(SessionId)> shut;
        std::function<void(SessionId)> hasRoom;
        std::function<void(SessionId, SessionState, bool)> ended;
        std::function<void(const Error &)> captureFailed;
        std::function<void()> finished;
    };

    EngineThread(std::shared_ptr<Capture> capture, Handlers handlers);
    /// Cuts what is open and waits for the thread.
    ~EngineThread();

    void open(SessionId session, const Target &target, bool connect);
    void post(SessionId session, Intent intent);
    void askForRoom(SessionId session);
    void remove(SessionId session);
    void shutDown(Milliseconds patience);

private:
    template <class Call>
    void there(Call call);

    std::unique_ptr<SessionHost> m_host; ///< lives on m_thread
    QThread m_thread;
};

} // namespace pushscope
