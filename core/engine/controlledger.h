#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/capture/record.h"

#include <cstddef>
#include <deque>
#include <utility>

namespace pushscope {

/// What the control frames of a WebSocket's one direction are to those of the other: pings of ours that wait for their
/// pong (RFC 6455 section 5.5.3), and the close frame that came first (section 5.5.1).
class ControlLedger
{
public:
    static constexpr std::size_t Remembered = 1024;

    void notePing(ByteView payload, Seq record)
    {
        if (m_pings.size() == Remembered)
            m_pings.pop_front();
        m_pings.emplace_back(payload, record);
    }
    /// The ping that a pong answers, invalid when it answers none. Older pings are settled with it: a peer may answer
    /// the latest only.
    Seq takePong(ByteView payload)
    {
        for (auto ping = m_pings.begin(); ping != m_pings.end(); ++ping) {
            if (ping->first != payload)
                continue;
            const Seq record = ping->second;
            m_pings.erase(m_pings.begin(), ping + 1);
            return record;
        }
        return Seq();
    }

    /// The connection was failed: a close frame says why and answers none (RFC 6455 section 7.1.7).
    void noteFailed() { m_failed = true; }
    /// A close frame that is recorded next, as `record`: the other side's, when that came first and is answered by it.
    Seq noteClose(Direction direction, Seq record)
    {
        if (m_failed)
            return Seq();
        if (!m_firstClose.isValid()) {
            m_firstClose = record;
            m_firstCloser = direction;
        }
        if (m_firstCloser == direction)
            return Seq();
        m_closeAnswered = true;
        return m_firstClose;
    }
    /// Both sides' close frames went by.
    [[nodiscard]] bool isCloseDone() const { return m_closeAnswered; }

private:
    std::deque<std::pair<Bytes, Seq>> m_pings;
    Seq m_firstClose;
    Direction m_firstCloser = Direction::None;
    bool m_closeAnswered = false;
    bool m_failed = false;
};

} // namespace pushscope
