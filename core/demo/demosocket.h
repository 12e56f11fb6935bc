#pragma once

#include "core/base/bytes.h"
#include "core/wire/tls/tlschannel.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <cstddef>
#include <memory>
#include <string>

namespace pushscope::demo {

/// An accepted TCP connection, plain or TLS, on the descriptor itself: a server that shows how connections end must end
/// one in each way that TCP knows and go on behind a client's FIN, which QTcpSocket can't. Without room for answers it
/// does not read either: a client that asks and does not read fills its own memory, not ours. The demo server's one
/// POSIX file. Lives on one thread.
class DemoSocket : public QObject
{
    Q_OBJECT
public:
    /// Takes the descriptor over. `tls` is null for cleartext.
    DemoSocket(qintptr descriptor, std::unique_ptr<TlsChannel> tls, QObject *parent);
    ~DemoSocket() override;

    /// Sends at once what the kernel takes and keeps the rest: callers that make bytes look at hasRoom() first.
    void write(ByteView plain);
    [[nodiscard]] bool hasRoom() const { return m_output.size() - m_sent < kLowWater; }
    [[nodiscard]] std::size_t pending() const { return m_output.size() - m_sent; }
    /// Asks for one drained(), even when nothing is pending: lets other connections have their turn first.
    void requestTurn();
    void setReading(bool reading);
    /// FIN behind what is pending (and close_notify), then waits a moment for the peer's, so that no RST overtakes the
    /// data.
    void finish();
    /// FIN behind what is pending; goes on reading.
    void halfClose();
    /// RST behind what is pending.
    void reset();
    /// The local address as it stands in a Host field, IPv6 in brackets.
    [[nodiscard]] std::string localAddress() const;
    /// What TLS agreed on; "" for cleartext or when nothing was.
    [[nodiscard]] std::string_view alpn() const { return m_tls ? std::string_view(m_tls->facts().alpn) : ""; }
    [[nodiscard]] bool isSecure() const { return m_tls != nullptr; }

Q_SIGNALS:
    void received(pushscope::ByteView plain); ///< valid during the call
    void drained();                           ///< there is room again
    void peerEnded();                         ///< the peer's FIN
    void closed();                            ///< for good, whoever did it

private:
    static constexpr std::size_t kLowWater = 256 * 1024;
    enum class Ending { None, HalfClose, Finish, Reset };

    void updateReading();
    void onReadable();
    void onWritable();
    void deliver(ByteView wire);
    void flush();
    void sendPending();
    void endWhenSent();
    void close();

    int m_descriptor;
    std::unique_ptr<TlsChannel> m_tls;
    QSocketNotifier m_readable;
    QSocketNotifier m_writable;
    QTimer m_linger;
    Bytes m_output;
    std::size_t m_sent = 0;
    Ending m_ending = Ending::None;
    bool m_reading = true; ///< as far as the receiver is concerned
    bool m_finSent = false;
    bool m_turnWanted = false;
};

} // namespace pushscope::demo
