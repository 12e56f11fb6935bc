#pragma once

#include "core/base/ids.h"

#include <cstdint>
#include <string>

namespace pushscope {

class Capture;

/// What a table row shows of a record beside its fixed fields. Text is UTF-8, bad bytes replaced, control characters as
/// they are (the view shows them). English and untranslated: for connection records the view words the facts itself
/// (ui/text).
struct Summary
{
    std::string type{}; ///< event type, ws opcode, method...
    std::string id{};
    std::uint64_t size = 0; ///< bytes of the payload, or of the record's origin
    std::string preview{};  ///< start of the payload, at most `previewBytes`
};
[[nodiscard]] Summary summarize(const Capture &capture, Seq seq, std::size_t previewBytes = 200);

} // namespace pushscope
