#include "app/terminationsignals.h"

#include <QSocketNotifier>

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace pushscope {

namespace {
sigset_t terminating()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    struct sigaction hangup = {};
    ::sigaction(SIGHUP, nullptr, &hangup);
    if (hangup.sa_handler != SIG_IGN) // nohup means it
        sigaddset(&set, SIGHUP);
    return set;
}
} // namespace

void TerminationSignals::hold()
{
    const sigset_t set = terminating();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

TerminationSignals::TerminationSignals(QObject *parent) : QObject(parent)
{
    hold();
    const sigset_t set = terminating();
    m_descriptor = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    auto *notifier = new QSocketNotifier(m_descriptor, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &TerminationSignals::read);
}

TerminationSignals::~TerminationSignals()
{
    ::close(m_descriptor);
}

void TerminationSignals::read()
{
    signalfd_siginfo information;
    while (::read(m_descriptor, &information, sizeof information) == sizeof information)
        Q_EMIT received(static_cast<int>(information.ssi_signo));
}

} // namespace pushscope
