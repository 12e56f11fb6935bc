#include "core/wire/http/http2framerules.h"

namespace pushscope {

namespace {

constexpr std::uint64_t headerSize = Http2FrameHeader::Size;
constexpr std::uint32_t prioritySize = 5;
constexpr std::uint32_t identifierSize = 4;

/// What stands before a padded payload's content: the length of the padding among it.
std::uint32_t sizeBeforeContent(const Http2FrameHeader &header)
{
    const std::uint32_t padLength = header.has(Http2Flag::Padded) ? 1 : 0;
    if (header.type == Http2FrameType::Headers)
        return padLength + (header.has(Http2Flag::Priority) ? prioritySize : 0);
    return padLength + (header.type == Http2FrameType::PushPromise ? identifierSize : 0);
}

/// RFC 9113 sections 6.1 to 6.9, RFC 7838 section 4, RFC 9218 section 7.1.
bool isLengthPossible(const Http2FrameHeader &header)
{
    const std::uint32_t length = header.length;
    switch (header.type) {
    case Http2FrameType::Data:
    case Http2FrameType::Headers:
    case Http2FrameType::PushPromise: return length >= sizeBeforeContent(header);
    case Http2FrameType::Priority: return length == prioritySize;
    case Http2FrameType::RstStream:
    case Http2FrameType::WindowUpdate: return length == 4;
    case Http2FrameType::Settings: return header.has(Http2Flag::Ack) ? length == 0 : length % 6 == 0;
    case Http2FrameType::Ping: return length == 8;
    case Http2FrameType::Goaway: return length >= 8;
    case Http2FrameType::Altsvc: return length >= 2;
    case Http2FrameType::PriorityUpdate: return length >= identifierSize;
    case Http2FrameType::Continuation:
    case Http2FrameType::Origin: return true;
    }
    return true;
}

/// The same sections; RFC 8336 section 2.1. A client has no stream that it could promise another on (section 8.4), a
/// server none whose priority it could change.
bool isStreamPossible(const Http2FrameHeader &header, Role sender)
{
    switch (header.type) {
    case Http2FrameType::Data:
    case Http2FrameType::Headers:
    case Http2FrameType::Priority:
    case Http2FrameType::RstStream:
    case Http2FrameType::Continuation: return header.stream != 0;
    case Http2FrameType::PushPromise: return header.stream != 0 && sender == Role::Server;
    case Http2FrameType::Settings:
    case Http2FrameType::Ping:
    case Http2FrameType::Goaway:
    case Http2FrameType::Origin: return header.stream == 0;
    case Http2FrameType::PriorityUpdate: return header.stream == 0 && sender == Role::Client;
    case Http2FrameType::WindowUpdate:
    case Http2FrameType::Altsvc: return true;
    }
    return true;
}

/// RFC 9113 section 6.5.2, RFC 8441 section 3, RFC 9218 section 2.1.
bool isValuePossible(const Http2SettingValue &setting, Role sender)
{
    switch (setting.setting) {
    case Http2Setting::EnablePush: return setting.value <= (sender == Role::Client ? 1 : 0);
    case Http2Setting::InitialWindowSize: return setting.value <= 0x7fffffff;
    case Http2Setting::MaxFrameSize: return setting.value >= 0x4000 && setting.value <= 0xffffff;
    case Http2Setting::EnableConnectProtocol:
    case Http2Setting::NoRfc7540Priorities: return setting.value <= 1;
    case Http2Setting::HeaderTableSize:
    case Http2Setting::MaxConcurrentStreams:
    case Http2Setting::MaxHeaderListSize: return true;
    }
    return true;
}

/// Says each rule once for a frame: who breaks it in one setting may break it in thousands.
void inspectSettings(const std::vector<Http2SettingValue> &settings, Role sender, std::uint64_t at,
                     std::vector<Finding> &findings)
{
    bool unknownTold = false;
    bool valueTold = false;
    for (const Http2SettingValue &setting : settings) {
        if (!unknownTold && word(setting.setting).empty()) {
            unknownTold = true;
            findings.push_back({Rule::Http2UnknownSetting, at, 2, static_cast<std::int64_t>(setting.setting)});
        }
        if (!valueTold && !isValuePossible(setting, sender)) {
            valueTold = true;
            findings.push_back({Rule::Http2SettingValue, at, 6, setting.value});
        }
        at += 6;
    }
}

} // namespace

void inspectHttp2Header(const Http2FrameHeader &header, Role sender, std::uint64_t begin,
                        std::vector<Finding> &findings)
{
    if (!isLengthPossible(header))
        findings.push_back({Rule::Http2FrameLength, begin, 3, header.length});
    if (word(header.type).empty())
        findings.push_back({Rule::Http2UnknownFrame, begin + 3, 1, static_cast<std::uint8_t>(header.type)});
    if (header.reserved)
        findings.push_back({Rule::Http2ReservedBit, begin + 5, 1});
    if (!isStreamPossible(header, sender))
        findings.push_back({Rule::Http2WrongStream, begin + 5, 4});
}

void inspectHttp2Payload(const Http2FrameHeader &header, const Http2Payload &payload, Role sender, std::uint64_t begin,
                         std::vector<Finding> &findings)
{
    const std::uint64_t content = begin + headerSize;
    if (payload.padLength && isPaddingTooLong(header, *payload.padLength))
        findings.push_back(paddingTooLong(begin, *payload.padLength));
    if (payload.priority && payload.priority->dependency == header.stream && header.stream != 0) {
        const std::uint32_t at = payload.padLength ? 1 : 0;
        findings.push_back({Rule::Http2SelfDependency, content + at, identifierSize});
    }
    inspectSettings(payload.settings, sender, content, findings);
    if (payload.increment == 0u)
        findings.push_back({Rule::Http2IncrementZero, content, identifierSize});
    if (payload.promisedStream == 0u)
        findings.push_back({Rule::Http2WrongStream, content + (payload.padLength ? 1 : 0), identifierSize});
    if (payload.prioritizedStream == 0u)
        findings.push_back({Rule::Http2WrongStream, content, identifierSize});
}

bool isPaddingTooLong(const Http2FrameHeader &header, std::uint8_t padLength)
{
    const std::uint32_t before = sizeBeforeContent(header);
    return header.length >= before && padLength > header.length - before;
}

Finding paddingTooLong(std::uint64_t begin, std::uint8_t padLength)
{
    return {Rule::Http2PaddingTooLong, begin + headerSize, 1, padLength};
}

} // namespace pushscope
