#pragma once

#include "core/base/ids.h"
#include "core/engine/plaintext.h"
#include "core/engine/recorder.h"
#include "core/engine/transport.h"
#include "core/engine/unsentanswers.h"
#include "core/wire/tls/tlschannel.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace pushscope {

/// One TCP connection's plaintext: the transport with TLS on top where it is wanted. Every socket read and write
/// becomes a record, its plaintext goes to the byte log once; from there it is handed up. Reads straight into the log
/// on cleartext.
class Connection
{
public:
    /// As much as one read takes from the socket.
    static constexpr std::size_t ReadSize = 256 * 1024;
    /// Beyond this many bytes of answers that the peer does not take we stop reading: they may not pile up without end.
    /// What is sent unasked never stops it, or we and a peer that answers would wait for each other.
    static constexpr std::uint64_t AnswerLimit = 4 * 1024 * 1024;
    /// Beyond this many bytes that the peer does not take, whatever they are, there is no room for more of ours.
    static constexpr std::uint64_t RoomLimit = 1024 * 1024;

    struct Handlers
    {
        std::function<void()> connected; ///< TCP is up (at the proxy, if it is one for CONNECT)
        std::function<void()> secured;   ///< the TLS handshake is done
        std::function<void(const Plaintext &)> received;
        std::function<void()> readDone;                   ///< after all that one socket read carried
        std::function<void(const TransportEnd &)> ended;  ///< once, last
        std::function<void(const Error &)> captureFailed; ///< the log takes no more; reading has stopped
        std::function<void()> drained;                    ///< all that was written has gone out
    };

    Connection(Recorder &recorder, std::unique_ptr<Transport> transport, Handlers handlers);

    void open(const Route &route);
    void startTls(const std::shared_ptr<const TlsContext> &context, std::string_view session);
    /// Writes plaintext and records that; the result's view is the caller's own. Nothing is recorded, and nothing
    /// returned, of what can't be sent any more.
    Plaintext send(ByteView plaintext, SendCause cause);
    /// Whether whoever sends unasked should go on: else drained() tells when.
    [[nodiscard]] bool hasRoom() const { return m_transport->unsent() <= RoomLimit; }
    /// The user's pause, on top of ours.
    void setPaused(bool paused);
    void closeSending();
    /// Says goodbye (close_notify, FIN) after what was written.
    void close();
    void drop();

    [[nodiscard]] bool isSecure() const { return m_tls != nullptr; }
    [[nodiscard]] std::string tlsSession() const { return m_tls ? m_tls->session() : std::string(); }
    /// TLS: what the server chose by ALPN, "" when it chose nothing.
    [[nodiscard]] std::string alpn() const { return m_tls ? m_tls->facts().alpn : std::string(); }
    /// TLS: the peer's close_notify came.
    [[nodiscard]] bool sawCloseNotify() const { return m_closeNotify; }

private:
    void onReadable();
    void readPlain();
    void readSecure();
    void decrypt();
    void recordTls();
    void onConnected(const TcpFacts &facts);
    void onDrained();
    void onEnded(const TransportEnd &end);
    void flushTls();
    [[nodiscard]] bool write(ByteView wire, SendCause cause);
    Seq recordTransfer(RecordKind kind, std::uint64_t logOffset, std::uint64_t plain, std::uint64_t wire);
    void updateReading();
    void refuseMore();
    void end(const TransportEnd &end);

    Recorder &m_recorder;
    std::unique_ptr<Transport> m_transport;
    Handlers m_handlers;
    std::string m_proxy; ///< for the tcp record
    std::unique_ptr<TlsChannel> m_tls;
    Stamp m_tlsStart;
    std::vector<char> m_cipherText;
    std::vector<Plaintext> m_pieces; ///< of one read
    UnsentAnswers m_unsentAnswers;
    bool m_handshakeDone = false;
    bool m_closeNotify = false;
    bool m_paused = false;
    bool m_behind = false; ///< with answers
    bool m_captureFull = false;
    bool m_over = false;
};

} // namespace pushscope
