#pragma once

#include "core/base/bytes.h"
#include "core/base/expected.h"
#include "core/base/jsonquery.h"
#include "core/base/placederror.h"

namespace pushscope {

/// Reads a JSONPath query by the grammar of RFC 9535. Function extensions (section 2.4) are refused by their name.
[[nodiscard]] Expected<JsonQuery, PlacedError> parseJsonPath(ByteView text);

} // namespace pushscope
