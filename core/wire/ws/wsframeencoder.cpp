#include "core/wire/ws/wsframeencoder.h"

namespace pushscope {

namespace {

WsLengthForm minimalForm(std::uint64_t length)
{
    if (length <= 125)
        return WsLengthForm::Seven;
    return length <= 0xFFFF ? WsLengthForm::Sixteen : WsLengthForm::SixtyFour;
}

void appendBigEndian(Bytes &out, std::uint64_t value, unsigned bytes)
{
    for (unsigned left = bytes; left > 0; --left)
        out.push_back(static_cast<char>(value >> (8 * (left - 1))));
}

} // namespace

Bytes encodeWsFrame(const WsFrameSpec &spec)
{
    const std::uint64_t length = spec.announcedLength.value_or(spec.payload.size());
    const unsigned maskBit = spec.maskingKey ? 0x80 : 0;

    Bytes out;
    out.reserve(14 + spec.payload.size());
    out.push_back(static_cast<char>((spec.fin ? 0x80 : 0) | (spec.rsv & 7) << 4 |
                                    (static_cast<std::uint8_t>(spec.opcode) & 0xF)));
    switch (spec.lengthForm.value_or(minimalForm(length))) {
    case WsLengthForm::Seven: out.push_back(static_cast<char>(maskBit | (length & 0x7F))); break;
    case WsLengthForm::Sixteen:
        out.push_back(static_cast<char>(maskBit | 126));
        appendBigEndian(out, length, 2);
        break;
    case WsLengthForm::SixtyFour:
        out.push_back(static_cast<char>(maskBit | 127));
        appendBigEndian(out, length, 8);
        break;
    }
    if (spec.maskingKey)
        out.append(spec.maskingKey->begin(), spec.maskingKey->end());
    const std::size_t payloadBegin = out.size();
    out += spec.payload;
    if (spec.maskingKey)
        applyMask(out.data() + payloadBegin, spec.payload.size(), *spec.maskingKey);
    return out;
}

Bytes closePayload(std::uint16_t code, ByteView reason)
{
    Bytes payload;
    if (code == 0)
        return payload;
    appendBigEndian(payload, code, 2);
    payload += reason;
    return payload;
}

} // namespace pushscope
