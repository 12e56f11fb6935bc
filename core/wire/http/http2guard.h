#pragma once

#include "core/wire/http/http2frame.h"
#include "core/wire/http/http2stream.h"
#include "core/wire/role.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>

namespace pushscope {

/// What nghttp2 lets pass: frames on closed streams, which it ignores, and floods of frames that bring nothing (RFC
/// 9113 section 10.5), of which it counts few. There is no clock here: a flood is many such frames in little input.
class Http2Guard
{
public:
    struct Violation
    {
        Http2ErrorCode code = Http2ErrorCode::NoError;
        std::string_view detail;
        bool isOfStream = false; ///< else the connection's
    };
    enum class Closed : std::uint8_t {
        Ended,       ///< with END_STREAM from the peer
        ResetByPeer, ///< whoever closed with RST_STREAM must not send any more
        ResetByUs    ///< the peer may not know yet, so what comes is ignored (RFC 9113 section 5.1)
    };

    explicit Http2Guard(Role role) : m_role(role) {}

    /// Another piece of input has come.
    void inputBegins();
    /// A frame's header; `stream` is nullptr when it is idle or closed.
    [[nodiscard]] std::optional<Violation> check(const Http2FrameHeader &frame, const Http2Stream *stream);
    void opened(std::uint32_t stream);
    void closed(std::uint32_t stream, Closed how);
    /// The peer had us reset a stream.
    void streamBroken() { --m_patience; }

private:
    static constexpr int MostPatience = 1000;
    static constexpr int PatienceOfInput = 10;
    static constexpr std::size_t MostRemembered = 1024;

    struct ClosedStream
    {
        std::uint32_t id = 0;
        Closed how = Closed::Ended;
    };

    [[nodiscard]] bool bringsNothing(const Http2FrameHeader &frame, const Http2Stream *stream) const;
    [[nodiscard]] std::optional<Violation> onClosedStream(const Http2FrameHeader &frame);

    Role m_role;
    int m_patience = MostPatience;
    std::deque<ClosedStream> m_closed; ///< the last ones
    std::uint32_t m_forgotten = 0;     ///< the highest that is no longer among them
    std::uint32_t m_highest = 0;       ///< the highest that the client opened
};

} // namespace pushscope
