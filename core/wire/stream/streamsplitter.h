#pragma once

#include "core/wire/stream/jsonsequencesplitter.h"
#include "core/wire/stream/linesplitter.h"
#include "core/wire/stream/multipartsplitter.h"
#include "core/wire/stream/piecesplitter.h"

#include <variant>

namespace pushscope {

/// How a streamed body that is no event stream falls into units.
using StreamSplitter = std::variant<PieceSplitter, LineSplitter, JsonSequenceSplitter, MultipartSplitter>;

} // namespace pushscope
