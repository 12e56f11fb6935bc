#pragma once

#include "core/base/bytes.h"

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace pushscope::demo {

/// One JSON-RPC message of the server's, and how long behind the one before it.
struct McpMessage
{
    std::chrono::milliseconds wait{0};
    Bytes json;
};
/// What a message of the client's leads to, the reply last; nothing for notifications and replies.
struct McpTurn
{
    std::vector<McpMessage> messages;
    bool isInitialize = false; ///< from here on the client has a session
    bool isRefused = false;    ///< it was no JSON-RPC message
    [[nodiscard]] std::chrono::milliseconds duration() const;
};

/// A Model Context Protocol server (2025-06-18) with two tools: "echo" says a text again, "count" counts slowly and
/// tells its progress.
[[nodiscard]] McpTurn mcpTurn(ByteView message);
/// The server's own request, so that calls go both ways.
[[nodiscard]] Bytes mcpPing(std::uint64_t number);
/// Whether that stands for a version that this server speaks.
[[nodiscard]] bool isMcpVersion(std::string_view version);

} // namespace pushscope::demo
