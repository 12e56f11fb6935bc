#pragma once

#include "core/base/bytes.h"
#include "core/capture/details/fieldtree.h"
#include "core/capture/details/summary.h"
#include "core/capture/record.h"

#include <vector>

namespace pushscope {

// Connection records that are made of facts (see facts.h), in words.

/// One line for a table row.
[[nodiscard]] Summary summaryOfFacts(RecordKind kind, ByteView cbor);
/// A list of names and values; what is empty is left out.
[[nodiscard]] std::vector<Field> fieldsOfFacts(RecordKind kind, ByteView cbor);

} // namespace pushscope
