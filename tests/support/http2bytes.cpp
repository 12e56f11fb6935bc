#include "tests/support/http2bytes.h"

#include <algorithm>

namespace pushscope::test {

namespace {
constexpr ByteView requestAuthority = "localhost";
} // namespace

Bytes uint16(std::uint32_t number)
{
    return {static_cast<char>(number >> 8), static_cast<char>(number)};
}

Bytes uint32(std::uint32_t number)
{
    return uint16(number >> 16) + uint16(number & 0xFFFF);
}

Bytes frame(Http2FrameType type, std::uint8_t flags, std::uint32_t stream, ByteView payload)
{
    Bytes bytes;
    appendHttp2Frame(bytes, {.type = type, .flags = flags, .stream = stream}, payload);
    return bytes;
}

Bytes data(std::uint32_t stream, ByteView bytes, bool endsStream)
{
    return frame(Http2FrameType::Data, endsStream ? Http2Flag::EndStream : 0, stream, bytes);
}

Bytes headers(std::uint32_t stream, ByteView block, bool endsStream)
{
    const auto flags = static_cast<std::uint8_t>(Http2Flag::EndHeaders | (endsStream ? Http2Flag::EndStream : 0));
    return frame(Http2FrameType::Headers, flags, stream, block);
}

Bytes continuation(std::uint32_t stream, ByteView block, bool endsHeaders)
{
    return frame(Http2FrameType::Continuation, endsHeaders ? Http2Flag::EndHeaders : 0, stream, block);
}

Bytes priority(std::uint32_t stream, std::uint32_t dependency, std::uint8_t weight, bool exclusive)
{
    const Bytes payload = uint32(dependency | (exclusive ? 0x80000000U : 0)) + static_cast<char>(weight);
    return frame(Http2FrameType::Priority, 0, stream, payload);
}

Bytes rstStream(std::uint32_t stream, Http2ErrorCode code)
{
    return frame(Http2FrameType::RstStream, 0, stream, uint32(static_cast<std::uint32_t>(code)));
}

Bytes settings(std::initializer_list<Http2SettingValue> values)
{
    Bytes payload;
    for (const Http2SettingValue &entry : values)
        payload += uint16(static_cast<std::uint16_t>(entry.setting)) + uint32(entry.value);
    return frame(Http2FrameType::Settings, 0, 0, payload);
}

Bytes settingsAck()
{
    return frame(Http2FrameType::Settings, Http2Flag::Ack, 0);
}

Bytes ping(ByteView opaque)
{
    return frame(Http2FrameType::Ping, 0, 0, opaque);
}

Bytes goaway(std::uint32_t lastStream, Http2ErrorCode code)
{
    return frame(Http2FrameType::Goaway, 0, 0, uint32(lastStream) + uint32(static_cast<std::uint32_t>(code)));
}

Bytes windowUpdate(std::uint32_t stream, std::uint32_t increment)
{
    return frame(Http2FrameType::WindowUpdate, 0, stream, uint32(increment));
}

Bytes pushPromise(std::uint32_t stream, std::uint32_t promised, ByteView block)
{
    return frame(Http2FrameType::PushPromise, Http2Flag::EndHeaders, stream, uint32(promised).append(block));
}

Bytes literal(ByteView name, ByteView value)
{
    const auto length = [](std::size_t size) { // RFC 7541 section 5.1, prefix of 7 bits
        if (size < 127)
            return Bytes(1, static_cast<char>(size));
        Bytes bytes(1, '\x7f');
        for (size -= 127; size >= 128; size /= 128)
            bytes += static_cast<char>(size % 128 + 128);
        return bytes + static_cast<char>(size);
    };
    Bytes bytes(1, '\0');
    bytes.append(length(name.size())).append(name);
    return bytes.append(length(value.size())).append(value);
}

Bytes fieldBlock(const Headers &fields)
{
    Bytes block;
    for (const HeaderField &field : fields)
        block += literal(field.name, field.value);
    return block;
}

Bytes withAuthority(ByteView frames, ByteView authority)
{
    const Bytes before = literal(":authority", requestAuthority);
    Bytes bytes;
    while (frames.size() >= Http2FrameHeader::Size) {
        Http2FrameHeader header = parseHttp2FrameHeader(frames);
        Bytes payload(frames.substr(Http2FrameHeader::Size, header.length));
        if (const std::size_t place = payload.find(before); place != Bytes::npos)
            payload.replace(place, before.size(), literal(":authority", authority));
        appendHttp2Frame(bytes, header, payload);
        frames.remove_prefix(std::min(frames.size(), Http2FrameHeader::Size + header.length));
    }
    return bytes;
}

Headers requestFields(ByteView method, const Headers &more)
{
    Headers fields{
        {":method", Bytes(method)}, {":scheme", "http"}, {":path", "/"}, {":authority", Bytes(requestAuthority)}};
    for (const HeaderField &field : more)
        fields.add(field.name, field.value);
    return fields;
}

Bytes requestBlock(ByteView method, const Headers &more)
{
    return fieldBlock(requestFields(method, more));
}

Bytes answerBlock(ByteView status, const Headers &more)
{
    return literal(":status", status) + fieldBlock(more);
}

Bytes longBlock(std::size_t bytes)
{
    constexpr std::size_t step = 4000;
    Bytes block;
    for (std::size_t i = 0; block.size() < bytes; ++i)
        block += literal("x-long-" + std::to_string(i), Bytes(step, 'x'));
    return block;
}

} // namespace pushscope::test
