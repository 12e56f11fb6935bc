#pragma once

namespace pushscope {

struct CommandLine;

/// `pushscope record`: needs a QCoreApplication and no display. Returns the exit code.
[[nodiscard]] int runRecord(const CommandLine &commandLine);

} // namespace pushscope
