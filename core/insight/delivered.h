#pragma once

#include "core/capture/record.h"

namespace pushscope {

/// Whether a record is something that an application is given, as against what keeps a stream alive or what we send.
[[nodiscard]] constexpr bool isDelivered(const Record &record) noexcept
{
    const RecordKind kind = record.kind;
    return record.direction == Direction::In && !record.has(RecordFlag::Companion) &&
           (kind == RecordKind::SseEvent || kind == RecordKind::StreamLine || kind == RecordKind::StreamChunk ||
            kind == RecordKind::StreamPart || kind == RecordKind::WsText || kind == RecordKind::WsBinary);
}

} // namespace pushscope
