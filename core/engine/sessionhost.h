#pragma once

#include "core/base/clock.h"
#include "core/engine/enginethread.h"
#include "core/engine/qtalarms.h"
#include "core/engine/session.h"

#include <QObject>

#include <map>
#include <memory>

namespace pushscope {

/// All sessions of a capture and what they share. Made anywhere, used and destroyed on the engine thread only.
class SessionHost : public QObject
{
public:
    SessionHost(std::shared_ptr<Capture> capture, EngineThread::Handlers handlers);
    ~SessionHost() override;

    /// Announces a session and, if `connect`, starts it.
    void open(SessionId id, const Target &target, bool connect);
    void post(SessionId id, const Intent &intent);
    void askForRoom(SessionId id);
    void remove(SessionId id);
    void shutDown(Milliseconds patience);
    /// Cuts everything and publishes what that recorded.
    void cutAll();

private:
    void onEnded(SessionId id, SessionState state, bool opened);
    void onCaptureFailed(const Error &error);
    void finishWhenAtRest();
    void finish();

    EngineThread::Handlers m_handlers;
    SystemClock m_clock;
    Moment m_moment;
    CaptureWriter m_writer;
    QtAlarms m_alarms;
    LinkPool m_links;
    ConnectionId m_lastConnection;
    EngineServices m_services;
    std::map<SessionId, std::unique_ptr<Session>> m_sessions;
    std::unique_ptr<Alarm> m_patience; ///< set while shutting down
    bool m_captureFailed = false;
};

} // namespace pushscope
