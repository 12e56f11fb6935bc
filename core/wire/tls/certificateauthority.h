#pragma once

#include "core/base/error.h"
#include "core/base/expected.h"

#include <string>

namespace pushscope {

/// Certificates made on this machine for the demo server: an authority limited by name constraints to localhost,
/// 127.0.0.1 and ::1 with path length 0, whose key is thrown away once it has signed the one server certificate.
struct LocalCertificates
{
    std::string authority;  ///< PEM certificate, to be trusted
    std::string chain;      ///< PEM server certificate and authority
    std::string privateKey; ///< PEM, of the server's
};
[[nodiscard]] Expected<LocalCertificates, Error> makeLocalCertificates();

} // namespace pushscope
