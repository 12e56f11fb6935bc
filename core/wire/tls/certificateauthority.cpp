#include "core/wire/tls/certificateauthority.h"

#include "core/wire/tls/opensslerror.h"
#include "core/wire/tls/opensslpointer.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>
#include <span>

namespace pushscope {

namespace {

using BioPointer = OpensslPointer<BIO, BIO_free_all>;
using X509Pointer = OpensslPointer<X509, X509_free>;
using KeyPointer = OpensslPointer<EVP_PKEY, EVP_PKEY_free>;
using ExtensionPointer = OpensslPointer<X509_EXTENSION, X509_EXTENSION_free>;

struct Extension
{
    int nid;
    const char *value;
};

constexpr long secondsOfADay = 24 * 60 * 60;
/// What browsers accept of a server at the most.
constexpr int validDays = 825;

/// RFC 5280 section 4.2.1.10: whoever trusts this authority trusts it for this machine only.
constexpr std::array authorityExtensions{
    Extension{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
    Extension{NID_key_usage, "critical,keyCertSign"},
    Extension{NID_name_constraints, "critical,permitted;DNS:localhost,permitted;IP:127.0.0.1/255.255.255.255,"
                                    "permitted;IP:0:0:0:0:0:0:0:1/FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF"},
    Extension{NID_subject_key_identifier, "hash"},
};
constexpr std::array serverExtensions{
    Extension{NID_basic_constraints, "critical,CA:FALSE"},
    Extension{NID_key_usage, "critical,digitalSignature"},
    Extension{NID_ext_key_usage, "serverAuth"},
    Extension{NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1"},
    Extension{NID_subject_key_identifier, "hash"},
    Extension{NID_authority_key_identifier, "keyid"},
};

bool setSerialNumber(X509 *certificate)
{
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), bytes.size()) != 1)
        return false;
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7F) | 0x40); // positive, and as long as it looks
    const OpensslPointer<BIGNUM, BN_free> number(BN_bin2bn(bytes.data(), bytes.size(), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

/// A signed certificate for `key`, or null: OpenSSL's queue says why.
X509Pointer certify(const char *commonName, EVP_PKEY *key, std::span<const Extension> extensions, X509 *issuer,
                    EVP_PKEY *issuerKey)
{
    X509Pointer certificate(X509_new());
    X509 *made = certificate.get();
    if (!made || X509_set_version(made, X509_VERSION_3) != 1 || !setSerialNumber(made))
        return nullptr;
    X509_NAME *subject = X509_get_subject_name(made);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(commonName), -1,
                               -1, 0);
    X509_set_issuer_name(made, issuer ? X509_get_subject_name(issuer) : subject);
    X509_gmtime_adj(X509_getm_notBefore(made), 0);
    X509_gmtime_adj(X509_getm_notAfter(made), validDays * secondsOfADay);
    X509_set_pubkey(made, key);
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer ? issuer : made, made, nullptr, nullptr, 0);
    for (const Extension &wanted : extensions) {
        const ExtensionPointer extension(X509V3_EXT_conf_nid(nullptr, &context, wanted.nid, wanted.value));
        if (!extension || X509_add_ext(made, extension.get(), -1) != 1)
            return nullptr;
    }
    return X509_sign(made, issuerKey, EVP_sha256()) > 0 ? std::move(certificate) : nullptr;
}

std::string text(BIO *out)
{
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(out, &bytes);
    return std::string(bytes, static_cast<std::size_t>(size));
}

std::string pem(X509 *certificate)
{
    const BioPointer out(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(out.get(), certificate);
    return text(out.get());
}

std::string pem(EVP_PKEY *key)
{
    const BioPointer out(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return text(out.get());
}

} // namespace

Expected<LocalCertificates, Error> makeLocalCertificates()
{
    const KeyPointer authorityKey(EVP_EC_gen("P-256"));
    const KeyPointer serverKey(EVP_EC_gen("P-256"));
    X509Pointer authority;
    X509Pointer server;
    if (authorityKey && serverKey)
        authority = certify("Pushscope demo authority (this machine only)", authorityKey.get(), authorityExtensions,
                            nullptr, authorityKey.get());
    if (authority)
        server = certify("localhost", serverKey.get(), serverExtensions, authority.get(), authorityKey.get());
    if (!server)
        return Error{ErrorCode::TlsConfig, "the certificates for the demo server can't be made: " + takeOpensslError()};
    return LocalCertificates{pem(authority.get()), pem(server.get()) + pem(authority.get()), pem(serverKey.get())};
}

} // namespace pushscope
