#pragma once

#include "core/demo/router.h"

namespace pushscope::demo {

/// /mcp: streamable HTTP (MCP 2025-06-18, Transports). POST brings a message, GET opens the session's own stream,
/// DELETE ends the session. A request without a session is answered all the same, but for GET and DELETE.
[[nodiscard]] Routed mcpEndpoint(DemoStream &stream);
/// /mcp/sse and /mcp/messages: HTTP with SSE (MCP 2024-11-05).
[[nodiscard]] Routed mcpOlderStream(DemoStream &stream);
[[nodiscard]] Routed mcpOlderMessages(DemoStream &stream);

} // namespace pushscope::demo
