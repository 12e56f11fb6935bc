#include "core/capture/files/jsonframes.h"

#include "core/capture/details/http2details.h"
#include "core/capture/files/jsontext.h"
#include "core/wire/http/hpack.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace pushscope {

namespace {

template <class Number>
void appendOptional(std::string &out, std::string_view name, const std::optional<Number> &value)
{
    if (value)
        appendMember(out, name, static_cast<std::uint64_t>(*value));
    else
        appendNull(out, name);
}

void appendSettings(std::string &out, const std::vector<Http2SettingValue> &settings)
{
    appendKey(out, "settings");
    char before = '[';
    for (const Http2SettingValue &setting : settings) {
        out += before;
        out += '[';
        appendNumber(out, static_cast<std::uint64_t>(setting.setting));
        out += ',';
        appendString(out, word(setting.setting));
        out += ',';
        appendNumber(out, std::uint64_t(setting.value));
        out += ']';
        before = ',';
    }
    out += settings.empty() ? "[]" : "]";
}

/// Only the frame that ends a field block has it.
void appendBlock(std::string &out, ByteView cbor)
{
    if (cbor.empty())
        return;
    const auto block = decodeFacts<FieldBlockFacts>(cbor);
    appendKey(out, "headers");
    char before = '[';
    for (const FieldBlockFacts::Field &each : block.fields) {
        out += before;
        out += '[';
        appendStringOrBase64(out, each.field.name);
        out += ',';
        appendStringOrBase64(out, each.field.value);
        out += ',';
        appendString(out, word(static_cast<HpackCoding>(each.coding)));
        out += ']';
        before = ',';
    }
    out += block.fields.empty() ? "[]" : "]";
    appendMember(out, "table_size", std::uint64_t(block.tableSize));
}

void appendOpaque(std::string &out, const std::optional<std::uint64_t> &opaque)
{
    if (!opaque) {
        appendNull(out, "opaque");
        return;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    appendKey(out, "opaque");
    out += '"';
    for (int shift = 60; shift >= 0; shift -= 4)
        out += digits[*opaque >> shift & 0xF];
    out += '"';
}

void appendRoundTrip(std::string &out, ByteView cbor)
{
    if (const auto rttMs = decodeFacts<PingFacts>(cbor).rttMs) {
        appendKey(out, "rtt_ms");
        appendDecimal(out, *rttMs);
    }
}

/// The fields of one frame's payload, by its type.
class FrameMembers
{
public:
    FrameMembers(std::string &out, const Http2FrameDetails &frame, ByteView payload, ByteView facts)
        : m_out(out), m_frame(frame), m_payload(payload), m_facts(facts)
    {
    }

    void append()
    {
        const Http2Payload &payload = m_frame.payload;
        switch (m_frame.header.type) {
        case Http2FrameType::Data: appendPadding(); return;
        case Http2FrameType::Headers:
            appendPadding();
            if (m_frame.header.has(Http2Flag::Priority))
                appendPriority();
            appendBlock(m_out, m_facts);
            return;
        case Http2FrameType::Priority: appendPriority(); return;
        case Http2FrameType::RstStream: appendOptional(m_out, "error_code", payload.errorCode); return;
        case Http2FrameType::Settings: appendSettings(m_out, payload.settings); return;
        case Http2FrameType::PushPromise:
            appendOptional(m_out, "promised_stream", payload.promisedStream);
            appendPadding();
            appendBlock(m_out, m_facts);
            return;
        case Http2FrameType::Ping:
            appendOpaque(m_out, payload.opaque);
            appendRoundTrip(m_out, m_facts);
            return;
        case Http2FrameType::Goaway:
            appendOptional(m_out, "last_stream", payload.lastStream);
            appendOptional(m_out, "error_code", payload.errorCode);
            appendData(m_out, "debug", content());
            return;
        case Http2FrameType::WindowUpdate: appendOptional(m_out, "increment", payload.increment); return;
        case Http2FrameType::Continuation: appendBlock(m_out, m_facts); return;
        case Http2FrameType::Altsvc:
            appendOrigins();
            appendData(m_out, "value", content());
            return;
        case Http2FrameType::Origin: appendOrigins(); return;
        case Http2FrameType::PriorityUpdate:
            appendOptional(m_out, "prioritized_stream", payload.prioritizedStream);
            appendData(m_out, "value", content());
            return;
        }
        appendMember(m_out, "type", static_cast<std::uint64_t>(m_frame.header.type));
    }

private:
    [[nodiscard]] ByteView at(const ByteRange &range) const { return m_payload.substr(range.begin, range.size()); }
    [[nodiscard]] ByteView content() const { return at(m_frame.payload.content); }
    /// 0 without the flag; null while the pad length has not come.
    void appendPadding()
    {
        const bool isPadded = m_frame.header.has(Http2Flag::Padded);
        appendOptional(m_out, "padding", isPadded ? m_frame.payload.padLength : std::optional<std::uint8_t>(0));
    }
    void appendPriority()
    {
        const auto priority = m_frame.payload.priority.value_or(Http2Payload::Priority());
        appendMember(m_out, "exclusive", priority.exclusive);
        appendMember(m_out, "dependency", std::uint64_t(priority.dependency));
        appendMember(m_out, "weight", std::uint64_t(priority.weight));
    }
    void appendOrigins()
    {
        appendKey(m_out, "origins");
        char before = '[';
        for (const ByteRange &origin : m_frame.payload.origins) {
            m_out += before;
            appendStringOrBase64(m_out, at(origin));
            before = ',';
        }
        m_out += m_frame.payload.origins.empty() ? "[]" : "]";
    }

    std::string &m_out;
    const Http2FrameDetails &m_frame;
    ByteView m_payload;
    ByteView m_facts;
};

} // namespace

void appendHttp2Frame(std::string &out, ByteView origin, ByteView facts)
{
    const Http2FrameDetails frame = http2FrameIn(origin).value_or(Http2FrameDetails{});
    appendMember(out, "length", std::uint64_t(frame.header.length));
    appendMember(out, "flags", std::uint64_t(frame.header.flags));
    FrameMembers(out, frame, origin.substr(std::min(Http2FrameHeader::Size, origin.size())), facts).append();
}

} // namespace pushscope
