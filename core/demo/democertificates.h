#pragma once

#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/demo/demoserver.h"

#include <string>

namespace pushscope::demo {

/// Who the server is over TLS.
struct DemoCertificates
{
    std::string chain;      ///< PEM, the server's first
    std::string privateKey; ///< PEM
    std::string authority;  ///< PEM of who is to be trusted; "" when the user brought a certificate
    std::string caFile;     ///< where `authority` stands; "" when nowhere
};

/// The user's own certificate; or the one kept in the data folder as long as it is good, made anew otherwise; or one in
/// memory. Errors: TlsConfig, FileUnreadable, FileUnwritable.
[[nodiscard]] Expected<DemoCertificates, Error> demoCertificates(const DemoOptions &options);

} // namespace pushscope::demo
