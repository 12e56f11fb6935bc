#include "core/wire/tls/tlscertificate.h"

#include "core/wire/tls/opensslpointer.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <memory>
#include <string_view>

namespace pushscope {

namespace {

std::string nameText(const X509_NAME *name)
{
    const OpensslPointer<BIO, BIO_free_all> out(BIO_new(BIO_s_mem()));
    // UTF-8 as it is, instead of escapes for its bytes.
    X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
    char *text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    return std::string(text, static_cast<std::size_t>(size));
}

std::string timeText(const ASN1_TIME *time)
{
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    char text[32];
    const std::size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return std::string(text, size);
}

std::string hexText(const unsigned char *bytes, std::size_t size)
{
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        char digits[3];
        std::snprintf(digits, sizeof digits, "%02x", bytes[i]);
        text += digits;
    }
    return text;
}

/// RFC 5952: the longest run of two or more zero groups becomes "::".
std::string ipv6Text(const unsigned char *bytes)
{
    std::array<unsigned, 8> groups{};
    for (std::size_t i = 0; i < groups.size(); ++i)
        groups[i] = static_cast<unsigned>(bytes[2 * i] << 8 | bytes[2 * i + 1]);
    std::size_t runBegin = groups.size();
    std::size_t runEnd = groups.size();
    for (std::size_t i = 0; i < groups.size(); ++i) {
        std::size_t end = i;
        while (end < groups.size() && groups[end] == 0)
            ++end;
        if (end - i >= 2 && end - i > runEnd - runBegin) {
            runBegin = i;
            runEnd = end;
        }
    }
    std::string text;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (i == runBegin) {
            text += "::";
            i = runEnd - 1;
            continue;
        }
        char group[5];
        std::snprintf(group, sizeof group, "%x", groups[i]);
        if (!text.empty() && text.back() != ':')
            text += ':';
        text += group;
    }
    return text;
}

std::string addressText(const ASN1_OCTET_STRING *address)
{
    const unsigned char *bytes = ASN1_STRING_get0_data(address);
    const auto size = static_cast<std::size_t>(ASN1_STRING_length(address));
    if (size == 16)
        return ipv6Text(bytes);
    if (size != 4)
        return hexText(bytes, size);
    std::string text;
    for (std::size_t i = 0; i < size; ++i)
        text.append(i > 0 ? "." : "").append(std::to_string(bytes[i]));
    return text;
}

std::string stringText(const ASN1_STRING *string)
{
    return std::string(reinterpret_cast<const char *>(ASN1_STRING_get0_data(string)),
                       static_cast<std::size_t>(ASN1_STRING_length(string)));
}

/// RFC 5280 section 4.2.1.6; kinds of names that no server is reached by are left out.
std::vector<std::string> alternativeNames(const X509 &certificate)
{
    std::vector<std::string> texts;
    const OpensslPointer<GENERAL_NAMES, GENERAL_NAMES_free> names(
        static_cast<GENERAL_NAMES *>(X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
        int type = 0;
        const void *value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names.get(), i), &type);
        if (type == GEN_DNS)
            texts.push_back("DNS:" + stringText(static_cast<const ASN1_STRING *>(value)));
        else if (type == GEN_IPADD)
            texts.push_back("IP:" + addressText(static_cast<const ASN1_OCTET_STRING *>(value)));
        else if (type == GEN_URI)
            texts.push_back("URI:" + stringText(static_cast<const ASN1_STRING *>(value)));
        else if (type == GEN_EMAIL)
            texts.push_back("email:" + stringText(static_cast<const ASN1_STRING *>(value)));
    }
    return texts;
}

} // namespace

TlsCertificateFacts certificateFacts(const x509_st &certificate)
{
    TlsCertificateFacts facts;
    facts.subject = nameText(X509_get_subject_name(&certificate));
    facts.issuer = nameText(X509_get_issuer_name(&certificate));
    facts.notBefore = timeText(X509_get0_notBefore(&certificate));
    facts.notAfter = timeText(X509_get0_notAfter(&certificate));
    facts.subjectAltNames = alternativeNames(certificate);
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (X509_digest(&certificate, EVP_sha256(), digest, &size) == 1)
        facts.sha256 = hexText(digest, size);
    return facts;
}

} // namespace pushscope
