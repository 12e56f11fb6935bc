#include "app/options/optiontable.h"
#include "app/options/optionvalues.h"
#include "core/base/proxyurl.h"

#include <limits>

namespace pushscope {

namespace {
constexpr auto Streams = only({Subcommand::Record, Subcommand::Check});

Expected<void, Error> setBackoff(Draft &draft, std::string_view value)
{
    if (value != "fixed" && value != "exponential")
        return wrongUsage("expected fixed or exponential");
    draft.commandLine.target.reconnection.backoff = value == "fixed" ? Backoff::Fixed : Backoff::Exponential;
    return {};
}

Expected<void, Error> setMostReconnects(Draft &draft, std::string_view value)
{
    const auto number = wholeNumber(value, 0, std::numeric_limits<std::uint32_t>::max());
    if (!number)
        return number.error();
    draft.commandLine.target.reconnection.maxAttempts = static_cast<std::uint32_t>(*number);
    return {};
}

Expected<void, Error> setAlpn(Draft &draft, std::string_view value)
{
    auto list = commaList(value);
    if (!list)
        return list.error();
    draft.commandLine.target.tls.alpn = std::move(*list);
    return {};
}

Expected<void, Error> setTlsMinimum(Draft &draft, std::string_view value)
{
    if (value != "1.2" && value != "1.3")
        return wrongUsage("expected 1.2 or 1.3");
    draft.commandLine.target.tls.minimumVersion = value == "1.2" ? 12 : 13;
    return {};
}
} // namespace

std::vector<Option> connectionOptions()
{
    using enum Section;
    return {
        {"--connect-timeout", '\0', "S", Streams, Timeouts, "Seconds until the connection must stand; 10 without it.",
         [](Draft &draft, std::string_view value) {
             return store(draft.commandLine.target.timeouts.connect, seconds(value));
         }},
        {"--first-byte-timeout", '\0', "S", Streams, Timeouts,
         "Seconds until the first byte of the answer must be here; 30 without it.",
         [](Draft &draft, std::string_view value) {
             return store(draft.commandLine.target.timeouts.firstByte, seconds(value));
         }},
        {"--idle-timeout", '\0', "S", Streams, Timeouts, "Seconds of silence that end a connection; none without it.",
         [](Draft &draft, std::string_view value) {
             return store(draft.commandLine.target.timeouts.idle, seconds(value));
         }},

        {"--retry", '\0', "MS", Streams, Reconnection,
         "The reconnection time until the server's retry replaces it; 3000 without it.",
         [](Draft &draft, std::string_view value) {
             return store(draft.commandLine.target.reconnection.initial, milliseconds(value));
         }},
        {"--retry-override", '\0', "MS", Streams, Reconnection, "A reconnection time that the server can't replace.",
         [](Draft &draft, std::string_view value) {
             return store(draft.commandLine.target.reconnection.overrideTime, milliseconds(value));
         }},
        {"--backoff", '\0', "fixed|exponential", Streams, Reconnection,
         "How waits grow with each failure in a row; exponential has jitter.", setBackoff},
        {"--max-reconnects", '\0', "N", Streams, Reconnection, "End after so many reconnects.", setMostReconnects},
        {"--no-reconnect", '\0', "", Streams, Reconnection, "End with the first connection.",
         [](Draft &draft, std::string_view) {
             draft.commandLine.target.reconnection.enabled = false;
             return Expected<void, Error>();
         }},
        {"--reconnect-websocket", '\0', "", Streams, Reconnection, "Reconnect WebSocket too.",
         [](Draft &draft, std::string_view) {
             draft.commandLine.target.reconnection.webSocket = true;
             return Expected<void, Error>();
         }},
        {"--drop-after", '\0', "N", Streams, Reconnection, "Cut each connection after so many events.",
         [](Draft &draft, std::string_view value) {
             return store(draft.commandLine.target.reconnection.dropAfter,
                          wholeNumber(value, 1, std::numeric_limits<std::uint64_t>::max()));
         }},

        {"--proxy", '\0', "URL", Streams, Network,
         "An http:// (CONNECT) or socks5:// proxy, with credentials if need be; otherwise the environment says.",
         [](Draft &draft, std::string_view value) {
             return store(draft.commandLine.target.proxy, parseProxyUrl(value));
         }},
        {"--resolve", '\0', "HOST:PORT:ADDRESS", Streams, Network,
         "The address to use for a host, or * for any, and port; repeatable.",
         [](Draft &draft, std::string_view value) {
             return append(draft.commandLine.target.resolve, resolveOverride(value));
         }},

        {"--insecure", 'k', "", Streams, Tls, "Accept any certificate. The recording says so.",
         [](Draft &draft, std::string_view) {
             draft.commandLine.target.tls.insecure = true;
             return Expected<void, Error>();
         }},
        {"--cacert", '\0', "F", Streams, Tls, "Trust the authorities in this PEM file instead of the system's.",
         [](Draft &draft, std::string_view value) {
             return store(draft.commandLine.target.tls.caFile, readableFile(value));
         }},
        {"--cert", '\0', "F", Streams, Tls, "The client's certificate, PEM or PKCS #12.",
         [](Draft &draft, std::string_view value) {
             return store(draft.commandLine.target.tls.certificateFile, readableFile(value));
         }},
        {"--key", '\0', "F", Streams, Tls, "The client's private key, PEM.",
         [](Draft &draft, std::string_view value) {
             return store(draft.commandLine.target.tls.keyFile, readableFile(value));
         }},
        {"--pass", '\0', "SOURCE", Streams, Tls, "The passphrase of the key: pass:TEXT, env:NAME, file:PATH or stdin.",
         [](Draft &draft, std::string_view value) {
             return store(draft.commandLine.target.tls.passphrase, passphrase(value));
         }},
        {"--alpn", '\0', "LIST", Streams, Tls,
         "The protocols to offer, between commas; without it what --http needs: h2, http/1.1.", setAlpn},
        {"--tls-min", '\0', "1.2|1.3", Streams, Tls, "The lowest version of TLS; 1.2 without it.", setTlsMinimum},
        {"--keylog", '\0', "F", Streams, Tls, "Append NSS key log lines to this file; SSLKEYLOGFILE names it too.",
         [](Draft &draft, std::string_view value) {
             return store(draft.commandLine.target.tls.keyLogFile, appendableFile(value));
         }},
    };
}

} // namespace pushscope
