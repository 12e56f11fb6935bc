#pragma once

#include "core/base/bytes.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace pushscope {

/// Checks UTF-8 (RFC 3629) as it arrives, cut anywhere, and fails as early as the bytes allow.
class Utf8Validator
{
public:
    /// Returns false from the first byte on that no valid text can contain; stays false until reset().
    bool feed(ByteView bytes);
    [[nodiscard]] bool isValid() const noexcept { return m_state != refused; }
    /// Whether the text may end here: valid, and not inside a sequence.
    [[nodiscard]] bool isComplete() const noexcept { return m_state == accepted; }
    /// Bytes seen before the offending one.
    [[nodiscard]] std::uint64_t errorOffset() const noexcept { return m_seen; }
    void reset() { *this = Utf8Validator(); }

private:
    static constexpr std::uint8_t refused = 0;
    static constexpr std::uint8_t accepted = 6;
    std::uint8_t m_state = accepted; ///< see utf8.cpp
    std::uint64_t m_seen = 0;
};

[[nodiscard]] bool isUtf8(ByteView bytes);

/// The Encoding Standard's UTF-8 decode without BOM handling: bad sequences become U+FFFD, one for each maximal
/// subpart. The result is UTF-8.
[[nodiscard]] std::string utf8Lossy(ByteView bytes);

} // namespace pushscope
