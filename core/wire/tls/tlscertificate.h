#pragma once

#include <string>
#include <vector>

struct x509_st; // OpenSSL's X509

namespace pushscope {

struct TlsCertificateFacts
{
    std::string subject;
    std::string issuer;
    std::string notBefore; ///< RFC 3339 UTC
    std::string notAfter;
    std::vector<std::string> subjectAltNames; ///< "DNS:localhost", "IP:127.0.0.1"
    std::string sha256;                       ///< fingerprint, lower-case hex
};

[[nodiscard]] TlsCertificateFacts certificateFacts(const x509_st &certificate);

} // namespace pushscope
