#include "ui/models/http2settings.h"

#include "ui/models/connectionindex.h"

#include <algorithm>
#include <deque>

namespace pushscope {

namespace {

/// Settings in one frame that are looked at: a hostile one has thousands.
constexpr std::uint64_t FrameLimit = 4096;

/// RFC 9113 section 6.5.2, RFC 8441 section 3, RFC 9218 section 2.1.
std::vector<Http2SettingLine> initialSettings()
{
    return {{Http2Setting::HeaderTableSize, 4096, {}, false},
            {Http2Setting::EnablePush, 1, {}, false},
            {Http2Setting::MaxConcurrentStreams, std::nullopt, {}, false},
            {Http2Setting::InitialWindowSize, 65'535, {}, false},
            {Http2Setting::MaxFrameSize, 16'384, {}, false},
            {Http2Setting::MaxHeaderListSize, std::nullopt, {}, false},
            {Http2Setting::EnableConnectProtocol, 0, {}, false},
            {Http2Setting::NoRfc7540Priorities, 0, {}, false}};
}

void announce(std::vector<Http2SettingLine> &lines, const Http2SettingValue &setting, Seq frame)
{
    auto line = std::find_if(lines.begin(), lines.end(),
                             [&](const Http2SettingLine &other) { return other.setting == setting.setting; });
    if (line == lines.end())
        line = lines.insert(line, Http2SettingLine{setting.setting, {}, {}, false});
    *line = {setting.setting, setting.value, frame, false};
}

} // namespace

std::vector<Http2SettingLine> http2SettingsOf(const Capture &capture, const ConnectionSummary &connection,
                                              Direction direction)
{
    std::vector<Http2SettingLine> lines = initialSettings();
    std::deque<Seq> unanswered;
    for (const Seq seq : connection.records) {
        if (capture.record(seq).kind != RecordKind::H2Settings)
            continue;
        const auto frame = http2FrameOf(capture, seq, FrameLimit);
        const bool isOwn = capture.record(seq).direction == direction;
        const bool isAck = frame && frame->header.has(Http2Flag::Ack);
        if (isOwn && frame && !isAck) {
            for (const Http2SettingValue &setting : frame->payload.settings)
                announce(lines, setting, seq);
            unanswered.push_back(seq);
        } else if (!isOwn && isAck && !unanswered.empty()) {
            // Frames are acknowledged in their order (RFC 9113 section 6.5.3).
            for (Http2SettingLine &line : lines)
                line.isAcknowledged |= line.announcedIn == unanswered.front();
            unanswered.pop_front();
        }
    }
    return lines;
}

} // namespace pushscope
