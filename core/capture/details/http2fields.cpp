#include "core/capture/details/http2fields.h"

#include "core/capture/capture.h"
#include "core/capture/details/blockmap.h"
#include "core/capture/details/http2details.h"
#include "core/capture/details/http2words.h"
#include "core/capture/details/httpdetails.h"
#include "core/capture/details/words.h"
#include "core/wire/http/hpack.h"

#include <algorithm>

namespace pushscope {

namespace {

/// What of a value is shown in a field: the payload pane shows all of it.
constexpr std::size_t LongestValue = 1000;
/// Indices beyond it are the dynamic table's (RFC 7541 section 2.3.3, Appendix A).
constexpr std::uint32_t LastOfStaticTable = 61;

std::string shown(ByteView bytes)
{
    return previewOf(bytes, LongestValue, false);
}

// ---- HPACK

std::string entryOf(std::uint32_t index)
{
    return "entry " + std::to_string(index) + (index <= LastOfStaticTable ? " (static table)" : " (dynamic table)");
}

/// RFC 7541 section 6.
std::string noteOfCoding(const FieldBlockFacts::Field &field)
{
    const std::string name = field.index == 0 ? "" : ", name of " + entryOf(field.index);
    switch (static_cast<HpackCoding>(field.coding)) {
    case HpackCoding::Indexed: return "indexed: " + entryOf(field.index);
    case HpackCoding::Incremental: return "literal, added to the dynamic table" + name;
    case HpackCoding::Literal: return "literal, not added to the dynamic table" + name;
    case HpackCoding::Never: return "literal, never to be added to any table" + name;
    }
    return {};
}

Field codedField(const FieldBlockFacts::Field &coded, const BlockMap &map)
{
    return {.name = shown(coded.field.name),
            .value = shown(coded.field.value),
            .range = map.inOrigin(coded.range),
            .note = noteOfCoding(coded),
            .coding = static_cast<HpackCoding>(coded.coding)};
}

/// What is to say of a block as a whole.
void appendBlockSummary(const FieldBlockFacts &block, std::vector<Field> &fields)
{
    for (const std::uint32_t size : block.sizeUpdates)
        fields.push_back({.name = "dynamic table size update",
                          .value = byteCount(size),
                          .note = "the sender keeps no more than this from here on (RFC 7541 section 6.3)"});
    fields.push_back(
        {.name = "dynamic table", .value = byteCount(block.tableSize), .note = "in use behind this field block"});
    if (block.leftOut > 0)
        fields.push_back({.name = "fields left out",
                          .value = grouped(block.leftOut),
                          .note = "beyond the limit on what is kept of a field section"});
    if (!block.error.empty())
        fields.push_back({.name = "error", .value = shown(block.error)});
}

// ---- frames

class FrameFields
{
public:
    FrameFields(const Capture &capture, Seq seq, ByteView origin, Http2FrameDetails frame)
        : m_capture(capture), m_seq(seq), m_origin(origin), m_frame(std::move(frame))
    {
    }

    std::vector<Field> make()
    {
        addHeader();
        addPayload();
        return std::move(m_fields);
    }

private:
    // RFC 9113 section 4.1: Length (24), Type (8), Flags (8), Reserved (1), Stream Identifier (31).
    void addHeader();
    [[nodiscard]] std::vector<Field> flags() const;
    void addPayload();
    void addPadLength();
    void addPriority();
    void addBlock();
    void addSettings();
    void addPing();
    void addOrigins();
    void addPadding();
    void addContent(std::string name, bool isText);

    /// A number in the payload. Of four bytes that hold 31 bits the first bit is left to the reserved one.
    void addNumber(std::string name, std::string value, std::size_t bytes, std::string note = {}, int reservedBits = 0);
    void addIdentifier(std::string name, const std::optional<std::uint32_t> &stream, std::string note = {})
    {
        if (stream)
            addNumber(std::move(name), std::to_string(*stream), 4, std::move(note), 1);
    }
    void addErrorCode()
    {
        if (const auto code = m_frame.payload.errorCode)
            addNumber("error code", errorText(*code) + " (" + std::to_string(static_cast<std::uint32_t>(*code)) + ")",
                      4, std::string(meaning(*code)));
    }
    void bits(std::string name, std::string value, int first, int count, std::string note)
    {
        m_fields.push_back(
            {.name = std::move(name),
             .value = std::move(value),
             .range = {static_cast<std::uint64_t>(first / 8), static_cast<std::uint64_t>((first + count + 7) / 8)},
             .firstBit = first,
             .bitCount = count,
             .note = std::move(note)});
    }
    [[nodiscard]] static ByteRange inOrigin(const ByteRange &inPayload)
    {
        return {inPayload.begin + Http2FrameHeader::Size, inPayload.end + Http2FrameHeader::Size};
    }
    [[nodiscard]] ByteView at(const ByteRange &inPayload) const
    {
        return m_origin.substr(inPayload.begin + Http2FrameHeader::Size, inPayload.size());
    }

