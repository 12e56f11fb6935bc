#include "tests/support/http2casejudge.h"

#include <algorithm>

namespace pushscope::test {

void Http2CaseJudge::read(ByteView bytes)
{
    m_rest += bytes;
    if (!m_isBegun && Http2Preface.starts_with(m_rest.substr(0, Http2Preface.size()))) {
        if (m_rest.size() < Http2Preface.size())
            return;
        m_rest.erase(0, Http2Preface.size());
    }
    m_isBegun = m_isBegun || !m_rest.empty();
    std::size_t at = 0;
    while (at + Http2FrameHeader::Size <= m_rest.size()) {
        const Http2FrameHeader header = parseHttp2FrameHeader(ByteView(m_rest).substr(at));
        if (m_rest.size() - at < Http2FrameHeader::Size + header.length)
            break;
        m_seen.push_back({header, m_rest.substr(at + Http2FrameHeader::Size, header.length)});
        at += Http2FrameHeader::Size + header.length;
    }
    m_rest.erase(0, at);
}

bool Http2CaseJudge::isPingAnswered(ByteView opaque) const
{
    return std::any_of(m_seen.begin(), m_seen.end(), [opaque](const Seen &seen) {
        return seen.frame.type == Http2FrameType::Ping && seen.frame.flags == Http2Flag::Ack && seen.payload == opaque;
    });
}

bool Http2CaseJudge::hasHeaders() const
{
    return std::any_of(m_seen.begin(), m_seen.end(),
                       [](const Seen &seen) { return seen.frame.type == Http2FrameType::Headers; });
}

bool Http2CaseJudge::needsLastPing() const
{
    switch (m_rule.outcome) {
    case Http2Case::Outcome::Answered:
    case Http2Case::Outcome::PingAnswered:
    case Http2Case::Outcome::Leaves:
    case Http2Case::Outcome::DataSizes: return true;
    case Http2Case::Outcome::ConnectionError:
    case Http2Case::Outcome::StreamError:
    case Http2Case::Outcome::SettingsAck:
    case Http2Case::Outcome::Over: return false;
    }
    return false;
}

bool Http2CaseJudge::hasError(Http2FrameType type) const
{
    return std::any_of(m_seen.begin(), m_seen.end(), [&](const Seen &seen) {
        if (seen.frame.type != type || (type == Http2FrameType::RstStream && seen.frame.stream != m_rule.stream))
            return false;
        const Http2Payload payload = parseHttp2Payload(seen.frame, seen.payload);
        return payload.errorCode &&
               std::find(m_rule.codes.begin(), m_rule.codes.end(), *payload.errorCode) != m_rule.codes.end();
    });
}

bool Http2CaseJudge::leftWithoutError() const
{
    return m_isOver && std::none_of(m_seen.begin(), m_seen.end(), [](const Seen &seen) {
               return seen.frame.type == Http2FrameType::Goaway &&
                      parseHttp2Payload(seen.frame, seen.payload).errorCode != Http2ErrorCode::NoError;
           });
}

bool Http2CaseJudge::isAnswered() const
{
    return std::any_of(m_seen.begin(), m_seen.end(), [this](const Seen &seen) {
        return seen.frame.stream == m_rule.stream && seen.frame.has(Http2Flag::EndStream) &&
               (seen.frame.type == Http2FrameType::Data || seen.frame.type == Http2FrameType::Headers);
    });
}

bool Http2CaseJudge::areSettingsAcknowledged() const
{
    return !m_seen.empty() && m_seen.front().frame.type == Http2FrameType::Settings &&
           std::any_of(m_seen.begin(), m_seen.end(), [](const Seen &seen) {
               return seen.frame.type == Http2FrameType::Settings && seen.frame.flags == Http2Flag::Ack;
           });
}

std::vector<std::size_t> Http2CaseJudge::dataSizes() const
{
    std::vector<std::size_t> sizes;
    for (const Seen &seen : m_seen) {
        if (seen.frame.type == Http2FrameType::Data && seen.frame.stream == m_rule.stream)
            sizes.push_back(seen.payload.size());
    }
    return sizes;
}

bool Http2CaseJudge::isKept() const
{
    switch (m_rule.outcome) {
    case Http2Case::Outcome::ConnectionError: return m_isOver && hasError(Http2FrameType::Goaway);
    case Http2Case::Outcome::StreamError:
        return hasError(Http2FrameType::RstStream) || (m_isOver && hasError(Http2FrameType::Goaway));
    case Http2Case::Outcome::Answered: return isPingAnswered(LastPing) && !m_isOver && isAnswered();
    case Http2Case::Outcome::PingAnswered: return isPingAnswered(LastPing) && !m_isOver;
    case Http2Case::Outcome::Leaves: return isPingAnswered(LastPing) || leftWithoutError();
    case Http2Case::Outcome::SettingsAck: return areSettingsAcknowledged();
    case Http2Case::Outcome::DataSizes: return dataSizes() == m_rule.sizes;
    case Http2Case::Outcome::Over: return m_isOver;
    }
    return false;
}

std::string Http2CaseJudge::verdict() const
{
    if (isKept())
        return "kept";
    std::string text;
    for (const Seen &seen : m_seen) {
        const Http2Payload payload = parseHttp2Payload(seen.frame, seen.payload);
        text.append(word(seen.frame.type)).append(" on ").append(std::to_string(seen.frame.stream));
        if (payload.errorCode)
            text += ' ' + errorText(*payload.errorCode);
        text += '\n';
    }
    return text + (m_isOver ? "over\n" : "not over\n");
}

} // namespace pushscope::test
