#include "core/demo/relayexchange.h"

#include "core/demo/democonnection.h"
#include "core/wire/http/http1writer.h"

#include <QHostAddress>

#include <array>
#include <utility>

namespace pushscope::demo {

namespace {
constexpr qint64 kBuffer = 256 * 1024;
} // namespace

RelayExchange::~RelayExchange()
{
    m_server.disconnect(this); // its own end would be reported to what is half gone
}

void RelayExchange::start()
{
    connection().takeOver();
    HttpHead request = *connection().request().head;
    request.headers.set("Origin", connection().context().referenceOrigin);
    m_server.setReadBufferSize(kBuffer);
    connect(&m_server, &QTcpSocket::readyRead, this, &RelayExchange::carryBack);
    connect(&m_server, &QTcpSocket::bytesWritten, this, [this] {
        if (m_server.bytesToWrite() < kBuffer)
            connection().socket().setReading(true);
    });
    connect(&m_server, &QTcpSocket::disconnected, this, [this] {
        carryBack();
        connection().socket().finish();
    });
    connect(&m_server, &QTcpSocket::errorOccurred, this, [this] { connection().socket().finish(); });
    m_server.connectToHost(QHostAddress(QHostAddress::LocalHost), connection().context().referencePort);
    const Bytes head = writeHttp1Head(request);
    m_server.write(head.data(), static_cast<qint64>(head.size()));
}

void RelayExchange::receive(ByteView bytes)
{
    if (!m_answered) {
        m_early.append(bytes);
        connection().socket().setReading(false);
        return;
    }
    m_server.write(bytes.data(), static_cast<qint64>(bytes.size()));
    if (m_server.bytesToWrite() >= kBuffer)
        connection().socket().setReading(false);
}

void RelayExchange::carryBack()
{
    std::array<char, 16 * 1024> buffer;
    while (m_server.bytesAvailable() > 0 && connection().socket().hasRoom()) {
        const qint64 size = m_server.read(buffer.data(), buffer.size());
        if (size <= 0)
            return;
        connection().write(ByteView(buffer.data(), static_cast<std::size_t>(size)));
        if (!std::exchange(m_answered, true)) {
            connection().socket().setReading(true);
            receive(std::exchange(m_early, {}));
        }
    }
}

} // namespace pushscope::demo
