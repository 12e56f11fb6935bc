#include "tests/core/wire/http/http2caserun.h"

#include <algorithm>

namespace pushscope::test {

namespace {

constexpr ByteView lastPing = "lastping";

} // namespace

void Http2CaseRun::send(const Bytes &bytes)
{
    const std::size_t step = m_cut == 0 ? bytes.size() : m_cut;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        const Bytes piece = bytes.substr(at, step);
        m_codec.feed(piece);
        m_drain(m_codec);
    }
    m_output += m_codec.takeOutput();
}

std::vector<Http2CaseRun::Seen> Http2CaseRun::frames() const
{
    std::vector<Seen> all;
    for (std::size_t at = m_firstBytes; at + Http2FrameHeader::Size <= m_output.size();) {
        const Http2FrameHeader header = parseHttp2FrameHeader(ByteView(m_output).substr(at));
        all.push_back({header, m_output.substr(at + Http2FrameHeader::Size, header.length)});
        at += Http2FrameHeader::Size + header.length;
    }
    return all;
}

bool Http2CaseRun::hasError(Http2FrameType type, const Http2Case &rule) const
{
    const std::vector<Seen> all = frames();
    return std::any_of(all.begin(), all.end(), [&](const Seen &seen) {
        if (seen.frame.type != type || (type == Http2FrameType::RstStream && seen.frame.stream != rule.stream))
            return false;
        const Http2Payload payload = parseHttp2Payload(seen.frame, seen.payload);
        return payload.errorCode &&
               std::find(rule.codes.begin(), rule.codes.end(), *payload.errorCode) != rule.codes.end();
    });
}

bool Http2CaseRun::isKept(const Http2Case &rule)
{
    using Outcome = Http2Case::Outcome;
    const bool isOver = m_codec.failure().has_value() && m_codec.isOver();
    if (rule.outcome == Outcome::Answered || rule.outcome == Outcome::PingAnswered || rule.outcome == Outcome::Leaves)
        send(ping(lastPing));
    const std::vector<Seen> all = frames();
    const auto has = [&all](auto &&wanted) { return std::any_of(all.begin(), all.end(), wanted); };
    const bool pong = has([](const Seen &seen) {
        return seen.frame.type == Http2FrameType::Ping && seen.frame.flags == Http2Flag::Ack &&
               seen.payload == lastPing;
    });
    switch (rule.outcome) {
    case Outcome::ConnectionError: return isOver && hasError(Http2FrameType::Goaway, rule);
    case Outcome::StreamError:
        return isOver ? hasError(Http2FrameType::Goaway, rule) : hasError(Http2FrameType::RstStream, rule);
    case Outcome::Answered:
        return pong && !isOver && has([&rule](const Seen &seen) {
                   return seen.frame.stream == rule.stream && seen.frame.has(Http2Flag::EndStream) &&
                          (seen.frame.type == Http2FrameType::Data || seen.frame.type == Http2FrameType::Headers);
               });
    case Outcome::PingAnswered: return pong && !isOver;
    case Outcome::Leaves: return pong || (m_codec.isOver() && !m_codec.failure());
    case Outcome::SettingsAck:
        return all.front().frame.type == Http2FrameType::Settings && has([](const Seen &seen) {
                   return seen.frame.type == Http2FrameType::Settings && seen.frame.flags == Http2Flag::Ack;
               });
    case Outcome::DataSizes: {
        std::vector<std::size_t> sizes;
        for (const Seen &seen : all) {
            if (seen.frame.type == Http2FrameType::Data && seen.frame.stream == rule.stream)
                sizes.push_back(seen.payload.size());
        }
        return sizes == rule.sizes;
    }
    case Outcome::Over: return isOver;
    }
    return false;
}

std::string Http2CaseRun::judge(const Http2Case &rule)
{
    if (isKept(rule))
        return "kept";
    std::string text;
    for (const Seen &seen : frames()) {
        const Http2Payload payload = parseHttp2Payload(seen.frame, seen.payload);
        text.append(word(seen.frame.type)).append(" on ").append(std::to_string(seen.frame.stream));
        if (payload.errorCode)
            text += ' ' + errorText(*payload.errorCode);
        text += '\n';
    }
    if (m_codec.failure())
        text += "failure: " + m_codec.failure()->detail + '\n';
    return text;
}

} // namespace pushscope::test
