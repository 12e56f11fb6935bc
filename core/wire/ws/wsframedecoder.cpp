#include "core/wire/ws/wsframedecoder.h"

#include <QtGlobal>

#include <algorithm>
#include <cstring>
#include <limits>

namespace pushscope {

namespace {

constexpr std::uint8_t fromWire(char byte)
{
    return static_cast<std::uint8_t>(byte);
}

/// How long the header is, as far as its second byte tells (RFC 6455 section 5.2).
unsigned headerLength(std::uint8_t second)
{
    const unsigned code = second & 0x7F;
    const unsigned extended = code < 126 ? 0 : code == 126 ? 2 : 8;
    return 2 + extended + (second >> 7) * 4u;
}

std::uint64_t bigEndian(const char *bytes, unsigned count)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < count; ++i)
        value = value << 8 | fromWire(bytes[i]);
    return value;
}

void readFirst(WsFrameHeader &header, std::uint8_t byte)
{
    header.fin = (byte & 0x80) != 0;
    header.rsv = (byte >> 4) & 7;
    header.opcode = static_cast<WsOpcode>(byte & 0xF);
}

/// A whole header; `bytes` has headerLength() of them.
void readWhole(WsFrameHeader &header, const char *bytes)
{
    readFirst(header, fromWire(bytes[0]));
    const std::uint8_t second = fromWire(bytes[1]);
    header.headerLength = static_cast<std::uint8_t>(headerLength(second));
    header.masked = (second & 0x80) != 0;
    header.lengthForm = WsLengthForm::Seven;
    header.payloadLength = second & 0x7F;
    if (header.payloadLength == 126) {
        header.lengthForm = WsLengthForm::Sixteen;
        header.payloadLength = bigEndian(bytes + 2, 2);
    } else if (header.payloadLength == 127) {
        header.lengthForm = WsLengthForm::SixtyFour;
        header.payloadLength = bigEndian(bytes + 2, 8);
    }
    header.maskingKey = {};
    if (header.masked)
        std::copy_n(bytes + header.headerLength - 4, 4, header.maskingKey.begin());
}

/// What a header that the stream's end cut tells; it has at least one byte.
WsFrameHeader readCut(const char *bytes, std::uint8_t size)
{
    WsFrameHeader header;
    readFirst(header, fromWire(bytes[0]));
    header.headerLength = size;
    if (size < 2)
        return header;
    const std::uint8_t code = fromWire(bytes[1]) & 0x7F;
    header.masked = (fromWire(bytes[1]) & 0x80) != 0;
    header.lengthForm = code < 126    ? WsLengthForm::Seven
                        : code == 126 ? WsLengthForm::Sixteen
                                      : WsLengthForm::SixtyFour;
    header.payloadLength = code < 126 ? code : 0;
    return header;
}

/// Whether a first byte with these FIN and opcode bits, RSV aside, breaks no rule: a bit for each of the 32.
constexpr std::uint32_t ordinaryFrames = [] {
    std::uint32_t set = 0;
    for (unsigned fin = 0; fin < 2; ++fin) {
        for (unsigned value = 0; value < 16; ++value) {
            const auto opcode = static_cast<WsOpcode>(value);
            if (!isReserved(opcode) && (fin == 1 || !isControl(opcode)))
                set |= 1u << (fin * 16 + value);
        }
    }
    return set;
}();

constexpr bool isOrdinary(std::uint8_t first)
{
    return ((ordinaryFrames >> ((first >> 3 & 0x10) | (first & 0xF))) & 1) != 0;
}

std::int64_t asArgument(std::uint64_t value)
{
    return static_cast<std::int64_t>(std::min<std::uint64_t>(value, std::numeric_limits<std::int64_t>::max()));
}

} // namespace

