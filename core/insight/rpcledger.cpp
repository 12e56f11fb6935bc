#include "core/insight/rpcledger.h"

#include "core/capture/details/httpdetails.h"
#include "core/capture/details/payload.h"
#include "core/capture/details/ssedetails.h"
#include "core/insight/recordwalk.h"

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

constexpr std::size_t LongestWord = 1000;
/// JSON-RPC 2.0 section 6 sets no limit to a batch.
constexpr std::uint32_t LongestBatch = 1000;

std::string shortened(std::string text)
{
    text.resize(std::min(text.size(), LongestWord));
    return text;
}

Direction opposite(Direction direction)
{
    return direction == Direction::Out ? Direction::In : Direction::Out;
}

/// Section 5.1.
std::string describeError(const JsonValue &error)
{
    const std::string message = error["message"].text();
    const std::string code(error["code"].spelled());
    return shortened(code.empty() ? message : message + " (" + code + ")");
}

/// Whether it can be the URL reference (RFC 3986 section 4.1) that requests are to be posted to, and not a word or a
/// text: visible ASCII with a path, or a query, in it.
bool isUrlReference(ByteView data)
{
    constexpr ByteView never = "\"<>\\^`{|}"; // section 2: in no URL
    const bool isVisible =
        std::ranges::all_of(data, [never](char c) { return c > ' ' && c < '\x7F' && never.find(c) == ByteView::npos; });
    return isVisible && data.find_first_of("/?") != ByteView::npos;
}

} // namespace

RpcLedger::RpcLedger(std::shared_ptr<const Capture> capture, SessionId session, std::size_t limit)
    : m_capture(std::move(capture)), m_session(session), m_limit(limit)
{
}

bool RpcLedger::advance(std::uint64_t limit)
{
    return forEachRecord(*m_capture, m_position, limit, [this](Seq seq, const Record &record) {
        if (record.session != m_session.value)
            return;
        ++m_seen;
        take(seq, record);
    });
}

void RpcLedger::take(Seq seq, const Record &record)
{
    if (record.kind == RecordKind::HttpRequest || record.kind == RecordKind::HttpResponse)
        takeHead(seq, record);
    else if (record.originLength > LongestMessage)
        return;
    else if (record.kind == RecordKind::SseEvent)
        takeEvent(seq, record);
    else if (record.kind == RecordKind::HttpBody || record.kind == RecordKind::WsText ||
             record.kind == RecordKind::StreamLine)
        takeText(seq, record.direction, payloadOf(*m_capture, seq, LongestMessage).bytes);
}

/// MCP 2025-06-18, Transports: the server gives the session its id with the answer to "initialize"; from then on both
/// fields stand in each request.
void RpcLedger::takeHead(Seq seq, const Record &record)
{
    m_isFirstEvent |= record.kind == RecordKind::HttpResponse && !record.has(RecordFlag::Companion);
    const HttpHead head = httpHeadOf(*m_capture, seq);
    const auto adopt = [this, &head](std::string_view field, std::string &value) {
        const auto told = head.headers.value(field);
        if (told && *told != value) {
            value = shortened(std::string(*told));
            ++m_revision;
        }
    };
    adopt("Mcp-Session-Id", m_endpoint.sessionId);
    adopt("MCP-Protocol-Version", m_endpoint.protocolVersion);
}

/// MCP 2024-11-05, HTTP with SSE: the first event says where requests are posted to. Others may use the word "endpoint"
/// for what they like.
void RpcLedger::takeEvent(Seq seq, const Record &record)
{
    const SseBlock block = sseBlockOf(*m_capture, seq);
    const bool isFirst = !record.has(RecordFlag::Companion) && std::exchange(m_isFirstEvent, false);
    if (isFirst && block.type == "endpoint" && isUrlReference(block.data)) {
        m_endpoint.isOldTransport = true;
        m_endpoint.postUrl = shortened(block.data);
        ++m_revision;
        return;
    }
    takeText(seq, record.direction, block.data);
}

