#pragma once

#include "core/base/bytes.h"
#include "core/base/expected.h"

#include <QString>

namespace pushscope {

/// The largest file that is taken into memory, in bytes.
inline constexpr qint64 LargestChosenFile = 64ll * 1024 * 1024;

/// All that a file holds which the user named; an error is in words. What is no regular file (a pipe, a device) might
/// never come to its end and is not read.
[[nodiscard]] Expected<Bytes, QString> contentsOfChosenFile(const QString &path);

} // namespace pushscope
