#include "core/capture/details/http2summary.h"

#include "core/capture/capture.h"
#include "core/capture/details/http2details.h"
#include "core/capture/details/http2words.h"
#include "core/capture/details/words.h"

#include <algorithm>

namespace pushscope {

namespace {

/// What of a frame is parsed for a row: all but the longest debug data and the data itself.
constexpr std::uint64_t ParsedForARow = 4096;
/// Settings that a row shows.
constexpr std::size_t SettingsInARow = 8;

/// Parts with dots between them, behind the type and its stream.
class Line
{
public:
    explicit Line(const Http2FrameHeader &header) : m_text(typeText(header.type))
    {
        if (header.stream != 0)
            add("stream " + std::to_string(header.stream));
    }
    void add(std::string_view part)
    {
        if (part.empty())
            return;
        m_text.append(m_isFirst ? " " : " \u00B7 ").append(part);
        m_isFirst = false;
    }
    [[nodiscard]] std::string done() { return std::move(m_text); }

private:
    std::string m_text;
    bool m_isFirst = true;
};

std::string settingsText(const std::vector<Http2SettingValue> &settings)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(settings.size(), SettingsInARow); ++i) {
        text += text.empty() ? "" : " ";
        text += settingText(settings[i].setting) + "=" + std::to_string(settings[i].value);
    }
    return settings.size() > SettingsInARow ? text + " \u2026" : text;
}

std::string fieldCount(const Capture &capture, Seq frame)
{
    if (capture.record(frame).derivedLength == 0)
        return {};
    Bytes scratch;
    const auto block = decodeFacts<FieldBlockFacts>(capture.derivedView(frame, scratch));
    const std::uint64_t count = block.fields.size() + block.leftOut;
    return grouped(count) + (count == 1 ? " field" : " fields");
}

std::string roundTrip(const Capture &capture, Seq frame)
{
    Bytes scratch;
    const auto rttMs = decodeFacts<PingFacts>(capture.derivedView(frame, scratch)).rttMs;
    return rttMs ? milliseconds(*rttMs) : std::string();
}

void addPayload(Line &line, const Capture &capture, Seq seq, const Http2FrameDetails &frame, std::string_view content)
{
    const Http2Payload &payload = frame.payload;
    switch (frame.header.type) {
    case Http2FrameType::Data:
        line.add(byteCount(frame.dataBytes()));
        if (payload.padLength.value_or(0) > 0)
            line.add(byteCount(*payload.padLength) + " of padding");
        return;
    case Http2FrameType::PushPromise:
        if (payload.promisedStream)
            line.add("promises stream " + std::to_string(*payload.promisedStream));
        [[fallthrough]];
    case Http2FrameType::Headers:
    case Http2FrameType::Continuation: line.add(fieldCount(capture, seq)); return;
    case Http2FrameType::Priority:
        if (payload.priority)
            line.add("weight " + std::to_string(payload.priority->weight) + " below stream " +
                     std::to_string(payload.priority->dependency));
        return;
    case Http2FrameType::Settings: line.add(settingsText(payload.settings)); return;
    case Http2FrameType::Ping: line.add(roundTrip(capture, seq)); return;
    case Http2FrameType::Goaway:
        if (payload.lastStream)
            line.add("last stream " + std::to_string(*payload.lastStream));
        [[fallthrough]];
    case Http2FrameType::RstStream:
        if (payload.errorCode)
            line.add(errorText(*payload.errorCode));
        line.add(content);
        return;
    case Http2FrameType::WindowUpdate:
        if (payload.increment)
            line.add("+" + grouped(*payload.increment));
        return;
    case Http2FrameType::PriorityUpdate:
        if (payload.prioritizedStream)
            line.add("of stream " + std::to_string(*payload.prioritizedStream));
        [[fallthrough]];
    case Http2FrameType::Altsvc: line.add(content); return;
    case Http2FrameType::Origin: return;
    }
    line.add(byteCount(frame.header.length));
}

} // namespace

Summary summaryOfHttp2Frame(const Capture &capture, Seq seq, std::size_t previewBytes)
{
    Bytes scratch;
    const ByteView origin = capture.originView(seq, scratch, ParsedForARow);
    const auto frame = http2FrameIn(origin);
    if (!frame)
        return {};
    Line line(frame->header);
    if (frame->header.flags != 0)
        line.add(flagsText(frame->header));
    const ByteRange &content = frame->payload.content;
    addPayload(line, capture, seq, *frame,
               previewOf(origin.substr(Http2FrameHeader::Size + content.begin, content.size()), previewBytes, false));
    return {.type = typeText(frame->header.type), .size = frame->header.length, .preview = line.done()};
}

} // namespace pushscope
