#pragma once

namespace pushscope {

/// Whoever started us may have closed a standard descriptor. A socket that took its number would get what we print, so
/// /dev/null takes it, read-only: writing there fails. Call it before anything else opens a descriptor.
void occupyClosedStandardDescriptors();

} // namespace pushscope
