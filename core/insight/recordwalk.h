#pragma once

#include "core/capture/capture.h"

#include <algorithm>
#include <cstdint>

namespace pushscope {

/// Takes the records of a growing capture that lie behind `position`, up to the published count and at most `limit` of
/// them: calls take(Seq, const Record &) with each, `position` being its place already. Returns whether there are more.
template <class Take>
bool forEachRecord(const Capture &capture, std::uint64_t &position, std::uint64_t limit, Take take)
{
    const std::uint64_t published = capture.counts().records;
    const std::uint64_t end = position + std::min(limit, published - position);
    while (position < end) {
        for (const Record &record : capture.records(Seq(position + 1), Seq(end)))
            take(Seq(++position), record);
    }
    return end < published;
}

} // namespace pushscope
