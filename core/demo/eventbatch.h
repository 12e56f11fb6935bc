#pragma once

#include "core/base/bytes.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pushscope::demo {

/// How an event is wrapped for its transport.
enum class EventFraming : std::uint8_t {
    Chunk,    ///< an HTTP/1.1 chunk (RFC 9112 section 7.1)
    Identity, ///< as it is: the transport frames it, or the answer ends with its connection
    WsText,   ///< an unmasked WebSocket text frame (RFC 6455 section 5.2)
};

/// Events on their way to one reader, ready to be sent at once or one by one.
class EventBatch
{
public:
    explicit EventBatch(EventFraming framing) : m_framing(framing) {}

    void add(ByteView event);
    void clear();
    [[nodiscard]] const Bytes &bytes() const { return m_bytes; }
    /// Where each event ends in bytes().
    [[nodiscard]] const std::vector<std::size_t> &ends() const { return m_ends; }

private:
    EventFraming m_framing;
    Bytes m_bytes;
    std::vector<std::size_t> m_ends;
};

} // namespace pushscope::demo
