#pragma once

#include <QString>

/// Where tests find things. Compiled in one place, so that the tests themselves hold no path of a machine.
namespace pushscope::test {

/// A file of the project: "tests/fixtures/sse.json".
[[nodiscard]] QString sourcePath(const char *path);
/// The program under test.
[[nodiscard]] QString executablePath();

} // namespace pushscope::test
