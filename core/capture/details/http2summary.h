#pragma once

#include "core/base/ids.h"
#include "core/capture/details/summary.h"

#include <cstddef>

namespace pushscope {

/// One line for an h2.* record: "HEADERS stream 5 · END_HEADERS · 12 fields", "WINDOW_UPDATE +65,536".
[[nodiscard]] Summary summaryOfHttp2Frame(const Capture &capture, Seq frame, std::size_t previewBytes);

} // namespace pushscope
