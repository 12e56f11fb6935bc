#include "core/wire/http/http2guard.h"

#include <algorithm>

namespace pushscope {

void Http2Guard::inputBegins()
{
    m_patience = std::min(m_patience + PatienceOfInput, MostPatience);
}

bool Http2Guard::bringsNothing(const Http2FrameHeader &frame, const Http2Stream *stream) const
{
    switch (frame.type) {
    case Http2FrameType::Data: return frame.length == 0 && !frame.has(Http2Flag::EndStream);
    // A request that is taken back before it was answered costs work and is paid for with none. A server refuses as
    // many as it was asked for.
    case Http2FrameType::RstStream: return stream == nullptr || (m_role == Role::Server && !stream->isAnswered);
    case Http2FrameType::Settings:
    case Http2FrameType::Ping: return !frame.has(Http2Flag::Ack);
    case Http2FrameType::Priority:
    case Http2FrameType::PriorityUpdate:
    case Http2FrameType::Goaway: return true;
    case Http2FrameType::Headers:
    case Http2FrameType::PushPromise:
    case Http2FrameType::WindowUpdate:
    case Http2FrameType::Continuation:
    case Http2FrameType::Altsvc:
    case Http2FrameType::Origin: break;
    }
    return false;
}

std::optional<Http2Guard::Violation> Http2Guard::check(const Http2FrameHeader &frame, const Http2Stream *stream)
{
    if (bringsNothing(frame, stream))
        --m_patience;
    if (m_patience < 0)
        return Violation{Http2ErrorCode::EnhanceYourCalm,
                         "too many frames came that bring nothing, or that take back what was asked for (RFC 9113 "
                         "section 10.5)"};
    const bool isOfMessage = frame.type == Http2FrameType::Data || frame.type == Http2FrameType::Headers;
    if (stream != nullptr || !isOfMessage)
        return std::nullopt;
    return onClosedStream(frame);
}

std::optional<Http2Guard::Violation> Http2Guard::onClosedStream(const Http2FrameHeader &frame)
{
    const auto found = std::find_if(m_closed.begin(), m_closed.end(),
                                    [&frame](const ClosedStream &closed) { return closed.id == frame.stream; });
    if (found == m_closed.end()) {
        const bool isPassedOver = m_role == Role::Server && frame.type == Http2FrameType::Headers &&
                                  frame.stream % 2 == 1 && frame.stream < m_highest && frame.stream > m_forgotten;
        if (isPassedOver)
            return Violation{Http2ErrorCode::ProtocolError,
                             "HEADERS opened a stream below the last one (RFC 9113 section 5.1.1)"};
        return std::nullopt;
    }
    switch (found->how) {
    case Closed::Ended:
        return Violation{Http2ErrorCode::StreamClosed,
                         "a frame came on a stream behind its END_STREAM (RFC 9113 section 5.1)"};
    case Closed::ResetByPeer:
        found->how = Closed::ResetByUs; // told once
        return Violation{Http2ErrorCode::StreamClosed,
                         "a frame came on a stream behind its RST_STREAM (RFC 9113 section 5.1)", true};
    case Closed::ResetByUs: break;
    }
    return std::nullopt;
}

void Http2Guard::opened(std::uint32_t stream)
{
    m_highest = std::max(m_highest, stream);
}

void Http2Guard::closed(std::uint32_t stream, Closed how)
{
    if (m_closed.size() == MostRemembered) {
        m_forgotten = std::max(m_forgotten, m_closed.front().id);
        m_closed.pop_front();
    }
    m_closed.push_back({stream, how});
}

} // namespace pushscope