    const Capture &m_capture;
    Seq m_seq;
    ByteView m_origin;
    Http2FrameDetails m_frame;
    std::size_t m_at = 0; ///< of the next number, in the payload
    std::vector<Field> m_fields;
};

void FrameFields::addHeader()
{
    const Http2FrameHeader &header = m_frame.header;
    const std::uint64_t came = m_origin.size() - Http2FrameHeader::Size;
    bits("length", grouped(header.length), 0, 24, came < header.length ? "only " + byteCount(came) + " came" : "");
    const std::string_view type = word(header.type);
    bits("type", std::to_string(static_cast<int>(header.type)) + (type.empty() ? "" : " (" + std::string(type) + ")"),
         24, 8, type.empty() ? "an unknown type, so the frame is ignored (RFC 9113 section 5.5)" : "");
    bits("flags", flagsText(header), 32, 8, "");
    m_fields.back().children = flags();
    bits("reserved", header.reserved ? "1" : "0", 40, 1, header.reserved ? "must be 0, and is ignored" : "");
    bits("stream identifier", std::to_string(header.stream), 41, 31, noteOfStream(header.stream));
}

std::vector<Field> FrameFields::flags() const
{
    std::vector<Field> fields;
    for (int bit = 7; bit >= 0; --bit) {
        const auto flag = static_cast<std::uint8_t>(1 << bit);
        const std::string_view name = flagWord(m_frame.header.type, flag);
        if (name.empty() && !m_frame.header.has(flag))
            continue;
        fields.push_back({.name = name.empty() ? "unused" : std::string(name),
                          .value = m_frame.header.has(flag) ? "1" : "0",
                          .range = {4, 5},
                          .firstBit = 39 - bit,
                          .bitCount = 1,
                          .note = name.empty() ? "this type has no such flag, so it is ignored" : ""});
    }
    return fields;
}

void FrameFields::addPayload()
{
    const Http2Payload &payload = m_frame.payload;
    switch (m_frame.header.type) {
    case Http2FrameType::Data:
        addPadLength();
        addContent("data", false);
        break;
    case Http2FrameType::Headers:
        addPadLength();
        addPriority();
        addBlock();
        break;
    case Http2FrameType::Priority: addPriority(); break;
    case Http2FrameType::RstStream: addErrorCode(); break;
    case Http2FrameType::Settings: addSettings(); break;
    case Http2FrameType::PushPromise:
        addPadLength();
        addIdentifier("promised stream identifier", payload.promisedStream);
        addBlock();
        break;
    case Http2FrameType::Ping: addPing(); break;
    case Http2FrameType::Goaway:
        addIdentifier("last stream identifier", payload.lastStream, "later streams were not taken on");
        addErrorCode();
        addContent("additional debug data", true);
        break;
    case Http2FrameType::WindowUpdate:
        if (payload.increment)
            addNumber("window size increment", grouped(*payload.increment), 4,
                      *payload.increment == 0 ? "must not be 0" : "", 1);
        break;
    case Http2FrameType::Continuation: addBlock(); break;
    case Http2FrameType::Altsvc:
        addOrigins();
        addContent("alternative services", true);
        break;
    case Http2FrameType::Origin: addOrigins(); break;
    case Http2FrameType::PriorityUpdate:
        addIdentifier("prioritized stream identifier", payload.prioritizedStream);
        addContent("priority field value", true);
        break;
    }
    if (word(m_frame.header.type).empty())
        addContent("payload", false);
    addPadding();
}

void FrameFields::addNumber(std::string name, std::string value, std::size_t bytes, std::string note, int reservedBits)
{
    const auto first = static_cast<int>((Http2FrameHeader::Size + m_at) * 8);
    bits(std::move(name), std::move(value), first + reservedBits, static_cast<int>(bytes) * 8 - reservedBits,
         std::move(note));
    m_at += bytes;
}

void FrameFields::addPadLength()
{
    if (const auto length = m_frame.payload.padLength)
        addNumber("pad length", std::to_string(*length), 1);
}

/// RFC 7540 section 6.3.
void FrameFields::addPriority()
{
    const auto &priority = m_frame.payload.priority;
    if (!priority)
        return;
    const auto first = static_cast<int>((Http2FrameHeader::Size + m_at) * 8);
    bits("exclusive", priority->exclusive ? "1" : "0", first, 1, "");
    addIdentifier("stream dependency", priority->dependency, "deprecated by RFC 9113 section 5.3");
    addNumber("weight", std::to_string(priority->weight), 1, "one more than the byte says");
}

/// The frame that ends the block lists all of its fields, those before it the ones that begin or end in them.
void FrameFields::addBlock()
{
    const ByteRange &content = m_frame.payload.content;
    m_fields.push_back(
        {.name = "field block fragment", .value = byteCount(content.size()), .range = inOrigin(content)});
    const Http2BlockDetails block = http2BlockOf(m_capture, m_seq);
    const BlockMap map(m_origin, block.offset);
    std::vector<Field> fields;
    for (const FieldBlockFacts::Field &coded : block.facts.fields) {
        Field field = codedField(coded, map);
        if (field.range.isEmpty() && block.end != m_seq)
            continue;
        if (field.range.isEmpty())
            field.note += ", in an earlier frame";
        fields.push_back(std::move(field));
    }
    if (block.end == m_seq)
        appendBlockSummary(block.facts, fields);
    m_fields.back().children = std::move(fields);
}

void FrameFields::addSettings()
{
    std::uint64_t begin = 0;
    for (const auto &[setting, value] : m_frame.payload.settings) {
        const ByteRange range = inOrigin({begin, begin + 6});
        m_fields.push_back(
            {.name = settingText(setting),
             .value = grouped(value),
             .range = range,
             .note = noteOfSetting(setting, value),
             .children = {{.name = "identifier",
                           .value = std::to_string(static_cast<unsigned>(setting)),
                           .range = {range.begin, range.begin + 2}},
                          {.name = "value", .value = grouped(value), .range = {range.begin + 2, range.end}}}});
        begin += 6;
    }
}

void FrameFields::addPing()
{
    if (m_frame.payload.opaque)
        addNumber("opaque data", hexPairs(at({0, 8})), 8);
    Bytes scratch;
    if (const auto rttMs = decodeFacts<PingFacts>(m_capture.derivedView(m_seq, scratch)).rttMs)
        m_fields.push_back({.name = "round trip", .value = milliseconds(*rttMs)});
}

void FrameFields::addOrigins()
{
    for (const ByteRange &origin : m_frame.payload.origins)
        m_fields.push_back({.name = "origin", .value = shown(at(origin)), .range = inOrigin(origin)});
}

void FrameFields::addContent(std::string name, bool isText)
{
    const ByteRange &content = m_frame.payload.content;
    if (content.isEmpty())
        return;
    m_fields.push_back({.name = std::move(name),
                        .value = isText ? shown(at(content)) : byteCount(content.size()),
                        .range = inOrigin(content)});
}

/// RFC 9113 section 6.1.
void FrameFields::addPadding()
{
    const ByteRange &padding = m_frame.payload.padding;
    if (padding.isEmpty())
        return;
    const bool isZero = at(padding).find_first_not_of('\0') == ByteView::npos;
    m_fields.push_back({.name = "padding",
                        .value = byteCount(padding.size()),
                        .range = inOrigin(padding),
                        .note = isZero ? "" : "should be all zeros"});
}

/// The facts of the field block that a head was made of; empty when the record does not say.
FieldBlockFacts blockOfHead(const Capture &capture, Seq head)
{
    const std::vector<Seq> frames = capture.carriers(head);
    if (frames.empty() || !isHttp2Frame(capture.record(frames.back()).kind))
        return {};
    Bytes scratch;
    return decodeFacts<FieldBlockFacts>(capture.derivedView(frames.back(), scratch));
}

} // namespace

std::vector<Field> http2FrameFields(const Capture &capture, Seq frame)
{
    Bytes scratch;
    const ByteView origin = capture.originView(frame, scratch);
    auto details = http2FrameIn(origin);
    return details ? FrameFields(capture, frame, origin, std::move(*details)).make() : std::vector<Field>();
}

std::vector<Field> http2HeadFields(const Capture &capture, Seq head)
{
    Bytes scratch;
    const BlockMap map(capture.originView(head, scratch), 0);
    const FieldBlockFacts block = blockOfHead(capture, head);
    std::vector<Field> fields;
    for (const FieldBlockFacts::Field &coded : block.fields)
        fields.push_back(codedField(coded, map));
    if (!fields.empty())
        return fields;
    for (const HeaderField &field : httpHeadOf(capture, head).headers)
        fields.push_back({.name = shown(field.name), .value = shown(field.value)});
    return fields;
}

} // namespace pushscope
