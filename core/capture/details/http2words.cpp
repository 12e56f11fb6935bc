#include "core/capture/details/http2words.h"

#include <cstdio>

namespace pushscope {

namespace {

std::string hexadecimal(unsigned number, int digits)
{
    char text[16];
    std::snprintf(text, sizeof text, "0x%0*x", digits, number);
    return text;
}

bool hasFlag(Http2FrameType type, std::uint8_t flag)
{
    switch (type) {
    case Http2FrameType::Data: return flag == Http2Flag::EndStream || flag == Http2Flag::Padded;
    case Http2FrameType::Headers:
        return flag == Http2Flag::EndStream || flag == Http2Flag::EndHeaders || flag == Http2Flag::Padded ||
               flag == Http2Flag::Priority;
    case Http2FrameType::Settings:
    case Http2FrameType::Ping: return flag == Http2Flag::Ack;
    case Http2FrameType::PushPromise: return flag == Http2Flag::EndHeaders || flag == Http2Flag::Padded;
    case Http2FrameType::Continuation: return flag == Http2Flag::EndHeaders;
    case Http2FrameType::Priority:
    case Http2FrameType::RstStream:
    case Http2FrameType::Goaway:
    case Http2FrameType::WindowUpdate:
    case Http2FrameType::Altsvc:
    case Http2FrameType::Origin:
    case Http2FrameType::PriorityUpdate: break;
    }
    return false;
}

} // namespace

std::string_view flagWord(Http2FrameType type, std::uint8_t flag)
{
    if (!hasFlag(type, flag))
        return {};
    const bool isAnswer = type == Http2FrameType::Settings || type == Http2FrameType::Ping;
    if (flag == Http2Flag::EndStream)
        return isAnswer ? "ACK" : "END_STREAM";
    if (flag == Http2Flag::EndHeaders)
        return "END_HEADERS";
    return flag == Http2Flag::Padded ? "PADDED" : "PRIORITY";
}

std::string flagsText(const Http2FrameHeader &header)
{
    std::string text;
    unsigned unknown = 0;
    for (int bit = 0; bit < 8; ++bit) {
        const auto flag = static_cast<std::uint8_t>(1 << bit);
        if (!header.has(flag))
            continue;
        const std::string_view name = flagWord(header.type, flag);
        if (name.empty())
            unknown |= flag;
        else
            text.append(text.empty() ? "" : " ").append(name);
    }
    if (unknown != 0)
        text.append(text.empty() ? "" : " ").append(hexadecimal(unknown, 2));
    return text.empty() ? "none" : text;
}

std::string typeText(Http2FrameType type)
{
    const std::string_view known = word(type);
    return known.empty() ? "type " + hexadecimal(static_cast<unsigned>(type), 2) : std::string(known);
}

std::string settingText(Http2Setting setting)
{
    const std::string_view known = word(setting);
    return known.empty() ? "setting " + hexadecimal(static_cast<unsigned>(setting), 4) : std::string(known);
}

std::string noteOfSetting(Http2Setting setting, std::uint32_t value)
{
    switch (setting) {
    case Http2Setting::HeaderTableSize: return "bytes of the dynamic table that field blocks sent to it may use";
    case Http2Setting::EnablePush: return value == 0 ? "it wants no pushes" : "it takes pushes";
    case Http2Setting::MaxConcurrentStreams: return "streams that may be open towards it at a time";
    case Http2Setting::InitialWindowSize: return "bytes that each stream may send to it before a WINDOW_UPDATE";
    case Http2Setting::MaxFrameSize: return "bytes of the longest payload that it takes";
    case Http2Setting::MaxHeaderListSize: return "bytes of the largest field section that it takes";
    case Http2Setting::EnableConnectProtocol:
        return value == 0 ? "it takes no extended CONNECT" : "it takes extended CONNECT: WebSocket over HTTP/2";
    case Http2Setting::NoRfc7540Priorities:
        return value == 0 ? "it may heed RFC 7540's priorities" : "it does not heed RFC 7540's priorities";
    }
    return {};
}

std::string noteOfStream(std::uint32_t stream)
{
    if (stream == 0)
        return "the connection itself";
    return stream % 2 == 1 ? "opened by the client" : "opened by the server: a push";
}

} // namespace pushscope
