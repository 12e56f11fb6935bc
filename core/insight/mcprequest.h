#pragma once

#include "core/base/headerfield.h"
#include "core/insight/rpcledger.h"

#include <string>
#include <vector>

namespace pushscope {

/// How a further request to a session's Model Context Protocol endpoint is addressed, as far as the session's growing
/// capture tells. Its method is POST and its body JSON in either transport.
class McpRequest
{
public:
    McpRequest(std::shared_ptr<const Capture> capture, SessionId session, std::string streamUrl);

    /// Takes records up to the published count, at most `limit` of them; returns whether there are more. A session that
    /// said nothing of the protocol for long is not read on.
    bool advance(std::uint64_t limit = ~0ull);
    [[nodiscard]] bool isKnown() const { return m_ledger.endpoint().isKnown(); }
    /// The stream's own, or where the event "endpoint" says, if that is of the same origin.
    [[nodiscard]] const std::string &url() const { return m_url; }
    [[nodiscard]] const std::vector<HeaderField> &headers() const { return m_headers; }

private:
    void tell();

    RpcLedger m_ledger;
    std::uint64_t m_revision = 0; ///< of the ledger, when it was told from
    std::string m_streamUrl;
    std::string m_url;
    std::vector<HeaderField> m_headers;
};

} // namespace pushscope
