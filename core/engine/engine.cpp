#include "core/engine/engine.h"

#include "core/base/threadcall.h"
#include "core/capture/capture.h"
#include "core/engine/enginethread.h"

#include <utility>

namespace pushscope {

Engine::Engine(std::shared_ptr<Capture> capture, QObject *parent) : QObject(parent), m_capture(std::move(capture))
{
    // What happens on the engine's thread arrives here by the event loop, in order.
    const auto here = [this](auto call) {
        QMetaObject::invokeMethod(this, ThreadCall(std::move(call)), Qt::QueuedConnection);
    };
    EngineThread::Handlers handlers;
    handlers.opened = [this, here](SessionId session) { here([this, session] { Q_EMIT sessionOpened(session); }); };
    handlers.shut = [this, here](SessionId session) { here([this, session] { Q_EMIT sessionShut(session); }); };
    handlers.hasRoom = [this, here](SessionId session) { here([this, session] { Q_EMIT sessionHasRoom(session); }); };
    handlers.ended = [this, here](SessionId session, SessionState state, bool opened) {
        here([this, session, state, opened] { Q_EMIT sessionEnded(session, state, opened); });
    };
    handlers.captureFailed = [this, here](const Error &error) { here([this, error] { Q_EMIT captureFailed(error); }); };
    handlers.finished = [this, here] { here([this] { Q_EMIT finished(); }); };
    m_thread = std::make_unique<EngineThread>(m_capture, std::move(handlers));
}

Engine::~Engine() = default;

SessionId Engine::open(const Target &target)
{
    const SessionId session(++m_lastSession);
    m_thread->open(session, target, true);
    return session;
}

SessionId Engine::prepare(const Target &target)
{
    const SessionId session(++m_lastSession);
    m_thread->open(session, target, false);
    return session;
}

void Engine::post(SessionId session, Intent intent)
{
    m_thread->post(session, std::move(intent));
}

void Engine::askForRoom(SessionId session)
{
    m_thread->askForRoom(session);
}

void Engine::remove(SessionId session)
{
    m_thread->remove(session);
}

void Engine::shutdown(Milliseconds patience)
{
    m_thread->shutDown(patience);
}

const std::shared_ptr<Capture> &Engine::capture() const
{
    return m_capture;
}

} // namespace pushscope
