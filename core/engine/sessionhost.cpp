#include "core/engine/sessionhost.h"

#include "core/engine/tcptransport.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

std::optional<std::string> processEnvironment(const char *name)
{
    return qEnvironmentVariableIsSet(name) ? std::optional(qgetenv(name).toStdString()) : std::nullopt;
}

} // namespace

SessionHost::SessionHost(std::shared_ptr<Capture> capture, EngineThread::Handlers handlers)
    : m_handlers(std::move(handlers)), m_moment(m_clock),
      m_writer(std::move(capture)), m_services{m_writer,
                                               m_moment,
                                               m_alarms,
                                               m_links,
                                               [this] { return std::make_unique<TcpTransport>(m_clock); },
                                               [this] { return ++m_lastConnection.value, m_lastConnection; },
                                               [] { return QRandomGenerator::system()->generate(); },
                                               processEnvironment}
{
}

SessionHost::~SessionHost()
{
    cutAll();
}

void SessionHost::open(SessionId id, const Target &target, bool connect)
{
    Session::Handlers handlers;
    handlers.opened = [this, id] {
        m_writer.publish();
        m_handlers.opened(id);
    };
    handlers.shut = [this, id] { m_handlers.shut(id); };
    handlers.hasRoom = [this, id] { m_handlers.hasRoom(id); };
    handlers.ended = [this, id](SessionState state, bool opened) { onEnded(id, state, opened); };
    handlers.captureFailed = [this](const Error &error) { onCaptureFailed(error); };
    Session &session =
        *m_sessions.emplace(id, std::make_unique<Session>(id, target, m_services, std::move(handlers))).first->second;
    if (connect)
        session.start();
    else
        session.announce();
}

void SessionHost::post(SessionId id, const Intent &intent)
{
    if (const auto found = m_sessions.find(id); found != m_sessions.end())
        found->second->post(intent);
}

void SessionHost::askForRoom(SessionId id)
{
    if (const auto found = m_sessions.find(id); found != m_sessions.end())
        found->second->askForRoom();
}

void SessionHost::remove(SessionId id)
{
    m_sessions.erase(id);
    m_writer.publish();
}

void SessionHost::cutAll()
{
    for (const auto &[id, session] : m_sessions)
        session->cut();
    m_links.closeIdle();
    m_writer.publish();
}

void SessionHost::shutDown(Milliseconds patience)
{
    m_patience = std::make_unique<Alarm>(m_alarms);
    m_patience->set(patience, [this] {
        cutAll();
        finish();
    });
    for (const auto &[id, session] : m_sessions)
        session->shutDown();
    finishWhenAtRest();
}

void SessionHost::onEnded(SessionId id, SessionState state, bool opened)
{
    m_writer.publish(); // whoever hears of it reads the capture next
    m_handlers.ended(id, state, opened);
    finishWhenAtRest();
}

void SessionHost::finishWhenAtRest()
{
    if (!m_patience || !m_patience->isSet())
        return;
    if (std::all_of(m_sessions.begin(), m_sessions.end(), [](const auto &entry) { return entry.second->isAtRest(); })) {
        m_patience->clear();
        finish();
    }
}

void SessionHost::finish()
{
    m_links.closeIdle();
    m_handlers.finished();
}

void SessionHost::onCaptureFailed(const Error &error)
{
    if (!std::exchange(m_captureFailed, true))
        m_handlers.captureFailed(error);
}

} // namespace pushscope
