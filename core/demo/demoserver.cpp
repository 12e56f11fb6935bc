#include "core/demo/demoserver.h"

#include "core/base/threadcall.h"
#include "core/demo/demohost.h"
#include "core/demo/scenarios/registry.h"
#include "core/wire/tls/tlsthread.h"

#include <QThread>

#include <utility>

namespace pushscope {

struct DemoServer::Private
{
    QThread thread;
    QObject doorway; ///< lives on the thread: whom to ask to do something there
    demo::DemoCounters counters;
    std::unique_ptr<demo::DemoHost> host; ///< lives on the thread
    DemoAddresses addresses;
};

DemoServer::DemoServer(QObject *parent) : QObject(parent), d(std::make_unique<Private>())
{
    d->thread.setObjectName(QStringLiteral("demo"));
}

DemoServer::~DemoServer()
{
    stop();
}

Expected<DemoAddresses, Error> DemoServer::start(const DemoOptions &options)
{
    stop();
    d->doorway.moveToThread(&d->thread);
    d->thread.start();
    Expected<DemoAddresses, Error> addresses = Error{};
    const auto open = [&] {
        d->host = std::make_unique<demo::DemoHost>(options, d->counters);
        addresses = d->host->start();
    };
    QMetaObject::invokeMethod(&d->doorway, ThreadCall(open), Qt::BlockingQueuedConnection);
    if (addresses)
        d->addresses = *addresses;
    else
        stop();
    return addresses;
}

void DemoServer::stop()
{
    if (!d->thread.isRunning())
        return;
    const auto close = [this] {
        d->host.reset();
        releaseTlsThread();
        d->doorway.moveToThread(thread()); // the next start() moves it again
    };
    QMetaObject::invokeMethod(&d->doorway, ThreadCall(close), Qt::BlockingQueuedConnection);
    d->thread.quit();
    d->thread.wait();
    d->addresses = {};
}

bool DemoServer::isRunning() const
{
    return d->thread.isRunning();
}

const DemoAddresses &DemoServer::addresses() const
{
    return d->addresses;
}

DemoStatus DemoServer::status() const
{
    return {d->counters.connections, d->counters.streams, d->counters.eventsSent};
}

const std::vector<Scenario> &DemoServer::scenarios()
{
    return demo::scenarioList();
}

} // namespace pushscope
