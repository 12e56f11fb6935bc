#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/wire/http/hpack.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pushscope {

class Capture;

/// A record explained as fields with the bytes that they stand for (ranges in the record's origin). For ws.frame: fin,
/// rsv1..3, opcode, mask, payload length, extended length, masking key, payload; bit fields name their bits.
struct Field
{
    std::string name{}; ///< the standard's term
    std::string value{};
    ByteRange range{}; ///< in the origin; empty: no bytes of its own
    int firstBit = -1; ///< bit table: from the frame's first bit; -1: not a bit field
    int bitCount = 0;
    std::string note{}; ///< one English sentence, may be empty
    std::vector<Field> children{};
    std::optional<HpackCoding> coding{}; ///< of a field that HPACK coded; the note says it in words
};
[[nodiscard]] std::vector<Field> fieldsOf(const Capture &capture, Seq seq);

} // namespace pushscope
