#pragma once

#include "core/base/target.h"

#include <map>
#include <string>

namespace pushscope {

/// What a new stream is called among those there are, by their names: displayName() as long as no other has it, then
/// with as much of the URL as tells them apart. The same request once more is counted.
[[nodiscard]] std::string streamName(const Target &target, const std::map<std::string, Target> &others);

} // namespace pushscope
