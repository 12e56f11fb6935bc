#include "app/record/sender.h"

#include "core/base/utf8.h"
#include "core/engine/engine.h"

#include <QSocketNotifier>
#include <QTimer>

#include <cerrno>
#include <cstring>
#include <string>
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
    if (m_options.sendStandardInput) {
        m_input = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, this);
        connect(m_input, &QSocketNotifier::activated, this, &Sender::readInput);
        updateInput();
    }
}

Sender::~Sender() = default;

std::unique_ptr<QTimer> Sender::makeRepeater(SessionId session)
{
    if (!m_options.every)
        return nullptr;
    auto timer = std::make_unique<QTimer>();
    timer->setTimerType(Qt::PreciseTimer);
    connect(timer.get(), &QTimer::timeout, this, [this, session] {
        if (!m_full.contains(session))
            sendAll(session);
    });
    timer->start(*m_options.every);
    return timer;
}

void Sender::sessionOpened(SessionId session)
{
    if (m_stopped)
        return;
    m_open.insert_or_assign(session, makeRepeater(session));
    sendAll(session);
    updateInput();
}

void Sender::sessionShut(SessionId session)
{
    m_open.erase(session);
    m_full.erase(session);
    updateInput();
}

void Sender::sessionHasRoom(SessionId session)
{
    m_full.erase(session);
    updateInput();
}

void Sender::stop()
{
    m_stopped = true;
    m_open.clear();
    m_full.clear();
    updateInput();
}

void Sender::sendAll(SessionId session)
{
    for (const Sending &sending : m_options.sendings)
        m_engine.post(session, intentOf(sending));
    if (!m_options.sendings.empty())
        awaitRoom(session);
}

void Sender::awaitRoom(SessionId session)
{
    m_full.insert(session);
    m_engine.askForRoom(session);
}

/// All open sessions get each line, so the slowest sets the pace.
void Sender::updateInput()
{
    if (m_input != nullptr)
        m_input->setEnabled(!m_inputEnded && !m_open.empty() && m_full.empty());
}

void Sender::readInput()
{
    char buffer[64 * 1024];
    const ssize_t size = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (size > 0) {
        takeInput({buffer, static_cast<std::size_t>(size)});
    } else if (size < 0) {
        failInput({ErrorCode::FileUnreadable, std::string("--send-stdin: ") + std::strerror(errno)});
    } else {
        m_inputEnded = true;
        if (!m_unfinishedLine.empty())
            sendLine(std::exchange(m_unfinishedLine, {}));
    }
    updateInput();
}

void Sender::takeInput(ByteView bytes)
{
    const std::uint64_t linesBefore = m_lines;
    for (std::size_t end = bytes.find('\n'); end != ByteView::npos && !m_inputEnded; end = bytes.find('\n')) {
        m_unfinishedLine += bytes.substr(0, end);
        sendLine(std::exchange(m_unfinishedLine, {}));
        bytes.remove_prefix(end + 1);
    }
    if (m_inputEnded)
        return;
    m_unfinishedLine += bytes;
    if (m_unfinishedLine.size() > LineLimit) {
        failInput({ErrorCode::UsageInvalid, "--send-stdin: line " + std::to_string(m_lines + 1) + " is longer than " +
                                                std::to_string(LineLimit >> 20) + " MiB"});
        return;
    }
    if (m_lines == linesBefore)
        return;
    for (const auto &[session, repeater] : m_open)
        awaitRoom(session);
}

void Sender::sendLine(const Bytes &line)
{
    ++m_lines;
    if (!isUtf8(line)) // RFC 6455 section 5.6
        return failInput({ErrorCode::UsageInvalid, "--send-stdin: line " + std::to_string(m_lines) + " is not UTF-8"});
    for (const auto &[session, repeater] : m_open)
        m_engine.post(session, intent::SendText{line});
}

void Sender::failInput(const Error &error)
{
    m_inputEnded = true;
    updateInput();
    Q_EMIT failed(error);
}

} // namespace pushscope
