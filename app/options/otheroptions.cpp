#include "app/options/optiontable.h"
#include "app/options/optionvalues.h"

#include <limits>

namespace pushscope {

namespace {
constexpr auto Server = only({Subcommand::Demo});
constexpr auto Everywhere = only({Subcommand::Window, Subcommand::Record, Subcommand::Check, Subcommand::Demo,
                                  Subcommand::Compare, Subcommand::Convert});

Expected<void, Error> setPort(std::uint16_t &place, std::string_view value)
{
    const auto number = wholeNumber(value, 0, 65535);
    if (!number)
        return number.error();
    place = static_cast<std::uint16_t>(*number);
    return {};
}
} // namespace

std::vector<Option> otherOptions()
{
    using enum Section;
    return {
        {"--port", '\0', "N", Server, Demo, "The cleartext port; 8080 without it, 0 picks a free one.",
         [](Draft &draft, std::string_view value) { return setPort(draft.commandLine.demo.port, value); }},
        {"--tls-port", '\0', "N", Server, Demo, "The TLS port; 8443 without it, 0 picks a free one.",
         [](Draft &draft, std::string_view value) { return setPort(draft.commandLine.demo.tlsPort, value); }},
        {"--bind", '\0', "ADDRESS", Server, Demo, "The address to listen on; 127.0.0.1 and ::1 without it.",
         [](Draft &draft, std::string_view value) {
             return store(draft.commandLine.demo.bindAddress, ipAddress(value));
         }},
        {"--cert", '\0', "F", Server, Demo, "The server's certificate, PEM; made on this machine without it.",
         [](Draft &draft, std::string_view value) {
             return store(draft.commandLine.demo.certificateFile, readableFile(value));
         }},
        {"--key", '\0', "F", Server, Demo, "The certificate's private key, PEM.",
         [](Draft &draft, std::string_view value) {
             return store(draft.commandLine.demo.keyFile, readableFile(value));
         }},
        {"--allow-origin", '\0', "O", Server, Demo,
         "An Origin, or the host of a name, that may use the server; repeatable.",
         [](Draft &draft, std::string_view value) {
             return append(draft.commandLine.demo.allowedOrigins, fieldValue(value));
         }},
        {"--seed", '\0', "N", Server, Demo, "Where generated data begins; the same seed gives the same data.",
         [](Draft &draft, std::string_view value) {
             return store(draft.commandLine.demo.seed,
                          wholeNumber(value, 0, std::numeric_limits<std::uint64_t>::max()));
         }},

        {"--demo", '\0', "", only({Subcommand::Window}), Other, "Start the demo server and connect to its feed.",
         [](Draft &draft, std::string_view) {
             draft.commandLine.window.demo = true;
             return Expected<void, Error>();
         }},
        {"--json", '\0', "", only({Subcommand::Check, Subcommand::Compare}), Other, "Print JSON lines.",
         notYetAvailable},
        {"--version", '\0', "", only({Subcommand::Window}), Other, "Print the version.",
         [](Draft &draft, std::string_view) {
             draft.commandLine.task = CommandLine::Task::Version;
             return Expected<void, Error>();
         }},
        {"--help", 'h', "", Everywhere, Other, "Print this help.",
         [](Draft &draft, std::string_view) {
             draft.commandLine.task = CommandLine::Task::Help;
             return Expected<void, Error>();
         }},
    };
}

} // namespace pushscope
