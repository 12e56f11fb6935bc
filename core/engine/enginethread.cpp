#include "core/engine/enginethread.h"

#include "core/base/threadcall.h"
#include "core/engine/sessionhost.h"
#include "core/wire/tls/tlsthread.h"

#include <utility>

namespace pushscope {

EngineThread::EngineThread(std::shared_ptr<Capture> capture, Handlers handlers)
    : m_host(std::make_unique<SessionHost>(std::move(capture), std::move(handlers)))
{
    m_thread.setObjectName(QStringLiteral("engine"));
    m_host->moveToThread(&m_thread);
    // finished() is emitted by the thread itself: sockets and timers must go where they live.
    QObject::connect(&m_thread, &QThread::finished, ThreadCall([this] {
        m_host.reset();
        releaseTlsThread();
    }));
    m_thread.start();
}

EngineThread::~EngineThread()
{
    m_thread.quit();
    m_thread.wait();
}

template <class Call>
void EngineThread::there(Call call)
{
    SessionHost *host = m_host.get();
    QMetaObject::invokeMethod(host, ThreadCall([host, call = std::move(call)]() mutable { call(*host); }),
                              Qt::QueuedConnection);
}

void EngineThread::open(SessionId session, const Target &target, bool connect)
{
    there([session, target, connect](SessionHost &host) { host.open(session, target, connect); });
}

void EngineThread::post(SessionId session, Intent intent)
{
    there([session, intent = std::move(intent)](SessionHost &host) { host.post(session, intent); });
}

void EngineThread::askForRoom(SessionId session)
{
    there([session](SessionHost &host) { host.askForRoom(session); });
}

void EngineThread::remove(SessionId session)
{
    there([session](SessionHost &host) { host.remove(session); });
}

void EngineThread::shutDown(Milliseconds patience)
{
    there([patience](SessionHost &host) { host.shutDown(patience); });
}

} // namespace pushscope
