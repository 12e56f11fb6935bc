#include "core/wire/tls/tlschannel.h"

#include "core/wire/tls/opensslerror.h"
#include "core/wire/tls/opensslpointer.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

bool isAddress(const std::string &name)
{
    ASN1_OCTET_STRING *address = a2i_IPADDRESS(name.c_str());
    ASN1_OCTET_STRING_free(address);
    ERR_clear_error();
    return address != nullptr;
}

/// The names of the TLS registry for OpenSSL's names of curves (RFC 8422 section 5.1.1).
std::string groupName(SSL *ssl)
{
    EVP_PKEY *key = nullptr;
    if (SSL_get_peer_tmp_key(ssl, &key) != 1) {
        ERR_clear_error();
        return {};
    }
    const OpensslPointer<EVP_PKEY, EVP_PKEY_free> owned(key);
    char curve[64];
    std::size_t size = 0;
    if (EVP_PKEY_get_group_name(key, curve, sizeof curve, &size) == 1)
        return std::string_view(curve, size) == "prime256v1" ? "secp256r1" : std::string(curve, size);
    ERR_clear_error();
    const char *type = EVP_PKEY_get0_type_name(key);
    return type ? type : "";
}

void appendChain(std::vector<TlsCertificateFacts> &chain, const STACK_OF(X509) * certificates)
{
    for (int i = 0; i < sk_X509_num(certificates); ++i)
        chain.push_back(certificateFacts(*sk_X509_value(certificates, i)));
}

std::string joined(const std::vector<std::string> &texts)
{
    std::string result;
    for (const std::string &text : texts)
        result.append(result.empty() ? "" : ", ").append(text);
    return result;
}

} // namespace

struct TlsChannel::Private
{
    explicit Private(std::shared_ptr<const TlsContext> madeFor);
    void setPeerName();
    void setSession(std::string_view bytes);
    void advance();
    void opened();
    void noteParameters();
    void writeNow(ByteView plainText);
    void fail();
    [[nodiscard]] Error handshakeError() const;
    [[nodiscard]] Error verifyError() const;

    static Private *of(const SSL *ssl) { return static_cast<Private *>(SSL_get_app_data(ssl)); }
    static int verify(int ok, X509_STORE_CTX *store);
    static int keepSession(SSL *ssl, SSL_SESSION *session);
    static void writeKeyLog(const SSL *ssl, const char *line);

    std::shared_ptr<const TlsContext> context;
    const TlsConfig &config;
    OpensslPointer<SSL, SSL_free> ssl;
    BIO *in;  ///< the peer's bytes; owned by ssl
    BIO *out; ///< ours
    State state = State::Handshaking;
    bool handshaken = false;
    bool shutDown = false; ///< our close_notify is sent: nothing may follow it
    Error error;
    TlsFacts facts;
    Bytes start;   ///< the peer's first bytes, to tell what it speaks when it isn't TLS
    Bytes waiting; ///< plaintext written before the handshake was done
    std::string session;
};

