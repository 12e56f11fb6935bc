#include "app/options/optiontable.h"
#include "app/options/optionvalues.h"

#include "core/base/utf8.h"

#include <limits>

namespace pushscope {

namespace {
constexpr auto Recorder = only({Subcommand::Record});

/// A file's format follows its ending; what has none (a pipe, a device) takes JSON lines.
Expected<void, Error> setOutput(Draft &draft, std::string_view value)
{
    RecordOptions &options = draft.commandLine.record;
    const auto name = value.substr(value.rfind('/') + 1);
    const auto dot = name.rfind('.');
    const auto ending = dot == std::string_view::npos ? std::string_view() : name.substr(dot);
    if (value.empty())
        return wrongUsage("the name of a file is missing");
    if (ending == ".har" || ending == ".pcapng" || ending == ".pushscope")
        return Error{ErrorCode::NotSupported,
                     "the format " + std::string(ending) + " is not yet available in this version"};
    if (!ending.empty() && ending != ".jsonl")
        return wrongUsage('"' + std::string(ending) + "\" is no format: .jsonl, .har, .pcapng or .pushscope");
    options.output = value == "-"      ? RecordOptions::Output::StandardOutput
                     : value == "none" ? RecordOptions::Output::None
                                       : RecordOptions::Output::File;
    options.file = value;
    return {};
}

void addSending(Draft &draft, std::string_view option, Sending sending)
{
    draft.commandLine.record.sendings.push_back(std::move(sending));
    draft.webSocketOnly = option;
}

/// A text message when the file is UTF-8, a binary one otherwise.
Expected<void, Error> sendFile(Draft &draft, std::string_view value)
{
    auto contents = fileContents(value);
    if (!contents)
        return contents.error();
    const auto kind = isUtf8(*contents) ? Sending::Kind::Text : Sending::Kind::Binary;
    addSending(draft, "--send-file", {kind, std::move(*contents)});
    return {};
}

Expected<void, Error> sendText(Draft &draft, std::string_view value)
{
    if (!isUtf8(value))
        return wrongUsage("the text is not UTF-8 (RFC 6455 section 5.6): use --send-binary");
    addSending(draft, "--send", {Sending::Kind::Text, Bytes(value)});
    return {};
}

Expected<void, Error> sendBinary(Draft &draft, std::string_view value)
{
    auto bytes = hexBytes(value);
    if (!bytes)
        return bytes.error();
    addSending(draft, "--send-binary", {Sending::Kind::Binary, std::move(*bytes)});
    return {};
}

Expected<void, Error> sendPing(Draft &draft, std::string_view value)
{
    if (value.size() > 125)
        return wrongUsage("more than the 125 bytes that a control frame may hold (RFC 6455 section 5.5)");
    addSending(draft, "--ping", {Sending::Kind::Ping, Bytes(value)});
    return {};
}

Expected<void, Error> setPong(Draft &draft, std::string_view value)
{
    draft.webSocketOnly = "--pong";
    WebSocketOptions &webSocket = draft.commandLine.target.webSocket;
    if (value == "auto" || value == "off") {
        webSocket.pong = value == "auto" ? PongMode::Auto : PongMode::Off;
        return {};
    }
    const auto delay = milliseconds(value);
    if (!delay)
        return wrongUsage("expected auto, off or a number of milliseconds");
    webSocket.pong = PongMode::Late;
    webSocket.pongDelay = *delay;
    return {};
}

/// Any code is taken: sending a wrong one on purpose is what an inspector is for.
Expected<void, Error> setClose(Draft &draft, std::string_view value)
{
    const auto colon = value.find(':');
    const auto code = wholeNumber(value.substr(0, colon), 0, 65535);
    if (!code)
        return code.error();
    const auto reason = colon == std::string_view::npos ? std::string_view() : value.substr(colon + 1);
    if (reason.size() > 123)
        return wrongUsage(
            "the reason is longer than the 123 bytes that a close frame may hold (RFC 6455 section 5.5.1)");
    draft.webSocketOnly = "--close";
    draft.commandLine.target.webSocket.closeCode = static_cast<std::uint16_t>(*code);
    draft.commandLine.target.webSocket.closeReason = reason;
    return {};
}
} // namespace

std::vector<Option> recordOptions()
{
    using enum Section;
    return {
        {"--out", '\0', "F", Recorder, Recording,
         "Where to: - is standard output (without it), a file's ending names its format (.jsonl), none captures and "
         "writes nothing.",
         setOutput},
        {"--layers", '\0', "LIST", Recorder, Recording,
         "Which layers are written, between commas: messages, frames, connection, findings, reads. All but reads "
         "without it.",
         [](Draft &draft, std::string_view value) { return store(draft.commandLine.record.layers, layerSet(value)); }},
        {"--filter", '\0', "EXPR", Recorder, Recording, "Write only records that match.", notYetAvailable},
        {"--for", '\0', "SECONDS", Recorder, Recording, "End after this time.",
         [](Draft &draft, std::string_view value) { return store(draft.commandLine.record.duration, seconds(value)); }},
        {"--count", '\0', "N", Recorder, Recording,
         "End after so many records of the messages layer, of both directions, and write exactly those: how the "
         "connection is closed behind them is the end record's to say.",
         [](Draft &draft, std::string_view value) {
             return store(draft.commandLine.record.count,
                          wholeNumber(value, 1, std::numeric_limits<std::uint64_t>::max()));
         }},
        {"--streams", '\0', "N", Recorder, Recording,
         "Open so many streams of the same URL, up to 10000: over HTTP/2 they share connections. --count counts them "
         "together, each one sends what is to be sent, and the recording ends with the last one.",
         [](Draft &draft, std::string_view value) {
             return store(draft.commandLine.record.streams, wholeNumber(value, 1, 10'000));
         }},
        {"--stats", '\0', "", Recorder, Recording, "At the end, one JSON object with totals on standard error.",
         [](Draft &draft, std::string_view) {
             draft.commandLine.record.statistics = true;
             return Expected<void, Error>();
         }},

        {"--send", '\0', "TEXT", Recorder, Sending,
         "Send a text message. Everything to send is repeatable and goes in the order given.", sendText},
        {"--send-file", '\0', "F", Recorder, Sending,
         "Send a file's contents: a text message if they are UTF-8, else a binary one.", sendFile},
        {"--send-binary", '\0', "HEX", Recorder, Sending, "Send a binary message.", sendBinary},
        {"--ping", '\0', "TEXT", Recorder, Sending, "Send a ping.", sendPing},
        {"--send-stdin", '\0', "", Recorder, Sending, "Send each line of standard input as a text message.",
         [](Draft &draft, std::string_view) {
             draft.commandLine.record.sendStandardInput = true;
             draft.webSocketOnly = "--send-stdin";
             return Expected<void, Error>();
         }},
        {"--every", '\0', "MS", Recorder, Sending, "Repeat what is to be sent, with this time between.",
         [](Draft &draft, std::string_view value) {
             const auto interval = wholeNumber(value, 1, 0x7FFF'FFFF);
             if (!interval)
                 return Expected<void, Error>(interval.error());
             draft.commandLine.record.every = Milliseconds(*interval);
             return Expected<void, Error>();
         }},
        {"--echo", '\0', "", Recorder, Sending,
         "Answer every text and binary message with itself, and end when the peer closes.",
         [](Draft &draft, std::string_view) {
             draft.commandLine.target.webSocket.echo = true;
             draft.webSocketOnly = "--echo";
             return Expected<void, Error>();
         }},
        {"--pong", '\0', "auto|off|MS", Recorder, Sending, "Answer pings at once, never, or late.", setPong},
        {"--close", '\0', "CODE[:REASON]", Recorder, Sending,
         "How to close at the end; 1000 without it, 0 for a close frame without a code.", setClose},
    };
}

} // namespace pushscope