WsFrameDecoder::WsFrameDecoder(Role sender, std::uint32_t frameLimit)
    : m_frameLimit(frameLimit), m_expectedMaskBit(sender == Role::Client ? 0x80 : 0),
      m_shortHeader(sender == Role::Client ? 6 : 2), m_shortLimit(static_cast<std::uint8_t>(std::min(frameLimit, 125u)))
{
}

void WsFrameDecoder::feed(ByteView input)
{
    Q_ASSERT_X(m_at == m_end, "WsFrameDecoder::feed", "the input before is not used up");
    Q_ASSERT_X(!m_finished, "WsFrameDecoder::feed", "the stream has ended");
    m_at = input.data();
    m_end = m_at + input.size();
    m_fed += input.size();
}

void WsFrameDecoder::finish()
{
    m_finished = true;
}

void WsFrameDecoder::setAllowedReservedBits(std::uint8_t bits)
{
    m_refusedBits = static_cast<std::uint8_t>((~bits & 7) << 4);
}

std::uint64_t WsFrameDecoder::pendingBytes() const
{
    return m_payloadLeft != 0 || m_cutSize != 0 ? offset() - m_frameBegin : 0;
}

bool WsFrameDecoder::next(WsFrameFact &fact)
{
    m_findings.clear();
    // The usual frame at full speed: it is here whole, its length has the short form, and it breaks no rule.
    const char *const at = m_at;
    const auto available = static_cast<std::size_t>(m_end - at);
    if ((m_payloadLeft | m_cutSize) != 0 || available < 2)
        return nextUnusual(fact);
    const std::uint8_t first = fromWire(at[0]);
    const std::size_t length = fromWire(at[1]) ^ m_expectedMaskBit;
    const std::size_t size = m_shortHeader + length;
    if (length > m_shortLimit || size > available || (first & m_refusedBits) != 0 || !isOrdinary(first))
        return nextUnusual(fact);

    fact.kind = WsFrameFact::Kind::Frame;
    readFirst(fact.header, first);
    fact.header.masked = m_expectedMaskBit != 0;
    fact.header.maskingKey = {};
    if (fact.header.masked)
        std::memcpy(fact.header.maskingKey.data(), at + 2, fact.header.maskingKey.size());
    fact.header.lengthForm = WsLengthForm::Seven;
    fact.header.payloadLength = length;
    fact.header.headerLength = m_shortHeader;
    const std::uint64_t begin = m_fed - available;
    fact.range = {begin, begin + size};
    fact.payloadOffset = 0;
    fact.payload = ByteView(at + m_shortHeader, length);
    fact.complete = true;
    m_at = at + size;
    return true;
}

/// Whatever next() did not take at full speed.
bool WsFrameDecoder::nextUnusual(WsFrameFact &fact)
{
    if (m_payloadLeft != 0) {
        if (m_at == m_end)
            return handOutTruncated(fact);
        fact.kind = WsFrameFact::Kind::Payload;
        fact.range.begin = offset();
    } else {
        if (!readHeader())
            return handOutTruncated(fact);
        inspectHeader();
        m_payloadLeft = m_header.payloadLength;
        fact.kind = WsFrameFact::Kind::Frame;
        fact.range.begin = m_frameBegin;
    }
    handOut(fact);
    return true;
}

/// Reads a header into m_header, together with what was there of it before; false when its end is not here yet.
bool WsFrameDecoder::readHeader()
{
    const auto available = static_cast<std::size_t>(m_end - m_at);
    if (m_cutSize == 0) {
        m_frameBegin = offset();
        if (available >= 2 && available >= headerLength(fromWire(m_at[1]))) [[likely]] {
            readWhole(m_header, m_at);
            m_at += m_header.headerLength;
            return true;
        }
    }
    while (m_at != m_end) {
        m_cut[m_cutSize++] = *m_at++;
        if (m_cutSize >= 2 && m_cutSize == headerLength(fromWire(m_cut[1]))) {
            readWhole(m_header, m_cut.data());
            m_cutSize = 0;
            return true;
        }
    }
    return false;
}

