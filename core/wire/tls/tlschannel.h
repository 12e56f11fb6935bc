#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/wire/role.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace pushscope {

/// What to trust and who to be. Texts are PEM; files are the caller's to read.
struct TlsConfig
{
    Role role = Role::Client;
    std::string serverName;              ///< client: SNI and the name to check (an address is checked as one, without SNI)
    std::vector<std::string> alpn;       ///< offered (client) or accepted in this order (server)
    bool verify = true;                  ///< client; false: the handshake goes on and the facts say unverified
    bool systemStore = true;             ///< trust the system's certificates
    std::vector<std::string> trusted;    ///< further authorities
    std::string certificateChain;        ///< server, or client certificate
    std::string privateKey;
    std::string pkcs12;                  ///< DER bytes, instead of the two above
    std::string passphrase;
    int minimumVersion = 12;             ///< 12 or 13
    std::string session;                 ///< client: a session taken from an earlier channel, to resume
    std::function<void(std::string_view line)> keyLog; ///< NSS key log lines, without line ending
};

struct TlsCertificateFacts
{
    std::string subject;
    std::string issuer;
    std::string notBefore; ///< RFC 3339 UTC
    std::string notAfter;
    std::vector<std::string> subjectAltNames; ///< "DNS:localhost", "IP:127.0.0.1"
    std::string sha256;    ///< fingerprint, lower-case hex
};

/// What the handshake agreed on.
struct TlsFacts
{
    std::string version; ///< "TLSv1.3"
    std::string cipher;
    std::string group;   ///< key exchange group, "" when unknown
    std::string alpn;
    bool resumed = false;
    bool verified = false;
    std::string verifyError; ///< "" when verified
    std::vector<TlsCertificateFacts> chain; ///< leaf first, as the peer sent it
};

/// TLS as a codec: OpenSSL on memory BIOs, in either role. No socket, no clock of ours; one thread.
class TlsChannel
{
public:
    enum class State : std::uint8_t { Handshaking, Open, PeerClosed /**< close_notify seen */, Failed };

    /// Error TlsConfig when a certificate, key or store can't be used.
    static Expected<std::unique_ptr<TlsChannel>, Error> create(const TlsConfig &config);
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
    /// TlsVerify or TlsHandshake with OpenSSL's reason and the peer's alert, once Failed.
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
