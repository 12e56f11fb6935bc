#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/base/target.h"
#include "core/capture/record.h"
#include "core/demo/demoserver.h"

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pushscope {

enum class Subcommand : std::uint8_t { Window, Record, Check, Demo, Compare, Convert };

/// "record", ...; "" for the window
[[nodiscard]] std::string_view word(Subcommand subcommand);

using LayerSet = std::bitset<8>; ///< by Layer

/// One thing to send over a WebSocket.
struct Sending
{
    enum class Kind : std::uint8_t { Text, Binary, Ping };
    Kind kind = Kind::Text;
    Bytes payload;
    friend bool operator==(const Sending &, const Sending &) = default;
};

struct RecordOptions
{
    enum class Output : std::uint8_t { StandardOutput, File, None };
    Output output = Output::StandardOutput;
    std::string file;
    LayerSet layers = LayerSet().set().reset(static_cast<std::size_t>(Layer::Reads)); ///< which are written
    std::optional<Milliseconds> duration;
    std::optional<std::uint64_t> count; ///< of the messages layer
    std::vector<Sending> sendings;
    bool sendStandardInput = false;
    std::optional<Milliseconds> every; ///< repeats the sendings
    std::uint32_t streams = 1;
    bool statistics = false;
};

struct WindowOptions
{
    bool demo = false;
    std::vector<Target> targets;
};

/// What was asked for, checked and complete.
struct CommandLine
{
    enum class Task : std::uint8_t { Run, Help, Version };
    Task task = Task::Run;
    Subcommand subcommand = Subcommand::Window;
    Target target; ///< record, check
    RecordOptions record;
    DemoOptions demo;
    WindowOptions window;
    std::vector<std::string> notes; ///< what is not done as asked, a line each: for standard error
};

/// Reads the arguments behind the program's name. An Error's detail is one line that names the option; FileUnreadable
/// or FileUnwritable when the system refuses a file that an option names, NotSupported for what a later version brings,
/// UsageInvalid or UrlInvalid otherwise.
[[nodiscard]] Expected<CommandLine, Error> parseCommandLine(const std::vector<std::string_view> &arguments);

} // namespace pushscope
