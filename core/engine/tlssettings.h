#pragma once

#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/base/target.h"
#include "core/wire/tls/tlschannel.h"

namespace pushscope {

/// What a TLS channel needs for a URL, with the files that the options name read in: TlsConfig errors name the file.
/// Key log lines go to `keyLogFile`, or to where SSLKEYLOGFILE of the environment says, appended (mode 0600 when made).
[[nodiscard]] Expected<TlsConfig, Error> tlsConfigFor(const Url &url, const TlsOptions &options);

} // namespace pushscope
