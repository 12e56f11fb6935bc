#pragma once

namespace pushscope {

/// What the process says at its end, the same for every subcommand. After SIGINT it is 130, after SIGTERM 143:
/// afterSignal().
enum class ExitCode : int {
    Done = 0,
    StreamFailed = 1, ///< also: a check of severity error failed
    WrongUsage = 2,
    SystemRefused = 3 ///< port in use, file not writable, disk full
};

[[nodiscard]] constexpr int number(ExitCode code)
{
    return static_cast<int>(code);
}
/// As a shell reports a process that a signal ended.
[[nodiscard]] constexpr int afterSignal(int signal)
{
    return 128 + signal;
}

} // namespace pushscope
