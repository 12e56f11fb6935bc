#pragma once

#include "core/base/jsonvalue.h"
#include "core/capture/capture.h"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace pushscope {

/// One JSON-RPC 2.0 request with its reply, a notification, or a reply that nobody asked for.
struct RpcCall
{
    enum class Outcome : std::uint8_t { Open, Result, Error, Notification, Unasked };
    std::string method;                   ///< empty: Unasked
    std::string id;                       ///< as it is spelled, quotes included; empty: Notification
    Direction direction = Direction::Out; ///< of the request
    Outcome outcome = Outcome::Open;
    std::string error; ///< "message (code)"
    Seq request, reply;
    std::int64_t requestAt = 0, replyAt = 0; ///< capture time, ns

    [[nodiscard]] std::optional<std::int64_t> latency() const
    {
        return request.isValid() && reply.isValid() ? std::optional(replyAt - requestAt) : std::nullopt;
    }
};

/// What is known of a Model Context Protocol endpoint: what its heads and its answer to "initialize" say, or the event
/// "endpoint" of the older transport.
struct McpEndpoint
{
    std::string sessionId;       ///< Mcp-Session-Id, to be sent with each further request
    std::string protocolVersion; ///< MCP-Protocol-Version, or that of the result
    std::string serverName, serverVersion;
    std::string capabilities; ///< names, with commas
    std::string postUrl;      ///< HTTP+SSE (2024-11-05): where the event said that requests go; empty: the stream's URL
    bool isOldTransport = false;

    [[nodiscard]] bool isKnown() const { return isOldTransport || !sessionId.empty() || !protocolVersion.empty(); }
};

/// A session's JSON-RPC messages, paired: over bodies of POSTs (companion requests too), events and WebSocket text,
/// folded from a growing capture. Keeps the latest Limit calls.
class RpcLedger
{
public:
    static constexpr std::size_t Limit = 50'000;
    static constexpr std::uint64_t LongestMessage = 1024 * 1024; ///< longer ones are not looked into

    RpcLedger(std::shared_ptr<const Capture> capture, SessionId session, std::size_t limit = Limit);

    /// Takes records up to the published count, at most `limit` of them; returns whether there are more.
    bool advance(std::uint64_t limit = ~0ull);
    /// How many records of the session were looked at.
    [[nodiscard]] std::uint64_t seen() const { return m_seen; }
    /// Whether anything of JSON-RPC, or of the Model Context Protocol, was seen.
    [[nodiscard]] bool isKnown() const { return !m_calls.empty() || m_leftOut > 0 || m_endpoint.isKnown(); }
    /// In the order of their beginning.
    [[nodiscard]] const std::deque<RpcCall> &calls() const { return m_calls; }
    [[nodiscard]] std::uint64_t leftOut() const { return m_leftOut; }
    [[nodiscard]] std::uint64_t open() const { return m_open.size(); }
    [[nodiscard]] const McpEndpoint &endpoint() const { return m_endpoint; }
    /// Grows with each change.
    [[nodiscard]] std::uint64_t revision() const { return m_revision; }

private:
    /// A request waits for a reply that comes the other way.
    using Key = std::pair<Direction, std::string>;

    void take(Seq seq, const Record &record);
    void takeHead(Seq seq, const Record &record);
    void takeEvent(Seq seq, const Record &record);
    void takeText(Seq seq, Direction direction, const Bytes &text);
    void takeMessage(Seq seq, Direction direction, const JsonValue &message);
    void takeRequest(Seq seq, Direction direction, const JsonValue &message);
    void takeReply(Seq seq, Direction direction, const JsonValue &message);
    void takeInitialized(const JsonValue &result);
    RpcCall &add();

    std::shared_ptr<const Capture> m_capture;
    SessionId m_session;
    std::size_t m_limit;
    std::uint64_t m_position = 0;
    std::uint64_t m_seen = 0;
    std::uint64_t m_revision = 0;
    std::uint64_t m_leftOut = 0;
    bool m_isFirstEvent = true; ///< of an answer
    std::deque<RpcCall> m_calls;
    std::map<Key, std::uint64_t> m_open; ///< number of the call, those left out counted
    McpEndpoint m_endpoint;
};

} // namespace pushscope
