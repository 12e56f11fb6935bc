#pragma once

#include "core/wire/sse/ssesniffer.h"

#include <utility>

namespace pushscope {

/// The storey of a body of another type that may be an event stream all the same: keeps its beginning, no more than
/// the sniffer wants to see and the read that this ends in, until that is known.
class SniffStorey
{
public:
    /// Body bytes that the trail has already.
    SseSniff feed(ByteView bytes)
    {
        m_beginning += bytes;
        return m_sniffer.feed(bytes);
    }
    /// Something came, and it may all be an event stream's.
    [[nodiscard]] bool isUndecided() const
    {
        return !m_beginning.empty() && m_sniffer.verdict() == SseSniff::Undecided;
    }
    /// What was fed, for the storey that takes over.
    [[nodiscard]] Bytes takeBeginning() { return std::move(m_beginning); }

private:
    SseSniffer m_sniffer;
    Bytes m_beginning;
};

} // namespace pushscope
