#pragma once

#include "core/base/clock.h"
#include "core/engine/nativesocket.h"
#include "core/engine/transport.h"

#include <QHostAddress>
#include <QHostInfo>
#include <QList>
#include <QObject>
#include <QTcpSocket>
#include <QTimer>

namespace pushscope {

/// Transport on QTcpSocket. Looks the name up, tries the families side by side (RFC 8305), and reads unbuffered, so
/// that the kernel's receive buffer is the only one there is and what we do not read holds the peer back.
class TcpTransport final : public QObject, public Transport
{
public:
    /// RFC 8305 section 5, Connection Attempt Delay.
    static constexpr Milliseconds AttemptDelay{250};
    /// How long a socket that was closed with bytes unsent may take to send them.
    static constexpr Milliseconds FlushPatience{2000};

    explicit TcpTransport(const Clock &clock);
    ~TcpTransport() override;

    void open(const Route &route, Handlers handlers) override;
    std::size_t read(std::span<char> room) override;
    void setReading(bool reading) override;
    bool write(ByteView bytes) override;
    [[nodiscard]] std::uint64_t unsent() const override;
    void closeSending() override;
    void close() override;
    void drop() override;

private:
    void begin();
    void lookUp(const std::string &name);
    void takeAddresses(const QHostInfo &info);
    void dial(QList<QHostAddress> addresses);
    void startNext();
    void connectThroughSocks();
    QTcpSocket *makeSocket();
    void contenderConnected(QTcpSocket *socket);
    void contenderFailed(QTcpSocket *socket, QAbstractSocket::SocketError code);
    void discard(QTcpSocket *socket);
    QTcpSocket *takeSocket();
    void onReadable();
    void onBytesWritten();
    void onSocketGone();
    void drain();
    void finish();
    [[nodiscard]] Error errorOf(const QTcpSocket &socket, QAbstractSocket::SocketError code) const;
    void failBeforeConnecting(Error error);
    [[nodiscard]] const std::string &peerName() const;
    [[nodiscard]] std::uint16_t peerPort() const;

    const Clock &m_clock;
    Route m_route;
    Handlers m_handlers;
    int m_lookup = -1;
    Stamp m_started;
    QTimer m_nextAttempt;
    QList<QHostAddress> m_addresses;  ///< still to try
    QList<QTcpSocket *> m_contenders; ///< children of this
    Error m_lastError;
    QTcpSocket *m_socket = nullptr; ///< the winner, a child of this
    NativeSocket m_native;
    bool m_reading = true;
    bool m_gone = false;      ///< Qt has closed the socket: the rest is read natively
    bool m_exhausted = false; ///< the last byte was read
    bool m_finished = false;
    bool m_finWanted = false;
};

} // namespace pushscope
