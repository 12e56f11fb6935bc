#include "tests/core/wire/tls/testcertificates.h"

#include "core/wire/tls/opensslpointer.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

namespace pushscope::test {

namespace {

using BioPointer = OpensslPointer<BIO, BIO_free_all>;

std::string text(const BioPointer &out)
{
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(out.get(), &bytes);
    return std::string(bytes, static_cast<std::size_t>(size));
}

} // namespace

TestCertificate makeTestCertificate(const TestCertificateOptions &options)
{
    const OpensslPointer<EVP_PKEY, EVP_PKEY_free> key(EVP_EC_gen("P-256"));
    const OpensslPointer<X509, X509_free> certificate(X509_new());
    X509 *made = certificate.get();
    X509_set_version(made, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
    X509_NAME *name = X509_get_subject_name(made);
    X509_NAME_add_entry_by_txt(name, "O", MBSTRING_UTF8, reinterpret_cast<const unsigned char *>("Prüfstand"), -1, -1,
                               0);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char *>("test"), -1, -1, 0);
    X509_set_issuer_name(made, name);
    ASN1_TIME_set_string_X509(X509_getm_notBefore(made), "20200102030405Z");
    X509_gmtime_adj(X509_getm_notAfter(made), options.secondsFromNow);
    X509_set_pubkey(made, key.get());
    const OpensslPointer<X509_EXTENSION, X509_EXTENSION_free> names(
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, options.alternativeNames.c_str()));
    X509_add_ext(made, names.get(), -1);
    X509_sign(made, key.get(), EVP_sha256());

    const BioPointer certificateOut(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(certificateOut.get(), made);
    const BioPointer keyOut(BIO_new(BIO_s_mem()));
    const bool encrypted = !options.passphrase.empty();
    PEM_write_bio_PKCS8PrivateKey(keyOut.get(), key.get(), encrypted ? EVP_aes_128_cbc() : nullptr,
                                  encrypted ? options.passphrase.data() : nullptr,
                                  static_cast<int>(options.passphrase.size()), nullptr, nullptr);
    const OpensslPointer<PKCS12, PKCS12_free> file(
        PKCS12_create(options.passphrase.c_str(), "test", key.get(), made, nullptr, 0, 0, 0, 0, 0));
    const BioPointer fileOut(BIO_new(BIO_s_mem()));
    i2d_PKCS12_bio(fileOut.get(), file.get());
    return {text(certificateOut), text(keyOut), text(fileOut)};
}

} // namespace pushscope::test
