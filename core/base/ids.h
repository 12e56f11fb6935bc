#pragma once

#include <cstdint>
#include <functional>
#ifndef Q_MOC_RUN // moc 6.4 stumbles over the concepts that it brings in
#include <compare>
#endif

namespace pushscope {

/// A number that can't be mixed up with another kind of number. 0 means "none".
template <class Tag, class Number>
struct Id
{
    Number value = 0;

    constexpr Id() = default;
    constexpr explicit Id(Number number) : value(number) {}
    [[nodiscard]] constexpr bool isValid() const noexcept { return value != 0; }
    friend constexpr auto operator<=>(const Id &, const Id &) = default;
};

using SessionId = Id<struct SessionTag, std::uint32_t>;
using ConnectionId = Id<struct ConnectionTag, std::uint32_t>;
/// The HTTP/2 stream identifier (RFC 9113 section 5.1.1); 0 over HTTP/1.1.
using StreamId = Id<struct StreamTag, std::uint32_t>;
/// The place of a record in its capture; the first is 1.
using Seq = Id<struct SeqTag, std::uint64_t>;

} // namespace pushscope

template <class Tag, class Number>
struct std::hash<pushscope::Id<Tag, Number>>
{
    std::size_t operator()(const pushscope::Id<Tag, Number> &id) const noexcept
    {
        return std::hash<Number>()(id.value);
    }
};
