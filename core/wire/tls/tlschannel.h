#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/wire/tls/tlscertificate.h"
#include "core/wire/tls/tlscontext.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pushscope {

/// What the handshake agreed on.
struct TlsFacts
{
    std::string version; ///< "TLSv1.3"
    std::string cipher;
    std::string group; ///< key exchange group, "" when unknown
    std::string alpn;
    bool resumed = false;
    bool verified = false;
    std::string verifyError;                ///< "" when verified
    std::vector<TlsCertificateFacts> chain; ///< leaf first, as the peer sent it
};

/// TLS as a codec: OpenSSL on memory BIOs, in either role. No socket, no clock of ours; one thread.
class TlsChannel
{
public:
    enum class State : std::uint8_t { Handshaking, Open, PeerClosed /**< close_notify seen */, Failed };

    /// Error TlsConfig when a certificate, key or store can't be used.
    static Expected<std::unique_ptr<TlsChannel>, Error> create(const TlsConfig &config);
    /// Of a context that was made before; `session` instead of the one in its configuration.
    static std::unique_ptr<TlsChannel> create(std::shared_ptr<const TlsContext> context, std::string_view session = {});
    ~TlsChannel();

    /// Starts a client's handshake: its first flight is then in takeOutput().
    void start();
    /// Hands in received TLS bytes. Afterwards read() gives plaintext and takeOutput() may have answers.
    void feed(ByteView cipherText);
    /// Moves decrypted bytes to `buffer`; returns how many, 0 when there are none now.
    std::size_t read(char *buffer, std::size_t size);
    /// Encrypts; before the handshake is done the bytes wait for it.
    void write(ByteView plainText);
    /// Sends close_notify.
    void close();
    Bytes takeOutput();

    [[nodiscard]] State state() const;
    /// TlsVerify, TlsNoAlpn or TlsHandshake with OpenSSL's reason and the peer's alert, once Failed.
    [[nodiscard]] const Error &error() const;
    /// Complete once Open; what is known by then when Failed (the chain that was refused).
    [[nodiscard]] const TlsFacts &facts() const;
    /// For resuming; "" until the peer sent a ticket.
    [[nodiscard]] std::string session() const;

private:
    struct Private;
    explicit TlsChannel(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace pushscope
