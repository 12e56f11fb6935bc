#pragma once

#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/base/target.h"
#include "core/wire/tls/tlscontext.h"

#include <memory>
#include <string>
#include <utility>

namespace pushscope {

/// What a session keeps of TLS from one connection to the next: the context for its server (loading the system's store
/// takes long), and the server's ticket, so that reconnects can resume.
class TlsMemory
{
public:
    /// The context for a URL, with the files that the options name read in: an Error TlsConfig names the file. Key log
    /// lines go to `keyLogFile`, or to where SSLKEYLOGFILE of the environment says, appended (mode 0600 when made).
    Expected<std::shared_ptr<const TlsContext>, Error> contextFor(const Url &url, const TlsOptions &options);

    /// What TlsChannel::session() gave for the host asked for last; "" changes nothing.
    void remember(std::string session);
    [[nodiscard]] const std::string &session() const { return m_session; }

private:
    std::string m_host;
    std::shared_ptr<const TlsContext> m_context;
    std::string m_session;
};

} // namespace pushscope
