#pragma once

#include "core/base/error.h"

#include <string_view>

namespace pushscope {

/// A line on standard error, under the program's name. Any thread.
void tell(std::string_view line);
/// The same of an Error: its stable code and its words.
void tell(const Error &error);

} // namespace pushscope
