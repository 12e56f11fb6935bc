#include "tests/support/http2caseplayer.h"

#include "tests/support/http2bytes.h"

#include <chrono>
#include <utility>

namespace pushscope::test {

namespace {
constexpr std::chrono::seconds patience{10};
} // namespace

Http2CasePlayer::Http2CasePlayer(Http2Case rule, QSslSocket &socket) : m_judge(std::move(rule)), m_socket(socket)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &Http2CasePlayer::decide);
    m_patience.start(patience);
    connect(&socket, &QSslSocket::readyRead, this, [this] {
        const QByteArray bytes = m_socket.readAll();
        m_judge.read(ByteView(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        Q_EMIT received();
        advance();
    });
    connect(&socket, &QSslSocket::disconnected, this, [this] {
        const QByteArray bytes = m_socket.readAll();
        m_judge.read(ByteView(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        m_judge.end();
        decide();
    });
}

void Http2CasePlayer::start(const Bytes &opening)
{
    m_isStarted = true;
    write(opening);
    sendStep();
}

void Http2CasePlayer::write(const Bytes &bytes)
{
    m_socket.write(bytes.data(), static_cast<qint64>(bytes.size()));
}

Bytes Http2CasePlayer::currentPing() const
{
    const bool isLast = m_step + 1 == m_judge.rule().steps.size();
    if (isLast && m_isSecondPing)
        return Bytes(Http2CaseJudge::LastPing);
    return uint32(static_cast<std::uint32_t>(m_step)) + (m_isSecondPing ? "more" : "once");
}

void Http2CasePlayer::sendStep()
{
    m_isSecondPing = false;
    const bool isLast = m_step + 1 == m_judge.rule().steps.size();
    const Bytes &step = m_judge.rule().steps[m_step];
    write(!isLast || m_judge.needsLastPing() ? step + ping(currentPing()) : step);
}

bool Http2CasePlayer::isSettled() const
{
    if (m_judge.needsLastPing() && !m_judge.isPingAnswered(Http2CaseJudge::LastPing))
        return false;
    return m_judge.rule().outcome == Http2Case::Outcome::DataSizes || m_judge.isKept();
}

void Http2CasePlayer::advance()
{
    while (m_isStarted && !m_isDecided && m_judge.isPingAnswered(currentPing())) {
        if (!std::exchange(m_isSecondPing, true))
            write(ping(currentPing()));
        else if (m_step + 1 < m_judge.rule().steps.size()) {
            ++m_step;
            sendStep();
        } else {
            break;
        }
    }
    if (m_isStarted && m_step + 1 == m_judge.rule().steps.size() && isSettled())
        decide();
}

void Http2CasePlayer::decide()
{
    if (std::exchange(m_isDecided, true))
        return;
    m_patience.stop();
    m_isKept = m_judge.isKept();
    Q_EMIT decided();
}

} // namespace pushscope::test
