#include "app/options/commandline.h"

#include "app/options/argumentsplitter.h"
#include "app/options/optiontable.h"
#include "app/options/optionvalues.h"
#include "core/wire/http/headers.h"

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {
void setHeader(std::vector<HeaderField> &headers, std::string_view name, std::string value)
{
    const auto isIt = [&](const HeaderField &field) { return equalsIgnoreCase(field.name, name); };
    headers.erase(std::remove_if(headers.begin(), headers.end(), isIt), headers.end());
    headers.push_back({std::string(name), std::move(value)});
}

/// RFC 6265 section 5.4: one Cookie field holds all of them.
void addCookie(std::vector<HeaderField> &headers, const std::string &cookie)
{
    if (HeaderField *given = fieldNamed(headers, "Cookie"))
        given->value += "; " + cookie;
    else
        headers.push_back({"Cookie", cookie});
}

/// A private key alone proves nothing.
Expected<void, Error> checkKey(const std::string &keyFile, const std::string &certificateFile)
{
    if (!keyFile.empty() && certificateFile.empty())
        return about("--key", wrongUsage("the certificate that it belongs to is missing: --cert"));
    return {};
}

/// What the HTTP version leaves no room for. What it fulfils by itself is taken: over HTTP/1.1 each connection is the
/// stream's own, and none is ever full.
Expected<void, Error> checkHttp(const Target &target)
{
    if (target.http == HttpChoice::Http11 && offersHttp2(target.tls))
        return about("--alpn", wrongUsage("h2 can't be offered with --http 1.1"));
    if (target.http == HttpChoice::Http2 && !target.tls.alpn.empty() && !offersHttp2(target.tls))
        return about("--alpn", wrongUsage("without h2 there is no HTTP/2, which --http 2 asks for"));
    if (target.sharing.enablePush && !maySpeakHttp2(target))
        return about("--enable-push", wrongUsage("HTTP/1.1 has no server push: --http 2"));
    return {};
}

/// What makes no sense together, or with this kind of stream.
Expected<void, Error> checkTogether(const Draft &draft)
{
    const Target &target = draft.commandLine.target;
    const RecordOptions &record = draft.commandLine.record;
    if (target.transport == TransportChoice::Sse && target.url.isWebSocket())
        return about("--transport", wrongUsage("sse needs an http or https URL"));
    if (draft.webSocketOnly && !isWebSocket(target))
        return about(*draft.webSocketOnly, wrongUsage("only for WebSocket: a ws or wss URL, or --transport websocket"));
    if (const auto checked = checkKey(target.tls.keyFile, target.tls.certificateFile); !checked)
        return checked;
    if (const auto checked = checkHttp(target); !checked)
        return checked;
    if (record.every && record.sendings.empty())
        return about("--every", wrongUsage("there is nothing to repeat: --send, --send-file, --send-binary or --ping"));
    if (target.webSocket.echo && target.reconnection.webSocket)
        return about("--echo", wrongUsage("it ends when the peer closes: --reconnect-websocket can't go with it"));
    return {};
}

/// RFC 6455 section 4.1: the handshake is a GET, and the first bytes behind it are frames.
Expected<void, Error> checkHandshake(const Draft &draft)
{
    const Target &target = draft.commandLine.target;
    const char *const source = draft.fromCurl ? "--from-curl" : "--data";
    if (!target.body.empty())
        return about(source, wrongUsage("a WebSocket's handshake has no body: --send says something over it"));
    if (target.method != "GET")
        return about(draft.fromCurl ? source : "--method", wrongUsage("a WebSocket's handshake is a GET"));
    return {};
}

/// The options that only together make the request.
Expected<void, Error> completeTarget(Draft &draft)
{
    if (const auto checked = checkTogether(draft); !checked)
        return checked;
    Target &target = draft.commandLine.target;
    if (draft.body) {
        target.body = std::move(*draft.body);
        if (!draft.method && target.method == "GET")
            target.method = "POST";
    }
    if (draft.method)
        target.method = std::move(*draft.method);
    if (isWebSocket(target)) {
        if (const auto checked = checkHandshake(draft); !checked)
            return checked;
    } else if (target.method == "CONNECT") { // RFC 9110 section 9.3.6
        return about(draft.fromCurl ? "--from-curl" : "--method",
                     wrongUsage("CONNECT asks a proxy for a tunnel: --proxy does so"));
    }

    if (draft.authorization)
        setHeader(target.headers, "Authorization", std::move(*draft.authorization));
    for (const std::string &cookie : draft.cookies)
        addCookie(target.headers, cookie);
    if (!draft.origin.empty() && isWebSocket(target))
        target.webSocket.origin = std::move(draft.origin);
    else if (!draft.origin.empty())
        setHeader(target.headers, "Origin", std::move(draft.origin));
    takeLastEventId(target);
    if (draft.lastEventId)
        target.lastEventId = std::move(*draft.lastEventId);
    return {};
}

/// Nor does a server's certificate without its key.
Expected<void, Error> completeDemo(const DemoOptions &demo)
{
    if (!demo.certificateFile.empty() && demo.keyFile.empty())
        return about("--cert", wrongUsage("the private key that belongs to it is missing: --key"));
    return checkKey(demo.keyFile, demo.certificateFile);
}

Expected<void, Error> takeUrl(Draft &draft, const std::vector<std::string_view> &positional)
{
    if (positional.size() > 1)
        return about(positional[1], wrongUsage("one URL is enough"));
    if (positional.empty() && draft.fromCurl)
        return {};
    if (positional.empty())
        return about("URL", wrongUsage("missing"));
    return store(draft.commandLine.target.url, parseUrl(positional.front()));
}

Expected<void, Error> takeWindowUrls(Draft &draft, const std::vector<std::string_view> &positional)
{
    for (const std::string_view text : positional) {
        auto url = parseUrl(text);
        if (!url)
            return url.error();
        Target target;
        target.url = std::move(*url);
        draft.commandLine.window.targets.push_back(std::move(target));
    }
    return {};
}

Expected<void, Error> complete(Draft &draft, const std::vector<std::string_view> &positional)
{
    switch (draft.commandLine.subcommand) {
    case Subcommand::Window: return takeWindowUrls(draft, positional);
    case Subcommand::Record:
        if (const auto taken = takeUrl(draft, positional); !taken)
            return taken;
        return completeTarget(draft);
    case Subcommand::Demo:
        if (!positional.empty())
            return about(positional.front(), wrongUsage("pushscope demo takes no arguments"));
        return completeDemo(draft.commandLine.demo);
    case Subcommand::Check:
    case Subcommand::Compare:
    case Subcommand::Convert: return about(word(draft.commandLine.subcommand), notYetAvailable());
    }
    return {};
}
} // namespace

