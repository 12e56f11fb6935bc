#pragma once

#include "app/options/commandline.h"

#include <array>
#include <string_view>

namespace pushscope {

/// How a subcommand is called and what it does, for help and manual.
struct Synopsis
{
    Subcommand subcommand;
    std::string_view usage;
    std::string_view purpose;
    bool isAvailable;
};

inline constexpr std::array<Synopsis, 6> Synopses = {{
    {Subcommand::Window, "pushscope [--demo] [URL ...]",
     "Opens the window; each URL becomes a connected session. --demo starts the demo server and connects to its feed.",
     true},
    {Subcommand::Record, "pushscope record [options] URL",
     "Captures a stream without a window and writes it as JSON lines. Ends when the stream does, after --for or "
     "--count, or on SIGINT.",
     true},
    {Subcommand::Check, "pushscope check [options] URL",
     "Runs the Checkup against a stream. Not yet available in this version.", false},
    {Subcommand::Demo, "pushscope demo [options]",
     "Runs the demo server until interrupted. Prints one JSON line with its addresses when it listens.", true},
    {Subcommand::Compare, "pushscope compare [options] [URL ...]",
     "Carries the same workload over several transports. Not yet available in this version.", false},
    {Subcommand::Convert, "pushscope convert IN OUT",
     "Converts a capture between formats. Not yet available in this version.", false},
}};

inline constexpr std::array<std::string_view, 5> ExitStatus = {
    "0: done.",
    "1: the stream failed, or never opened; of several streams one is enough.",
    "2: wrong usage.",
    "3: the operating system refused something, such as a port in use or a file that is not writable.",
    "130 after SIGINT and 143 after SIGTERM, once everything captured was written.",
};

} // namespace pushscope
