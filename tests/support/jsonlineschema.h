#pragma once

#include <QByteArray>
#include <QString>

namespace pushscope::test {

/// Checks lines of `pushscope record` against tests/fixtures/jsonlines.schema.json: every line that any test produces
/// goes through here. Link tests/support/jsonlineschema.cpp.

/// What is wrong with one line (without its ending) and where; empty when nothing is.
[[nodiscard]] QString jsonLineError(const QByteArray &line);
/// The same for a whole output: every line ended by LF, `seq` strictly increasing.
[[nodiscard]] QString jsonLinesError(const QByteArray &lines);

} // namespace pushscope::test
