#pragma once

#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/wire/role.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct ssl_ctx_st; // OpenSSL's SSL_CTX

namespace pushscope {

/// What to trust and who to be. Texts are PEM; files are the caller's to read.
struct TlsConfig
{
    Role role = Role::Client;
    std::string serverName;           ///< client: SNI and the name to check (an address is checked as one, without SNI)
    std::vector<std::string> alpn;    ///< offered (client) or accepted in this order (server)
    bool verify = true;               ///< client; false: the handshake goes on and the facts say unverified
    bool systemStore = true;          ///< trust the system's certificates
    std::vector<std::string> trusted; ///< further authorities
    std::string certificateChain;     ///< server, or client certificate
    std::string privateKey;
    std::string pkcs12; ///< DER bytes, instead of the two above
    std::string passphrase;
    int minimumVersion = 12;                           ///< 12 or 13
    std::string session;                               ///< client: a session taken from an earlier channel, to resume
    std::function<void(std::string_view line)> keyLog; ///< NSS key log lines, without line ending
};

/// A TlsConfig made ready for OpenSSL. Channels of one context share its store and key, and a server's resume each
/// other's sessions.
class TlsContext
{
public:
    /// Error TlsConfig when a certificate, key or store can't be used.
    static Expected<std::shared_ptr<const TlsContext>, Error> create(TlsConfig config);

    [[nodiscard]] const TlsConfig &config() const { return m_config; }
    [[nodiscard]] ssl_ctx_st *handle() const { return m_handle.get(); }

private:
    explicit TlsContext(TlsConfig config);
    Expected<void, Error> load();
    Expected<void, Error> loadTrusted();
    Expected<void, Error> loadPem();
    Expected<void, Error> loadPkcs12();
    Expected<void, Error> loadAlpn();

    struct Deleter
    {
        void operator()(ssl_ctx_st *handle) const;
    };
    TlsConfig m_config;
    std::unique_ptr<ssl_ctx_st, Deleter> m_handle;
    std::string m_alpn; ///< as on the wire (RFC 7301 section 3.1)
};

} // namespace pushscope
