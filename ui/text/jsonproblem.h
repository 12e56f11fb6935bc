#pragma once

#include "core/base/bytes.h"

#include <QString>

#include <optional>

namespace pushscope {

/// What is wrong with a text that should be JSON, in words, and where, in characters; -1: at its end.
struct JsonProblem
{
    QString words;
    qsizetype place = -1;
};
/// Nothing when it is JSON.
[[nodiscard]] std::optional<JsonProblem> jsonProblem(ByteView utf8);

} // namespace pushscope
