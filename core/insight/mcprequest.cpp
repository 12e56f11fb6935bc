#include "core/insight/mcprequest.h"

#include "core/base/url.h"

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

/// Replies need their requests to be known, but only for so long.
constexpr std::size_t KeptCalls = 256;
/// A session that said nothing of the protocol in so many records speaks something else.
constexpr std::uint64_t EnoughToTell = 10'000;

/// MCP 2025-06-18, Transports: a session id is visible ASCII. What a foreign answer says becomes a field of a request
/// here, so that nothing else may be in it.
bool isVisible(const std::string &text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7F'; });
}

} // namespace

McpRequest::McpRequest(std::shared_ptr<const Capture> capture, SessionId session, std::string streamUrl)
    : m_ledger(std::move(capture), session, KeptCalls), m_streamUrl(std::move(streamUrl)), m_url(m_streamUrl)
{
}

bool McpRequest::advance(std::uint64_t limit)
{
    if (!isKnown() && m_ledger.seen() >= EnoughToTell)
        return false;
    const bool hasMore = m_ledger.advance(limit);
    if (std::exchange(m_revision, m_ledger.revision()) != m_ledger.revision())
        tell();
    return hasMore;
}

void McpRequest::tell()
{
    const McpEndpoint &endpoint = m_ledger.endpoint();
    m_url = m_streamUrl;
    m_headers.clear();
    if (!isKnown())
        return;
    const auto stream = parseUrl(m_streamUrl);
    const auto told = stream && !endpoint.postUrl.empty() ? resolveUrl(*stream, endpoint.postUrl) : stream;
    // A stream that sends its client's requests, and what they carry, elsewhere is not followed.
    if (!endpoint.postUrl.empty() && told && told->origin() == stream->origin())
        m_url = told->text();
    // Streamable HTTP: the client lists both media types, since the server may answer with either.
    if (!endpoint.isOldTransport)
        m_headers.push_back({"Accept", "application/json, text/event-stream"});
    if (isVisible(endpoint.sessionId))
        m_headers.push_back({"Mcp-Session-Id", endpoint.sessionId});
    if (isVisible(endpoint.protocolVersion))
        m_headers.push_back({"MCP-Protocol-Version", endpoint.protocolVersion});
}

} // namespace pushscope
