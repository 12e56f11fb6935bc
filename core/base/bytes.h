#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pushscope {

/// Bytes of unknown encoding that somebody else owns; never NUL-terminated. How long they live is said where they are
/// handed out.
using ByteView = std::string_view;

/// Bytes of unknown encoding, owned.
using Bytes = std::string;

/// A half-open range of a byte stream, counted from the stream's first byte.
struct ByteRange
{
    std::uint64_t begin = 0;
    std::uint64_t end = 0;

    [[nodiscard]] constexpr std::uint64_t size() const noexcept { return end - begin; }
    [[nodiscard]] constexpr bool isEmpty() const noexcept { return begin == end; }
    friend constexpr bool operator==(const ByteRange &, const ByteRange &) = default;
};

} // namespace pushscope
