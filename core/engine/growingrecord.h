#pragma once

#include "core/base/ids.h"
#include "core/capture/trail.h"

#include <algorithm>
#include <cstdint>

namespace pushscope {

/// A record appended when its header was complete, whose bytes may still be coming: a chunk, a frame. One at a time in
/// each direction.
class GrowingRecord
{
public:
    /// The record stands for the stream up to `end`; the trail had it up to trail.end() when it was appended.
    void begin(Seq record, std::uint64_t end, const Trail &trail)
    {
        m_record = record;
        m_end = end;
        m_located = trail.end();
    }
    /// The trail got longer.
    void grow(const Trail &trail, CaptureWriter &writer)
    {
        if (m_located >= m_end || trail.end() <= m_located)
            return;
        const std::uint64_t upTo = std::min(m_end, trail.end());
        trail.grow(m_record, {m_located, upTo}, writer);
        m_located = upTo;
    }

private:
    Seq m_record;
    std::uint64_t m_end = 0;
    std::uint64_t m_located = 0;
};

} // namespace pushscope
