#include "app/options/optiontable.h"
#include "app/options/optionvalues.h"

#include "core/base/curlcommand.h"

namespace pushscope {

namespace {
constexpr auto Streams = only({Subcommand::Record, Subcommand::Check});

Expected<void, Error> setTransport(Draft &draft, std::string_view value)
{
    TransportChoice &transport = draft.commandLine.target.transport;
    if (value == "auto")
        transport = TransportChoice::Auto;
    else if (value == "sse")
        transport = TransportChoice::Sse;
    else if (value == "websocket")
        transport = TransportChoice::WebSocket;
    else
        return wrongUsage("expected auto, sse or websocket");
    return {};
}

Expected<void, Error> setHttp(Draft &draft, std::string_view value)
{
    HttpChoice &http = draft.commandLine.target.http;
    if (value == "auto")
        http = HttpChoice::Auto;
    else if (value == "1.1")
        http = HttpChoice::Http11;
    else if (value == "2")
        http = HttpChoice::Http2;
    else
        return wrongUsage("expected auto, 1.1 or 2");
    return {};
}

Expected<void, Error> setWhenFull(Draft &draft, std::string_view value)
{
    if (value != "connect" && value != "queue")
        return wrongUsage("expected connect or queue");
    draft.commandLine.target.sharing.whenFull = value == "connect" ? WhenFull::Connect : WhenFull::Queue;
    return {};
}

/// Whoever types the command into a shell may have its files and variables in it, as curl would.
Expected<void, Error> takeCurlCommand(Draft &draft, std::string_view value)
{
    auto command = parseCurlCommand(value, environmentVariable, curlFile);
    if (!command)
        return command.error();
    const TlsOptions &tls = command->target.tls;
    for (const std::string &file : {tls.caFile, tls.certificateFile, tls.keyFile}) {
        if (const auto readable = file.empty() ? std::string() : readableFile(file); !readable)
            return readable.error();
    }
    for (const std::string &difference : command->differences)
        draft.commandLine.notes.push_back("--from-curl: " + difference);
    draft.commandLine.target = std::move(command->target);
    draft.fromCurl = true;
    return {};
}

/// Several --data and --data-file are joined with '&', as by curl.
Expected<void, Error> addData(Draft &draft, std::string_view value)
{
    if (draft.body)
        draft.body->append("&").append(value);
    else
        draft.body = value;
    return {};
}

/// There is one Authorization field; the same option again takes the other's place.
Expected<void, Error> setAuthorization(Draft &draft, std::string_view option, Expected<std::string, Error> value)
{
    if (!draft.authorizedBy.empty() && draft.authorizedBy != option)
        return wrongUsage("a request has one authorization, and " + std::string(draft.authorizedBy) + " gives it");
    draft.authorizedBy = option;
    return store(draft.authorization, std::move(value));
}

Expected<void, Error> addFile(Draft &draft, std::string_view value)
{
    const auto contents = fileContents(value);
    return contents ? addData(draft, *contents) : contents.error();
}
} // namespace

std::vector<Option> requestOptions()
{
    using enum Section;
    return {
        {"--transport", '\0', "auto|sse|websocket", Streams, Request,
         "What to expect. auto: ws and wss URLs are WebSocket, http and https URLs are read by their answer: events, "
         "lines "
         "of JSON, JSON text sequences, parts of multipart bodies, or chunks. A body that is plainly an event stream "
         "under another type is shown as one, but counts as failed, as in a browser. sse: nothing but "
         "text/event-stream.",
         setTransport},
        {"--http", '\0', "auto|1.1|2", Streams, Request,
         "The HTTP version. auto: what TLS agrees on (a WebSocket offers 1.1 alone), in clear 1.1. 2 fails where the "
         "peer does not offer it; in clear it is prior knowledge, and a WebSocket over it is an extended CONNECT.",
         setHttp},
        {"--own-connection", '\0', "", Streams, Request, "Never share an HTTP/2 connection.",
         [](Draft &draft, std::string_view) {
             draft.commandLine.target.sharing.ownConnection = true;
             return Expected<void, Error>();
         }},
        {"--enable-push", '\0', "", Streams, Request, "Advertise ENABLE_PUSH over HTTP/2.",
         [](Draft &draft, std::string_view) {
             draft.commandLine.target.sharing.enablePush = true;
             return Expected<void, Error>();
         }},
        {"--when-full", '\0', "connect|queue", Streams, Request,
         "What a stream does whose HTTP/2 connection has as many streams as the peer allows: connect opens another "
         "connection (without it), queue waits for one of them to end.",
         setWhenFull},
        {"--method", 'X', "METHOD", Streams, Request, "The request method; GET, or POST when there is a body.",
         [](Draft &draft, std::string_view value) { return store(draft.method, token(value)); }},
        {"--data", 'd', "TEXT", Streams, Request, "The request body. Give its Content-Type with --header.", addData},
        {"--data-file", '\0', "F", Streams, Request, "The request body, from a file.", addFile},
        {"--header", 'H', "'NAME: VALUE'", Streams, Request,
         "A header field; repeatable. Sent in the order given; the name goes out as typed.",
         [](Draft &draft, std::string_view value) {
             return append(draft.commandLine.target.headers, headerField(value));
         }},
        {"--user", 'u', "NAME:PASSWORD", Streams, Request, "Basic authorization.",
         [](Draft &draft, std::string_view value) {
             return setAuthorization(draft, "--user", basicAuthorization(value));
         }},
        {"--bearer", '\0', "TOKEN", Streams, Request, "Bearer authorization.",
         [](Draft &draft, std::string_view value) {
             return setAuthorization(draft, "--bearer", fieldValue("Bearer " + std::string(value)));
         }},
        {"--cookie", '\0', "'A=B'", Streams, Request, "A cookie; repeatable.",
         [](Draft &draft, std::string_view value) { return append(draft.cookies, fieldValue(value)); }},
        {"--no-cookies", '\0', "", Streams, Request,
         "Keep no jar: what Set-Cookie gives is not sent with the requests that follow.",
         [](Draft &draft, std::string_view) {
             draft.commandLine.target.cookies = false;
             return Expected<void, Error>();
         }},
        {"--last-event-id", '\0', "ID", Streams, Request, "Sent as Last-Event-ID with the first request.",
         [](Draft &draft, std::string_view value) { return store(draft.lastEventId, fieldValue(value)); }},
        {"--compressed", '\0', "", Streams, Request,
         "Offer the content codings gzip, deflate, br and zstd, unless a header says Accept-Encoding.",
         [](Draft &draft, std::string_view) {
             draft.commandLine.target.compressed = true;
             return Expected<void, Error>();
         }},
        {"--from-curl", '\0', "'curl ...'", Streams, Request,
         "Take URL, method, headers, body, TLS and proxy flags from a curl command; other options come on top of it. "
         "$NAME is taken from the environment and files are read as curl would; what is done otherwise is told on "
         "stderr.",
         takeCurlCommand},

        {"--origin", '\0', "URL", Streams, WebSocketHandshake, "Sent as Origin.",
         [](Draft &draft, std::string_view value) { return store(draft.origin, fieldValue(value)); }},
        {"--subprotocol", '\0', "NAME", Streams, WebSocketHandshake,
         "A subprotocol to offer; repeatable, in order of preference.",
         [](Draft &draft, std::string_view value) {
             draft.webSocketOnly = "--subprotocol";
             return append(draft.commandLine.target.webSocket.subprotocols, token(value));
         }},
        {"--no-deflate", '\0', "", Streams, WebSocketHandshake,
         "Don't offer permessage-deflate (this version never does).",
         [](Draft &, std::string_view) { return Expected<void, Error>(); }},
        {"--deflate", '\0', "'PARAMETERS'", Streams, WebSocketHandshake,
         "Offer permessage-deflate with these parameters.", notYetAvailable},
    };
}

} // namespace pushscope