std::string_view word(Subcommand subcommand)
{
    switch (subcommand) {
    case Subcommand::Window: return "";
    case Subcommand::Record: return "record";
    case Subcommand::Check: return "check";
    case Subcommand::Demo: return "demo";
    case Subcommand::Compare: return "compare";
    case Subcommand::Convert: return "convert";
    }
    return {};
}

Expected<CommandLine, Error> parseCommandLine(const std::vector<std::string_view> &arguments)
{
    Draft draft;
    auto rest = arguments;
    for (const auto subcommand :
         {Subcommand::Record, Subcommand::Check, Subcommand::Demo, Subcommand::Compare, Subcommand::Convert}) {
        if (!arguments.empty() && arguments.front() == word(subcommand)) {
            draft.commandLine.subcommand = subcommand;
            rest.erase(rest.begin());
        }
    }
    const std::vector<Option> table = optionTable();
    auto split = splitArguments(rest, table, draft.commandLine.subcommand);
    if (!split)
        return split.error();

    // --help wins over everything; the curl command is what the other options change.
    for (const std::string_view first : {"--from-curl", "--help"})
        std::stable_partition(split->options.begin(), split->options.end(),
                              [&](const GivenOption &each) { return each.option->name == first; });
    for (const auto &[option, value] : split->options) {
        if (const auto applied = option->apply(draft, value); !applied)
            return about(option->name, applied.error());
        if (draft.commandLine.task != CommandLine::Task::Run)
            return draft.commandLine;
    }
    if (const auto completed = complete(draft, split->positional); !completed)
        return completed.error();
    return draft.commandLine;
}

} // namespace pushscope