void RpcLedger::takeText(Seq seq, Direction direction, const Bytes &text)
{
    // Most of what streams is something else: it is not parsed to learn that.
    if (text.find("\"jsonrpc\"") == Bytes::npos)
        return;
    const auto document = JsonDocument::parse(text);
    if (!document)
        return;
    const JsonValue message(*document);
    if (!message.isArray()) {
        takeMessage(seq, direction, message);
        return;
    }
    for (std::uint32_t row = 0; row < std::min(message.size(), LongestBatch); ++row)
        takeMessage(seq, direction, message.at(row));
}

void RpcLedger::takeMessage(Seq seq, Direction direction, const JsonValue &message)
{
    if (message["jsonrpc"].text() != "2.0")
        return;
    if (message["method"].isString())
        takeRequest(seq, direction, message);
    else if (message["result"] || message["error"])
        takeReply(seq, direction, message);
}

void RpcLedger::takeRequest(Seq seq, Direction direction, const JsonValue &message)
{
    RpcCall &call = add();
    call.method = shortened(message["method"].text());
    call.id = shortened(std::string(message["id"].spelled()));
    call.direction = direction;
    call.request = seq;
    call.requestAt = m_capture->record(seq).time;
    call.outcome = call.id.empty() ? RpcCall::Outcome::Notification : RpcCall::Outcome::Open;
    // An id that is used again while its call is open stands for the newer one.
    if (!call.id.empty())
        m_open.insert_or_assign({direction, call.id}, m_leftOut + m_calls.size() - 1);
}

void RpcLedger::takeReply(Seq seq, Direction direction, const JsonValue &message)
{
    const std::string id = shortened(std::string(message["id"].spelled()));
    const auto open = m_open.find({opposite(direction), id});
    const bool isAsked = open != m_open.end() && open->second >= m_leftOut;
    RpcCall &call = isAsked ? m_calls[open->second - m_leftOut] : add();
    if (open != m_open.end())
        m_open.erase(open);
    const JsonValue error = message["error"];
    call.reply = seq;
    call.replyAt = m_capture->record(seq).time;
    if (error)
        call.error = describeError(error);
    if (!isAsked) {
        call.id = id;
        call.direction = opposite(direction);
        call.outcome = RpcCall::Outcome::Unasked;
    } else {
        call.outcome = error ? RpcCall::Outcome::Error : RpcCall::Outcome::Result;
    }
    if (isAsked && call.method == "initialize")
        takeInitialized(message["result"]);
    ++m_revision;
}

/// MCP, Lifecycle: the result of "initialize".
void RpcLedger::takeInitialized(const JsonValue &result)
{
    if (!result["protocolVersion"].isString())
        return;
    m_endpoint.protocolVersion = shortened(result["protocolVersion"].text());
    m_endpoint.serverName = shortened(result["serverInfo"]["name"].text());
    m_endpoint.serverVersion = shortened(result["serverInfo"]["version"].text());
    m_endpoint.capabilities.clear();
    const JsonValue capabilities = result["capabilities"];
    for (std::uint32_t row = 0; capabilities.isObject() && row < capabilities.size(); ++row)
        m_endpoint.capabilities += (row > 0 ? ", " : "") + capabilities.at(row).name();
    m_endpoint.capabilities = shortened(m_endpoint.capabilities);
}

RpcCall &RpcLedger::add()
{
    ++m_revision;
    if (m_calls.size() >= m_limit) {
        const RpcCall &oldest = m_calls.front();
        if (const auto open = m_open.find({oldest.direction, oldest.id});
            open != m_open.end() && open->second == m_leftOut)
            m_open.erase(open);
        m_calls.pop_front();
        ++m_leftOut;
    }
    return m_calls.emplace_back();
}

} // namespace pushscope
