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
std::string joined(const std::vector<std::string> &cookies)
{
    std::string all;
    for (const std::string &cookie : cookies)
        all += (all.empty() ? "" : "; ") + cookie;
    return all;
}

/// The options that only together make the request.
Expected<void, Error> completeTarget(Draft &draft)
{
    Target &target = draft.commandLine.target;
    if (target.transport == TransportChoice::Sse && target.url.isWebSocket())
        return about("--transport", wrongUsage("sse needs an http or https URL"));
    if (draft.webSocketOnly && !isWebSocket(target))
        return about(*draft.webSocketOnly, wrongUsage("only for WebSocket: a ws or wss URL, or --transport websocket"));
    if (!target.tls.keyFile.empty() && target.tls.certificateFile.empty())
        return about("--key", wrongUsage("the certificate that it belongs to is missing: --cert"));

    if (draft.body) {
        target.body = std::move(*draft.body);
        if (!draft.method && target.method == "GET")
            target.method = "POST";
    }
    if (draft.method)
        target.method = std::move(*draft.method);

    if (draft.authorization)
        setHeader(target.headers, "Authorization", std::move(*draft.authorization));
    if (!draft.cookies.empty())
        setHeader(target.headers, "Cookie", joined(draft.cookies));
    if (!draft.origin.empty() && isWebSocket(target))
        target.webSocket.origin = std::move(draft.origin);
    else if (!draft.origin.empty())
        setHeader(target.headers, "Origin", std::move(draft.origin));
    takeLastEventId(target);
    return {};
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
        return {};
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
