#pragma once

#include <string>

namespace pushscope::test {

/// A self-signed certificate with its key, made now: nothing secret lies in the repository.
struct TestCertificate
{
    std::string certificate; ///< PEM
    std::string privateKey;  ///< PEM, encrypted when there is a passphrase
    std::string pkcs12;      ///< both, as DER
};

struct TestCertificateOptions
{
    std::string alternativeNames = "DNS:localhost"; ///< OpenSSL's syntax
    long secondsFromNow = 3600;                     ///< when it expires
    std::string passphrase;
};

[[nodiscard]] TestCertificate makeTestCertificate(const TestCertificateOptions &options = {});

} // namespace pushscope::test
