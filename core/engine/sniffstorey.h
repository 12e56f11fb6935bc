#pragma once

#include "core/base/clock.h"
#include "core/wire/sse/ssesniffer.h"

#include <cstddef>
#include <vector>

namespace pushscope {

/// The storey of a body of another type that may be an event stream all the same: keeps its beginning, no more than
/// the sniffer wants to see and the read that this ends in, until that is known.
class SniffStorey
{
public:
    /// What came at one time, up to where its sender's unit ended or the next bytes came.
    struct Piece
    {
        std::size_t size;
        Stamp at;
        bool isWhole = false;
    };

    /// Body bytes that the trail has already.
    SseSniff feed(ByteView bytes, Stamp at)
    {
        m_beginning += bytes;
        m_pieces.push_back({bytes.size(), at});
        return m_sniffer.feed(bytes);
    }
    void endPiece()
    {
        if (!m_pieces.empty())
            m_pieces.back().isWhole = true;
    }
    /// Something came, and it may all be an event stream's.
    [[nodiscard]] bool isUndecided() const { return !m_pieces.empty() && m_sniffer.verdict() == SseSniff::Undecided; }

    // What was fed, for the storey that takes over.
    [[nodiscard]] ByteView beginning() const { return m_beginning; }
    [[nodiscard]] const std::vector<Piece> &pieces() const { return m_pieces; }

private:
    SseSniffer m_sniffer;
    Bytes m_beginning;
    std::vector<Piece> m_pieces;
};

} // namespace pushscope
