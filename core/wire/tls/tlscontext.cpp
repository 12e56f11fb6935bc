#include "core/wire/tls/tlscontext.h"

#include "core/wire/tls/opensslerror.h"
#include "core/wire/tls/opensslpointer.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <cstring>

namespace pushscope {

namespace {

using BioPointer = OpensslPointer<BIO, BIO_free_all>;
using X509Pointer = OpensslPointer<X509, X509_free>;
using KeyPointer = OpensslPointer<EVP_PKEY, EVP_PKEY_free>;
using Pkcs12Pointer = OpensslPointer<PKCS12, PKCS12_free>;

void freeStack(STACK_OF(X509) * stack)
{
    sk_X509_pop_free(stack, X509_free);
}
using StackPointer = OpensslPointer<STACK_OF(X509), freeStack>;

Error unusable(std::string what)
{
    return {ErrorCode::TlsConfig, std::move(what)};
}

BioPointer reader(std::string_view bytes)
{
    return BioPointer(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

std::vector<X509Pointer> readCertificates(std::string_view pem)
{
    std::vector<X509Pointer> certificates;
    const BioPointer in = reader(pem);
    while (X509 *certificate = PEM_read_bio_X509_AUX(in.get(), nullptr, nullptr, nullptr))
        certificates.emplace_back(certificate);
    ERR_clear_error(); // the end of the text is an error to OpenSSL
    return certificates;
}

/// What OpenSSL calls for a passphrase, and whether it did.
struct Passphrase
{
    std::string_view text;
    bool asked = false;

    static int give(char *buffer, int size, int, void *self)
    {
        auto *passphrase = static_cast<Passphrase *>(self);
        passphrase->asked = true;
        if (passphrase->text.empty() || passphrase->text.size() > static_cast<std::size_t>(size))
            return -1;
        std::memcpy(buffer, passphrase->text.data(), passphrase->text.size());
        return static_cast<int>(passphrase->text.size());
    }
};

/// RFC 7301 section 3.2: the first of ours that the client offers as well.
int selectAlpn(SSL *, const unsigned char **chosen, unsigned char *size, const unsigned char *offered,
               unsigned offeredSize, void *ours)
{
    const auto *accepted = static_cast<const std::string *>(ours);
    unsigned char *found = nullptr;
    const int result = SSL_select_next_proto(&found, size, reinterpret_cast<const unsigned char *>(accepted->data()),
                                             static_cast<unsigned>(accepted->size()), offered, offeredSize);
    *chosen = found;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

Expected<void, Error> useCertificate(SSL_CTX *context, X509 *certificate, EVP_PKEY *key)
{
    if (SSL_CTX_use_certificate(context, certificate) != 1)
        return unusable("the certificate can't be used: " + takeOpensslError());
    if (X509_check_private_key(certificate, key) != 1) {
        ERR_clear_error();
        return unusable("the private key does not belong to the certificate");
    }
    if (SSL_CTX_use_PrivateKey(context, key) != 1)
        return unusable("the private key can't be used: " + takeOpensslError());
    return {};
}

} // namespace

void TlsContext::Deleter::operator()(ssl_ctx_st *handle) const
{
    SSL_CTX_free(handle);
}

TlsContext::TlsContext(TlsConfig config)
    : m_config(std::move(config)),
      m_handle(SSL_CTX_new(m_config.role == Role::Client ? TLS_client_method() : TLS_server_method()))
{
}

Expected<std::shared_ptr<const TlsContext>, Error> TlsContext::create(TlsConfig config)
{
    ERR_clear_error();
    const std::shared_ptr<TlsContext> context(new TlsContext(std::move(config)));
    if (!context->m_handle)
        return unusable("OpenSSL can't be used: " + takeOpensslError());
    if (const auto loaded = context->load(); !loaded)
        return loaded.error();
    return std::shared_ptr<const TlsContext>(context);
}

Expected<void, Error> TlsContext::load()
{
    SSL_CTX *context = m_handle.get();
    const bool client = m_config.role == Role::Client;
    SSL_CTX_set_min_proto_version(context, m_config.minimumVersion >= 13 ? TLS1_3_VERSION : TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
    if (client && m_config.verify && m_config.serverName.empty())
        return unusable("there is no server name to check the certificate against");
    if (client) {
        if (const auto loaded = loadTrusted(); !loaded)
            return loaded;
    } else {
        constexpr std::string_view id = "pushscope";
        SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char *>(id.data()), id.size());
    }
    const bool hasPem = !m_config.certificateChain.empty() || !m_config.privateKey.empty();
    if (!client && !hasPem && m_config.pkcs12.empty())
        return unusable("a TLS server needs a certificate and a private key");
    if (!m_config.pkcs12.empty()) {
        if (const auto loaded = loadPkcs12(); !loaded)
            return loaded;
    } else if (hasPem) {
        if (const auto loaded = loadPem(); !loaded)
            return loaded;
    }
    return loadAlpn();
}

Expected<void, Error> TlsContext::loadTrusted()
{
    if (m_config.systemStore && SSL_CTX_set_default_verify_paths(m_handle.get()) != 1)
        return unusable("the system's certificates can't be read: " + takeOpensslError());
    X509_STORE *store = SSL_CTX_get_cert_store(m_handle.get());
    for (const std::string &pem : m_config.trusted) {
        const std::vector<X509Pointer> certificates = readCertificates(pem);
        if (certificates.empty())
            return unusable("the text with trusted certificates holds no PEM certificate");
        for (const X509Pointer &certificate : certificates)
            X509_STORE_add_cert(store, certificate.get());
    }
    // Who trusts a server's own or an intermediate certificate means it, with no root above.
    if (!m_config.trusted.empty())
        X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
    ERR_clear_error();
    return {};
}

Expected<void, Error> TlsContext::loadPem()
{
    const std::vector<X509Pointer> certificates = readCertificates(m_config.certificateChain);
    if (certificates.empty())
        return unusable("the certificate text holds no PEM certificate");
    Passphrase passphrase{m_config.passphrase};
    if (m_config.privateKey.find("PRIVATE KEY-----") == std::string::npos)
        return unusable("the private key is missing: its text holds no PEM private key");
    const BioPointer in = reader(m_config.privateKey);
    const KeyPointer key(PEM_read_bio_PrivateKey(in.get(), nullptr, &Passphrase::give, &passphrase));
    if (!key) {
        const std::string reason = takeOpensslError();
        if (passphrase.asked)
            return unusable(passphrase.text.empty() ? "the private key is encrypted and no passphrase was given"
                                                    : "the private key can't be decrypted: wrong passphrase");
        return unusable("the private key can't be read: " + reason);
    }
    if (const auto used = useCertificate(m_handle.get(), certificates.front().get(), key.get()); !used)
        return used;
    for (std::size_t i = 1; i < certificates.size(); ++i)
        SSL_CTX_add1_chain_cert(m_handle.get(), certificates[i].get());
    return {};
}

Expected<void, Error> TlsContext::loadPkcs12()
{
    const BioPointer in = reader(m_config.pkcs12);
    const Pkcs12Pointer file(d2i_PKCS12_bio(in.get(), nullptr));
    if (!file)
        return unusable("the certificate is neither PEM nor PKCS #12: " + takeOpensslError());
    // "" and no passphrase at all are different to PKCS #12 and the same to people.
    const char *passphrase = m_config.passphrase.c_str();
    if (m_config.passphrase.empty() && PKCS12_verify_mac(file.get(), nullptr, 0) == 1)
        passphrase = nullptr;
    else if (PKCS12_verify_mac(file.get(), passphrase, -1) != 1) {
        ERR_clear_error();
        return unusable(m_config.passphrase.empty() ? "the PKCS #12 file is encrypted and no passphrase was given"
                                                    : "the PKCS #12 file can't be decrypted: wrong passphrase");
    }
    EVP_PKEY *key = nullptr;
    X509 *certificate = nullptr;
    STACK_OF(X509) *others = nullptr;
    if (PKCS12_parse(file.get(), passphrase, &key, &certificate, &others) != 1)
        return unusable("the PKCS #12 file can't be decrypted (" + takeOpensslError() +
                        "): OpenSSL refuses ciphers as old as RC2-40, another export of it has newer ones");
    const KeyPointer ownedKey(key);
    const X509Pointer ownedCertificate(certificate);
    const StackPointer ownedOthers(others);
    if (!key || !certificate)
        return unusable("the PKCS #12 file lacks a private key or its certificate");
    if (const auto used = useCertificate(m_handle.get(), certificate, key); !used)
        return used;
    for (int i = 0; i < sk_X509_num(others); ++i)
        SSL_CTX_add1_chain_cert(m_handle.get(), sk_X509_value(others, i));
    return {};
}

Expected<void, Error> TlsContext::loadAlpn()
{
    constexpr std::size_t longest = 255;
    for (const std::string &name : m_config.alpn) {
        if (name.empty() || name.size() > longest)
            return unusable("an ALPN name has 1 to 255 bytes: \"" + name.substr(0, longest) + '"');
        m_alpn.append(1, static_cast<char>(name.size())).append(name);
    }
    if (m_alpn.empty())
        return {};
    if (m_config.role == Role::Server)
        SSL_CTX_set_alpn_select_cb(m_handle.get(), &selectAlpn, &m_alpn);
    else if (SSL_CTX_set_alpn_protos(m_handle.get(), reinterpret_cast<const unsigned char *>(m_alpn.data()),
                                     static_cast<unsigned>(m_alpn.size())) != 0)
        return unusable("the ALPN names can't be offered: " + takeOpensslError());
    return {};
}

} // namespace pushscope