void WsFrameDecoder::inspectHeader()
{
    const WsFrameHeader &header = m_header;
    const bool control = isControl(header.opcode);
    const auto length = header.payloadLength;
    if ((header.rsv << 4 & m_refusedBits) != 0)
        addFinding(Rule::WsReservedBits, 0, 1, header.rsv);
    if (isReserved(header.opcode))
        addFinding(Rule::WsReservedOpcode, 0, 1, static_cast<std::uint8_t>(header.opcode));
    if (control && !header.fin)
        addFinding(Rule::WsControlFragmented, 0, 1);
    if (header.masked != (m_expectedMaskBit != 0))
        addFinding(header.masked ? Rule::WsMaskedByServer : Rule::WsUnmaskedByClient, 1, 2);

    unsigned lengthEnd = 2;
    std::uint64_t shorterFormHolds = 0;
    switch (header.lengthForm) {
    case WsLengthForm::Seven: break;
    case WsLengthForm::Sixteen:
        lengthEnd = 4;
        shorterFormHolds = 125;
        break;
    case WsLengthForm::SixtyFour:
        lengthEnd = 10;
        shorterFormHolds = 0xFFFF;
        break;
    }
    if (header.lengthForm != WsLengthForm::Seven && length <= shorterFormHolds)
        addFinding(Rule::WsLengthNotMinimal, 1, lengthEnd, asArgument(length));
    if ((length >> 63) != 0)
        addFinding(Rule::WsLengthHighBit, 2, 3);
    if (control && length > 125)
        addFinding(Rule::WsControlTooLong, 1, lengthEnd, asArgument(length));
    if (length > m_frameLimit)
        addFinding(Rule::WsFrameTooLarge, 1, lengthEnd, asArgument(length));
}

/// Completes a fact whose kind and range begin are set: what is here of the payload.
void WsFrameDecoder::handOut(WsFrameFact &fact)
{
    const std::uint64_t size = std::min<std::uint64_t>(m_payloadLeft, static_cast<std::uint64_t>(m_end - m_at));
    fact.header = m_header;
    fact.payloadOffset = m_header.payloadLength - m_payloadLeft;
    fact.payload = ByteView(m_at, size);
    m_at += size;
    m_payloadLeft -= size;
    fact.range.end = offset();
    fact.complete = m_payloadLeft == 0;
}

/// Once behind the last byte of a stream that ended inside a frame; false when it did not, or not yet.
bool WsFrameDecoder::handOutTruncated(WsFrameFact &fact)
{
    if (!m_finished || pendingBytes() == 0)
        return false;
    std::uint64_t missing = m_payloadLeft;
    fact = WsFrameFact{};
    fact.kind = WsFrameFact::Kind::Truncated;
    fact.range = {m_frameBegin, m_fed};
    if (m_payloadLeft != 0) {
        fact.header = m_header;
        fact.payloadOffset = m_header.payloadLength - m_payloadLeft;
    } else {
        fact.header = readCut(m_cut.data(), m_cutSize);
        missing = fact.header.payloadLength - m_cutSize + (m_cutSize < 2 ? 2 : headerLength(fromWire(m_cut[1])));
    }
    m_payloadLeft = 0;
    m_cutSize = 0;
    const auto length = std::min<std::uint64_t>(fact.range.size(), std::numeric_limits<std::uint32_t>::max());
    m_findings.push_back(
        {Rule::WsTruncatedFrame, m_frameBegin, static_cast<std::uint32_t>(length), asArgument(missing)});
    return true;
}

/// A Finding about the header's bytes from `begin` up to `end`.
void WsFrameDecoder::addFinding(Rule rule, unsigned begin, unsigned end, std::int64_t argument)
{
    m_findings.push_back({rule, m_frameBegin + begin, end - begin, argument});
}

} // namespace pushscope
