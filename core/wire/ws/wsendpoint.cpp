#include "core/wire/ws/wsendpoint.h"

#include <QtGlobal>

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

// RFC 6455 section 7.4.1.
constexpr std::uint16_t protocolError = 1002;
constexpr std::uint16_t invalidPayload = 1007;
constexpr std::uint16_t tooBig = 1009;

constexpr std::size_t controlLimit = 125; // 5.5

std::array<std::uint8_t, 4> keyOf(std::uint32_t random)
{
    return {static_cast<std::uint8_t>(random >> 24), static_cast<std::uint8_t>(random >> 16),
            static_cast<std::uint8_t>(random >> 8), static_cast<std::uint8_t>(random)};
}

} // namespace

std::uint16_t failureCodeFor(Rule rule)
{
    static constexpr std::pair<Rule, std::uint16_t> codes[]{
        {Rule::WsReservedBits, protocolError},
        {Rule::WsReservedOpcode, protocolError},
        {Rule::WsMaskedByServer, protocolError},
        {Rule::WsUnmaskedByClient, protocolError},
        {Rule::WsLengthNotMinimal, protocolError},
        {Rule::WsLengthHighBit, protocolError},
        {Rule::WsControlFragmented, protocolError},
        {Rule::WsControlTooLong, protocolError},
        {Rule::WsContinuationWithoutStart, protocolError},
        {Rule::WsDataInsideFragmented, protocolError},
        {Rule::WsInvalidUtf8, invalidPayload},
        {Rule::WsInvalidUtf8InReason, invalidPayload},
        {Rule::WsCloseOneByte, protocolError},
        {Rule::WsCloseCodeInvalid, protocolError},
        {Rule::WsFrameTooLarge, tooBig},
        {Rule::WsMessageTooLarge, tooBig},
    };
    const auto *found =
        std::find_if(std::begin(codes), std::end(codes), [rule](const auto &entry) { return entry.first == rule; });
    return found == std::end(codes) ? 0 : found->second;
}

WsEndpoint::WsEndpoint(Options options) : m_options(std::move(options))
{
    Q_ASSERT_X(m_options.role == Role::Server || m_options.maskSource, "WsEndpoint",
               "a client masks its frames (RFC 6455 section 5.3)");
}

std::vector<WsFrameSpec> WsEndpoint::take(const WsMessage *message, std::span<const Finding> findings)
{
    std::vector<WsFrameSpec> answers;
    if (m_options.failOnViolation && !findings.empty())
        applyRules(findings, answers);
    if (message != nullptr && !message->abandoned)
        answer(*message, answers);
    return answers;
}

/// Fails the connection over the first rule that demands it (7.1.7).
void WsEndpoint::applyRules(std::span<const Finding> findings, std::vector<WsFrameSpec> &answers)
{
    for (const Finding &finding : findings) {
        const std::uint16_t code = failureCodeFor(finding.rule);
        if (code == 0 || m_failureCode)
            continue;
        m_failureCode = code;
        m_failureReason = ruleInfo(finding.rule).text;
        if (auto spec = close(code, m_failureReason))
            answers.push_back(std::move(*spec));
    }
}

void WsEndpoint::answer(const WsMessage &message, std::vector<WsFrameSpec> &answers)
{
    switch (message.kind) {
    case WsMessage::Kind::Text:
    case WsMessage::Kind::Binary:
    case WsMessage::Kind::Pong: return;
    case WsMessage::Kind::Ping:
        // None is due once a close was received (5.5.2).
        if (m_options.autoPong && !m_closeReceived && !m_failureCode) {
            if (auto spec = pong(message.payload))
                answers.push_back(std::move(*spec));
        }
        return;
    case WsMessage::Kind::Close: {
        m_closeReceived = true;
        // The code is echoed (5.5.1) unless it may not be sent, which only happens when violations don't fail the
        // connection.
        const bool sendable = message.closeCode == 0 || isSendableCloseCode(message.closeCode);
        if (auto spec = close(sendable ? message.closeCode : protocolError, {}))
            answers.push_back(std::move(*spec));
        return;
    }
    }
}

std::optional<WsFrameSpec> WsEndpoint::text(ByteView payload)
{
    return isUtf8(payload) ? frame(WsOpcode::Text, payload) : std::nullopt;
}

std::optional<WsFrameSpec> WsEndpoint::binary(ByteView payload)
{
    return frame(WsOpcode::Binary, payload);
}

std::optional<WsFrameSpec> WsEndpoint::ping(ByteView payload)
{
    return payload.size() <= controlLimit ? frame(WsOpcode::Ping, payload) : std::nullopt;
}

std::optional<WsFrameSpec> WsEndpoint::pong(ByteView payload)
{
    return payload.size() <= controlLimit ? frame(WsOpcode::Pong, payload) : std::nullopt;
}

std::optional<WsFrameSpec> WsEndpoint::close(std::uint16_t code, ByteView reason)
{
    const Bytes payload = closePayload(code, reason);
    if ((code != 0 && !isSendableCloseCode(code)) || payload.size() > controlLimit || !isUtf8(reason))
        return std::nullopt;
    auto spec = frame(WsOpcode::Close, payload);
    m_closeSent = true;
    return spec;
}

void WsEndpoint::noteRaw(const WsFrameSpec &spec)
{
    m_closeSent = m_closeSent || spec.opcode == WsOpcode::Close;
}

std::optional<WsFrameSpec> WsEndpoint::frame(WsOpcode opcode, ByteView payload)
{
    if (m_closeSent)
        return std::nullopt;
    WsFrameSpec spec;
    spec.opcode = opcode;
    spec.payload = payload;
    if (m_options.role == Role::Client)
        spec.maskingKey = keyOf(m_options.maskSource());
    return spec;
}

WsCloseState WsEndpoint::state() const
{
    if (m_closeSent)
        return m_closeReceived ? WsCloseState::Closed : WsCloseState::CloseSent;
    return m_closeReceived ? WsCloseState::CloseReceived : WsCloseState::Open;
}

bool WsEndpoint::shouldDisconnect() const
{
    return m_failureCode.has_value() || (m_options.role == Role::Server && state() == WsCloseState::Closed);
}

} // namespace pushscope
