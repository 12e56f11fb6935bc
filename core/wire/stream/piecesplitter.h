#pragma once

#include "core/base/finding.h"
#include "core/wire/stream/splitterinput.h"
#include "core/wire/stream/streamunit.h"

#include <cstdint>
#include <span>
#include <utility>

namespace pushscope {

/// A stream whose units nothing in it tells apart: each is what came up to an endPiece() (a chunk, a frame, a read), or
/// Limit bytes of it. As LineSplitter otherwise; holds no payload.
class PieceSplitter
{
public:
    static constexpr std::uint64_t Limit = 1024 * 1024;

    void feed(ByteView input)
    {
        m_input.feed(input);
        m_input.advance(input.size());
    }
    /// The sender's unit ends behind what was fed.
    void endPiece() { m_isEnded = true; }
    void finish(bool cut)
    {
        m_isEnded = true;
        m_isCut = cut;
    }
    bool next(StreamUnit &unit)
    {
        const bool isDue = std::exchange(m_isEnded, false) || pendingBytes() >= Limit;
        if (!isDue || pendingBytes() == 0)
            return false;
        unit = {StreamUnit::Kind::Chunk, m_isCut, {std::exchange(m_begin, m_input.position()), m_input.position()}};
        return true;
    }
    [[nodiscard]] std::span<const Finding> findings() const { return {}; }
    [[nodiscard]] std::uint64_t oldestNeeded() const { return m_begin; }
    [[nodiscard]] std::uint64_t pendingBytes() const { return m_input.position() - m_begin; }
    [[nodiscard]] bool mayEndHere() const { return true; }

private:
    SplitterInput m_input;
    std::uint64_t m_begin = 0; ///< of the piece
    bool m_isEnded = false;
    bool m_isCut = false;
};

} // namespace pushscope
