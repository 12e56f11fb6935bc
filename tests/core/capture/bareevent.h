#pragma once

#include "core/capture/record.h"

#include <cstddef>
#include <cstdint>

namespace pushscope::test {

/// An event of so many bytes of the byte log, and nothing else about it.
inline Record eventAt(std::uint64_t origin, std::size_t length)
{
    Record record;
    record.kind = RecordKind::SseEvent;
    record.origin = origin;
    record.originLength = static_cast<std::uint32_t>(length);
    return record;
}

} // namespace pushscope::test
