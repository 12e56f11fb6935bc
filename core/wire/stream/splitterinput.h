#pragma once

#include "core/base/bytes.h"

#include <cstddef>
#include <cstdint>

namespace pushscope {

/// What a splitter was fed last, and how far into the stream it has come.
class SplitterInput
{
public:
    /// The bytes stay valid until they are used up.
    void feed(ByteView bytes)
    {
        m_base += m_bytes.size();
        m_bytes = bytes;
        m_at = 0;
    }
    void advance(std::size_t length) { m_at += length; }
    [[nodiscard]] ByteView rest() const { return m_bytes.substr(m_at); }
    [[nodiscard]] bool isUsedUp() const { return m_at == m_bytes.size(); }
    [[nodiscard]] std::uint64_t position() const { return m_base + m_at; }

private:
    ByteView m_bytes;
    std::size_t m_at = 0;
    std::uint64_t m_base = 0; ///< the stream's offset of the first byte
};

} // namespace pushscope