TlsChannel::Private::Private(std::shared_ptr<const TlsContext> madeFor)
    : context(std::move(madeFor)), config(context->config()), ssl(SSL_new(context->handle())), in(BIO_new(BIO_s_mem())),
      out(BIO_new(BIO_s_mem()))
{
    SSL_set_bio(ssl.get(), in, out);
    SSL_set_app_data(ssl.get(), this);
    SSL_CTX *handle = context->handle();
    if (config.keyLog)
        SSL_CTX_set_keylog_callback(handle, &Private::writeKeyLog);
    if (config.role == Role::Server) {
        SSL_set_accept_state(ssl.get());
        return;
    }
    SSL_set_connect_state(ssl.get());
    SSL_set_verify(ssl.get(), SSL_VERIFY_PEER, &Private::verify);
    // RFC 8446 section 4.6.1: tickets come after the handshake, at any time.
    SSL_CTX_set_session_cache_mode(handle, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(handle, &Private::keepSession);
    setPeerName();
}

void TlsChannel::Private::setPeerName()
{
    std::string name = config.serverName;
    if (name.empty())
        return;
    X509_VERIFY_PARAM *parameters = SSL_get0_param(ssl.get());
    if (isAddress(name)) { // RFC 6066 section 3: an address is no SNI
        X509_VERIFY_PARAM_set1_ip_asc(parameters, name.c_str());
        return;
    }
    if (name.ends_with('.')) // the DNS root; RFC 6066 wants it left out
        name.pop_back();
    SSL_set_tlsext_host_name(ssl.get(), name.c_str());
    // RFC 9110 section 4.3.4: the subject's common name is no reference identity.
    X509_VERIFY_PARAM_set_hostflags(parameters,
                                    X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    X509_VERIFY_PARAM_set1_host(parameters, name.c_str(), name.size());
}

/// A session that can't be used is only a longer handshake.
void TlsChannel::Private::setSession(std::string_view bytes)
{
    const auto *begin = reinterpret_cast<const unsigned char *>(bytes.data());
    SSL_SESSION *offered = d2i_SSL_SESSION(nullptr, &begin, static_cast<long>(bytes.size()));
    if (offered)
        SSL_set_session(ssl.get(), offered);
    SSL_SESSION_free(offered);
    ERR_clear_error();
}

int TlsChannel::Private::verify(int ok, X509_STORE_CTX *store)
{
    auto *ssl = static_cast<SSL *>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    Private *self = of(ssl);
    // After a refusal OpenSSL forgets the chain, so it is kept now.
    if (self->facts.chain.empty())
        appendChain(self->facts.chain, X509_STORE_CTX_get0_untrusted(store));
    if (ok == 1)
        return 1;
    const std::string reason = X509_verify_cert_error_string(X509_STORE_CTX_get_error(store));
    if (self->facts.verifyError.find(reason) == std::string::npos)
        self->facts.verifyError.append(self->facts.verifyError.empty() ? "" : "; ").append(reason);
    return self->config.verify ? 0 : 1;
}

int TlsChannel::Private::keepSession(SSL *ssl, SSL_SESSION *session)
{
    unsigned char *bytes = nullptr;
    const int size = i2d_SSL_SESSION(session, &bytes);
    if (size > 0)
        of(ssl)->session.assign(reinterpret_cast<const char *>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return 0; // the reference stays OpenSSL's
}

void TlsChannel::Private::writeKeyLog(const SSL *ssl, const char *line)
{
    of(ssl)->config.keyLog(line);
}

void TlsChannel::Private::advance()
{
    ERR_clear_error();
    const int result = SSL_do_handshake(ssl.get());
    if (result == 1)
        opened();
    else if (SSL_get_error(ssl.get(), result) != SSL_ERROR_WANT_READ)
        fail();
}

/// What the ServerHello and what came with it say (RFC 8446 section 4.1.3).
void TlsChannel::Private::noteParameters()
{
    facts.version = SSL_get_version(ssl.get());
    facts.cipher = SSL_get_cipher_name(ssl.get());
    facts.group = groupName(ssl.get());
    const unsigned char *alpn = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl.get(), &alpn, &size);
    facts.alpn.assign(reinterpret_cast<const char *>(alpn), size);
}

void TlsChannel::Private::opened()
{
    state = State::Open;
    handshaken = true;
    noteParameters();
    facts.resumed = SSL_session_reused(ssl.get()) == 1;
    // A resumed session was verified when it began; of its chain it remembers the first certificate.
    if (const X509 *leaf = SSL_get0_peer_certificate(ssl.get()); leaf && facts.chain.empty())
        facts.chain.push_back(certificateFacts(*leaf));
    const long verdict = SSL_get_verify_result(ssl.get());
    if (config.role == Role::Client && verdict != X509_V_OK && facts.verifyError.empty())
        facts.verifyError = X509_verify_cert_error_string(verdict);
    facts.verified = config.role == Role::Client && facts.verifyError.empty();
    if (config.role == Role::Client && config.verify &&
        !facts.verified) { // a session that wasn't verified when it began
        state = State::Failed;
        error = verifyError();
        return;
    }
    writeNow(std::exchange(waiting, {}));
}

void TlsChannel::Private::writeNow(ByteView plainText)
{
    std::size_t written = 0;
    if (plainText.empty() || shutDown)
        return;
    ERR_clear_error();
    if (SSL_write_ex(ssl.get(), plainText.data(), plainText.size(), &written) != 1)
        fail();
}

void TlsChannel::Private::fail()
{
    state = State::Failed;
    const int reason = ERR_GET_REASON(ERR_peek_error());
    const bool refused = ERR_GET_LIB(ERR_peek_error()) == ERR_LIB_SSL && reason == SSL_R_CERTIFICATE_VERIFY_FAILED;
    error = refused ? verifyError() : handshakeError();
    ERR_clear_error();
    if (refused)
        noteParameters();
}

Error TlsChannel::Private::verifyError() const
{
    Error refusal{ErrorCode::TlsVerify,
                  "the certificate of " + config.serverName + " can't be verified: " + facts.verifyError};
    if (!facts.chain.empty())
        refusal.detail += " (subject \"" + facts.chain.front().subject + "\", for " +
                          joined(facts.chain.front().subjectAltNames) + ", issued by \"" + facts.chain.front().issuer +
                          "\")";
    return refusal;
}

Error TlsChannel::Private::handshakeError() const
{
    const bool handshaking = !handshaken;
    const bool alpnRefused = isAlpnRefused();
    const std::string words = takeOpensslError();
    if (alpnRefused)
        return {ErrorCode::TlsNoAlpn, "the peer takes none of the protocols that were offered by ALPN: " + words};
    if (handshaking && config.role == Role::Client && start.starts_with("HTTP/"))
        return {ErrorCode::TlsHandshake, "the server answered in cleartext HTTP"};
    if (handshaking && config.role == Role::Server && words == "http request")
        return {ErrorCode::TlsHandshake, "the client spoke cleartext HTTP"};
    constexpr std::string_view handshakeRecord = "\x16\x03";
    constexpr std::string_view alertRecord = "\x15\x03";
    if (handshaking && !start.empty() && !start.starts_with(handshakeRecord) && !start.starts_with(alertRecord))
        return {ErrorCode::TlsHandshake, "the peer does not speak TLS: " + words};
    return {ErrorCode::TlsHandshake, (handshaking ? "the TLS handshake failed: " : "TLS failed: ") + words};
}

TlsChannel::TlsChannel(std::unique_ptr<Private> p) : d(std::move(p)) {}

TlsChannel::~TlsChannel() = default;

Expected<std::unique_ptr<TlsChannel>, Error> TlsChannel::create(const TlsConfig &config)
{
    auto context = TlsContext::create(config);
    if (!context)
        return context.error();
    return create(std::move(*context), config.session);
}

std::unique_ptr<TlsChannel> TlsChannel::create(std::shared_ptr<const TlsContext> context, std::string_view session)
{
    auto made = std::make_unique<Private>(std::move(context));
    if (!session.empty())
        made->setSession(session);
    return std::unique_ptr<TlsChannel>(new TlsChannel(std::move(made)));
}

void TlsChannel::start()
{
    if (d->config.role == Role::Client && d->state == State::Handshaking)
        d->advance();
}

void TlsChannel::feed(ByteView cipherText)
{
    if (d->state == State::Failed || cipherText.empty())
        return;
    BIO_write(d->in, cipherText.data(), static_cast<int>(cipherText.size()));
    if (d->state != State::Handshaking)
        return;
    constexpr std::size_t telling = 5;
    if (d->start.size() < telling)
        d->start.append(cipherText.substr(0, telling - d->start.size()));
    d->advance();
}

std::size_t TlsChannel::read(char *buffer, std::size_t size)
{
    std::size_t filled = 0;
    while (d->state == State::Open && filled < size) {
        std::size_t got = 0;
        ERR_clear_error();
        const int result = SSL_read_ex(d->ssl.get(), buffer + filled, size - filled, &got);
        filled += got;
        if (result == 1)
            continue;
        const int reason = SSL_get_error(d->ssl.get(), result);
        if (reason == SSL_ERROR_WANT_READ)
            break;
        if (reason == SSL_ERROR_ZERO_RETURN)
            d->state = State::PeerClosed;
        else
            d->fail();
    }
    return filled;
}

void TlsChannel::write(ByteView plainText)
{
    if (d->state == State::Handshaking)
        d->waiting += plainText;
    else if (d->state != State::Failed)
        d->writeNow(plainText);
}

void TlsChannel::close()
{
    if (d->shutDown || d->state == State::Handshaking || d->state == State::Failed)
        return;
    d->shutDown = true;
    SSL_shutdown(d->ssl.get());
    ERR_clear_error();
}

Bytes TlsChannel::takeOutput()
{
    Bytes output;
    const std::size_t pending = BIO_ctrl_pending(d->out);
    if (pending == 0)
        return output;
    output.resize(pending);
    BIO_read(d->out, output.data(), static_cast<int>(pending));
    return output;
}

TlsChannel::State TlsChannel::state() const
{
    return d->state;
}

const Error &TlsChannel::error() const
{
    return d->error;
}

const TlsFacts &TlsChannel::facts() const
{
    return d->facts;
}

std::string TlsChannel::session() const
{
    return d->session;
}

} // namespace pushscope
