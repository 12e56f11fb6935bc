#pragma once

#include "app/options/commandline.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pushscope {

/// What the options of the request say before it is put together: their order on the command line does not matter.
struct Draft
{
    CommandLine commandLine;
    std::optional<std::string> method;
    std::optional<Bytes> body;
    std::optional<std::string> authorization;
    std::string_view authorizedBy; ///< the option that gave it
    std::vector<std::string> cookies;
    std::optional<std::string> lastEventId;
    std::string origin;
    std::optional<std::string> webSocketOnly; ///< the first option that makes sense for WebSocket alone
    bool fromCurl = false;                    ///< the URL is known already
};

enum class Section : std::uint8_t {
    Request,
    WebSocketHandshake,
    Timeouts,
    Reconnection,
    Network,
    Tls,
    Recording,
    Sending,
    Demo,
    Other
};

/// The heading of a section in help and manual.
[[nodiscard]] std::string_view title(Section section);

/// One option of the command line: the parser, --help and the manual page all read it from here.
struct Option
{
    using Apply = Expected<void, Error> (*)(Draft &draft, std::string_view value);

    std::string_view name;  ///< with its dashes
    char letter = '\0';     ///< its short form, or none
    std::string_view value; ///< what stands for the value in the help, "" for a flag
    std::uint8_t subcommands = 0;
    Section section = Section::Other;
    std::string_view help;
    Apply apply = nullptr;

    [[nodiscard]] bool belongsTo(Subcommand subcommand) const;
};

/// A set of subcommands.
[[nodiscard]] constexpr std::uint8_t only(std::initializer_list<Subcommand> subcommands)
{
    unsigned set = 0;
    for (const Subcommand subcommand : subcommands)
        set |= 1u << static_cast<unsigned>(subcommand);
    return static_cast<std::uint8_t>(set);
}

/// What a later version brings.
[[nodiscard]] Expected<void, Error> notYetAvailable(Draft &draft, std::string_view value);
[[nodiscard]] Error notYetAvailable();

/// Every option of every subcommand, in the order of the help.
[[nodiscard]] std::vector<Option> optionTable();

// Its parts.
[[nodiscard]] std::vector<Option> requestOptions();
[[nodiscard]] std::vector<Option> connectionOptions();
[[nodiscard]] std::vector<Option> recordOptions();
[[nodiscard]] std::vector<Option> otherOptions();

} // namespace pushscope
