#include "core/wire/ws/wsassembler.h"

#include <algorithm>
#include <array>
#include <limits>

namespace pushscope {

namespace {

template <class Number>
Number saturated(std::uint64_t value)
{
    return static_cast<Number>(std::min<std::uint64_t>(value, std::numeric_limits<Number>::max()));
}

WsMessage::Kind controlKind(WsOpcode opcode)
{
    if (opcode == WsOpcode::Close)
        return WsMessage::Kind::Close;
    return opcode == WsOpcode::Ping ? WsMessage::Kind::Ping : WsMessage::Kind::Pong;
}

} // namespace

WsAssembler::WsAssembler(Options options) : m_options(options) {}

std::optional<WsMessage> WsAssembler::take(const WsFrameFact &fact)
{
    m_findings.clear();
    m_abandoned.reset();
    m_end = fact.range.end;
    if (isOrdinary(fact)) [[likely]]
        return wholeMessage(fact);
    if (fact.kind == WsFrameFact::Kind::Frame)
        beginFrame(fact);
    if (fact.kind == WsFrameFact::Kind::Truncated || m_place == Place::Nowhere)
        return std::nullopt;

    Assembly &assembly = m_place == Place::Control ? m_control : m_data;
    if (!fact.payload.empty())
        addPayload(assembly, fact);
    if (!fact.complete || (m_place == Place::Data && !fact.header.fin))
        return std::nullopt;

    if (assembly.checksUtf8)
        checkTextEnd(assembly, fact);
    if (assembly.message.kind == WsMessage::Kind::Close)
        readClose(assembly.message, fact);
    assembly.open = false;
    return std::move(assembly.message);
}

/// The usual message: one frame, all of it here, no rule broken by what is known before its text is checked.
bool WsAssembler::isOrdinary(const WsFrameFact &fact) const
{
    const WsFrameHeader &header = fact.header;
    return fact.kind == WsFrameFact::Kind::Frame && fact.complete && header.fin && !header.masked && header.rsv == 0 &&
           !m_data.open && !m_sawClose && header.payloadLength <= m_options.messageLimit &&
           (header.opcode == WsOpcode::Binary || (header.opcode == WsOpcode::Text && isUtf8(fact.payload)));
}

/// What take() makes of an ordinary message, at full speed.
std::optional<WsMessage> WsAssembler::wholeMessage(const WsFrameFact &fact)
{
    std::optional<WsMessage> result(std::in_place);
    WsMessage &message = *result;
    message.kind = fact.header.opcode == WsOpcode::Text ? WsMessage::Kind::Text : WsMessage::Kind::Binary;
    message.firstFrame = m_frameCount;
    message.lastFrame = m_frameCount;
    message.payloadBytes = fact.payload.size();
    if (m_options.keepPayloads)
        message.payload = fact.payload;
    m_place = Place::Data;
    ++m_frameCount;
    return result;
}

std::optional<WsMessage> WsAssembler::finish()
{
    m_findings.clear();
    m_abandoned.reset();
    if (!m_data.open && !m_control.open)
        return std::nullopt;
    Assembly &assembly = m_data.open ? m_data : m_control;
    if (assembly.fragmented)
        addFinding(Rule::WsUnfinishedMessage, assembly.begin, m_end - assembly.begin);
    assembly.open = false;
    assembly.message.abandoned = true;
    return std::move(assembly.message);
}

void WsAssembler::beginFrame(const WsFrameFact &fact)
{
    const WsFrameHeader &header = fact.header;
    if (isReserved(header.opcode))
        m_place = Place::Nowhere;
    else
        m_place = isControl(header.opcode) ? Place::Control : Place::Data;

    // 5.5.1 forbids data frames behind a close, nothing else.
    if (m_sawClose && !isControl(header.opcode))
        addFinding(Rule::WsDataAfterClose, fact.range.begin, 1);
    if (m_place == Place::Control)
        beginMessage(m_control, controlKind(header.opcode), fact);
    else if (m_place == Place::Data)
        beginDataFrame(fact);
    ++m_frameCount;
}

void WsAssembler::beginDataFrame(const WsFrameFact &fact)
{
    const WsFrameHeader &header = fact.header;
    if (header.opcode != WsOpcode::Continuation) {
        if (m_data.open) {
            addFinding(Rule::WsDataInsideFragmented, fact.range.begin, 1);
            m_data.message.abandoned = true;
            m_abandoned = std::move(m_data.message);
        }
        beginMessage(m_data, header.opcode == WsOpcode::Text ? WsMessage::Kind::Text : WsMessage::Kind::Binary, fact);
    } else if (m_data.open) {
        ++m_data.message.frames;
        m_data.message.lastFrame = m_frameCount;
    } else {
        addFinding(Rule::WsContinuationWithoutStart, fact.range.begin, 1);
        beginMessage(m_data, WsMessage::Kind::Binary, fact);
    }
    m_data.fragmented = m_data.fragmented || !header.fin;

    const std::uint64_t room =
        m_options.messageLimit - std::min<std::uint64_t>(m_options.messageLimit, m_data.message.payloadBytes);
    if (header.payloadLength > room && !m_data.tooLarge) {
        m_data.tooLarge = true;
        const std::uint64_t rest = std::numeric_limits<std::uint64_t>::max() - m_data.message.payloadBytes;
        addFinding(Rule::WsMessageTooLarge, fact.range.begin, header.headerLength,
                   saturated<std::int64_t>(m_data.message.payloadBytes + std::min(rest, header.payloadLength)));
    }
}

void WsAssembler::beginMessage(Assembly &assembly, WsMessage::Kind kind, const WsFrameFact &fact)
{
    WsMessage &message = assembly.message;
    message.kind = kind;
    message.compressed = !isControl(fact.header.opcode) && (fact.header.rsv & m_options.allowedReservedBits & 4) != 0;
    message.frames = 1;
    message.firstFrame = m_frameCount;
    message.lastFrame = m_frameCount;
    message.payloadBytes = 0;
    message.payload.clear();
    message.closeCode = 0;
    message.abandoned = false;
    assembly.utf8.reset();
    assembly.begin = fact.range.begin;
    assembly.checked = 0;
    assembly.open = true;
    assembly.fragmented = false;
    assembly.checksUtf8 = kind == WsMessage::Kind::Text && !message.compressed;
    assembly.tooLarge = false;
}

bool WsAssembler::keeps(const Assembly &assembly) const
{
    return m_options.keepPayloads || &assembly == &m_control;
}

void WsAssembler::addPayload(Assembly &assembly, const WsFrameFact &fact)
{
    const ByteView payload = fact.payload;
    if (keeps(assembly) || assembly.checksUtf8) {
        const std::uint64_t position = fact.range.end - payload.size();
        if (!fact.header.masked) {
            addPlain(assembly, payload, position);
        } else {
            std::array<char, 4096> plain;
            for (std::size_t at = 0; at < payload.size(); at += plain.size()) {
                const ByteView part = payload.substr(at, plain.size());
                std::copy(part.begin(), part.end(), plain.begin());
                applyMask(plain.data(), part.size(), fact.header.maskingKey, fact.payloadOffset + at);
                addPlain(assembly, ByteView(plain.data(), part.size()), position + at);
            }
        }
    }
    assembly.message.payloadBytes += payload.size();
}

/// Unmasked payload bytes that stand at `position` of the decoder's input.
void WsAssembler::addPlain(Assembly &assembly, ByteView plain, std::uint64_t position)
{
    if (assembly.checksUtf8) {
        assembly.checksUtf8 = assembly.utf8.feed(plain);
        if (!assembly.checksUtf8)
            addFinding(Rule::WsInvalidUtf8, position + (assembly.utf8.errorOffset() - assembly.checked), 1);
        assembly.checked += plain.size();
    }
    if (keeps(assembly)) {
        Bytes &payload = assembly.message.payload;
        payload += plain.substr(0, m_options.messageLimit - payload.size());
    }
}

/// A text that ends inside a sequence (8.1): its last byte is to blame, or the empty frame that ended it.
void WsAssembler::checkTextEnd(const Assembly &assembly, const WsFrameFact &fact)
{
    if (!assembly.utf8.isComplete())
        addFinding(Rule::WsInvalidUtf8, fact.header.payloadLength == 0 ? fact.range.begin : fact.range.end - 1, 1);
}

/// Code and reason (5.5.1).
void WsAssembler::readClose(WsMessage &message, const WsFrameFact &fact)
{
    m_sawClose = true;
    const ByteView payload = message.payload;
    const std::uint64_t begin = fact.range.end - fact.header.payloadLength;
    if (payload.size() == 1)
        addFinding(Rule::WsCloseOneByte, begin, 1);
    if (payload.size() < 2)
        return;
    message.closeCode =
        static_cast<std::uint16_t>(static_cast<std::uint8_t>(payload[0]) << 8 | static_cast<std::uint8_t>(payload[1]));
    if (!isSendableCloseCode(message.closeCode))
        addFinding(Rule::WsCloseCodeInvalid, begin, 2, message.closeCode);

    Utf8Validator reason;
    if (!reason.feed(payload.substr(2)))
        addFinding(Rule::WsInvalidUtf8InReason, begin + 2 + reason.errorOffset(), 1);
    else if (!reason.isComplete())
        addFinding(Rule::WsInvalidUtf8InReason, fact.range.end - 1, 1);
}

void WsAssembler::addFinding(Rule rule, std::uint64_t begin, std::uint64_t length, std::int64_t argument)
{
    m_findings.push_back({rule, begin, saturated<std::uint32_t>(length), argument});
}

} // namespace pushscope
