#pragma once

#include "core/base/finding.h"
#include "core/wire/stream/splitterinput.h"
#include "core/wire/stream/streamunit.h"

#include <cstdint>
#include <span>

namespace pushscope {

/// A stream whose units nothing tells apart: each input is one. As LineSplitter otherwise.
class PieceSplitter
{
public:
    void feed(ByteView input) { m_input.feed(input); }
    void finish(bool) {}
    bool next(StreamUnit &unit)
    {
        const std::uint64_t begin = m_input.position();
        m_input.advance(m_input.rest().size());
        unit = {StreamUnit::Kind::Chunk, false, {begin, m_input.position()}};
        return !unit.range.isEmpty();
    }
    [[nodiscard]] std::span<const Finding> findings() const { return {}; }
    [[nodiscard]] std::uint64_t oldestNeeded() const { return m_input.position(); }
    [[nodiscard]] std::uint64_t pendingBytes() const { return 0; }
    [[nodiscard]] bool mayEndHere() const { return true; }

private:
    SplitterInput m_input;
};

} // namespace pushscope
