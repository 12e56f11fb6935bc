#include "app/record/sender.h"

#include "core/engine/engine.h"

#include <QSocketNotifier>
#include <QTimer>

#include <algorithm>
#include <cerrno>
#include <unistd.h>
#include <utility>

namespace pushscope {

namespace {
Intent intentOf(const Sending &sending)
{
    switch (sending.kind) {
    case Sending::Kind::Text: return intent::SendText{sending.payload};
    case Sending::Kind::Binary: return intent::SendBinary{sending.payload};
    case Sending::Kind::Ping: return intent::SendPing{sending.payload};
    }
    return intent::SendText{};
}
} // namespace

Sender::Sender(Engine &engine, const RecordOptions &options, QObject *parent)
    : QObject(parent), m_engine(engine), m_options(options)
{
    if (m_options.every && !m_options.sendings.empty()) {
        auto *timer = new QTimer(this);
        connect(timer, &QTimer::timeout, this, [this] {
            for (const SessionId session : m_open)
                sendAll(session);
        });
        timer->start(*m_options.every);
    }
}

void Sender::sessionOpened(SessionId session)
{
    if (m_stopped)
        return;
    m_open.push_back(session);
    sendAll(session);
    if (m_options.sendStandardInput && m_input == nullptr)
        startReadingInput();
}

void Sender::sessionEnded(SessionId session)
{
    std::erase(m_open, session);
}

void Sender::stop()
{
    m_stopped = true;
    m_open.clear();
}

void Sender::sendAll(SessionId session)
{
    for (const Sending &sending : m_options.sendings)
        m_engine.post(session, intentOf(sending));
}

/// Not before a session is open: until then the lines wait in the pipe.
void Sender::startReadingInput()
{
    m_input = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, this);
    connect(m_input, &QSocketNotifier::activated, this, &Sender::readInput);
}

void Sender::readInput()
{
    char buffer[64 * 1024];
    const ssize_t size = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (size <= 0) {
        m_input->setEnabled(false);
        if (!m_unfinishedLine.empty())
            sendLine(std::exchange(m_unfinishedLine, {}));
        return;
    }
    m_unfinishedLine.append(buffer, static_cast<std::size_t>(size));
    std::size_t begin = 0;
    for (std::size_t end = m_unfinishedLine.find('\n'); end != Bytes::npos; end = m_unfinishedLine.find('\n', begin)) {
        sendLine(m_unfinishedLine.substr(begin, end - begin));
        begin = end + 1;
    }
    m_unfinishedLine.erase(0, begin);
}

void Sender::sendLine(Bytes line)
{
    for (const SessionId session : m_open)
        m_engine.post(session, intent::SendText{line});
}

} // namespace pushscope
