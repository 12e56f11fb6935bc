#include "core/demo/answer.h"
#include "core/demo/scenarios/registry.h"
#include "core/demo/scenarios/steps.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string>
#include <utility>

namespace pushscope::demo {

namespace {

using namespace std::string_literals;

constexpr std::string_view VisitsCookie = "visits=";

/// What the first visit is answered with, by the name that the query picks it by.
using Forms = std::vector<std::pair<std::string_view, Bytes>>;

ParameterSpec formParameter(const Forms &forms, std::string_view meaning)
{
    std::vector<std::string_view> words;
    std::ranges::transform(forms, std::back_inserter(words), [](const auto &form) { return form.first; });
    return ParameterSpec::word("form", std::move(words), meaning);
}

const Bytes &formNamed(const Forms &forms, std::string_view name)
{
    return std::ranges::find(forms, name, [](const auto &form) { return form.first; })->second;
}

/// How often the client was here already: the scenario itself keeps nothing, a cookie does.
std::uint64_t visitsOf(const Request &request)
{
    for (const HeaderField &field : request.head->headers) {
        const std::size_t at = equalsIgnoreCase(field.name, "Cookie") ? field.value.find(VisitsCookie) : Bytes::npos;
        std::uint64_t visits = 0;
        if (at != Bytes::npos) {
            const char *digits = field.value.data() + at + VisitsCookie.size();
            std::from_chars(digits, field.value.data() + field.value.size(), visits);
            return visits;
        }
    }
    return 0;
}

/// A stream of its own for the first visit and for the second; the third is told not to come back and begins anew.
Script twoVisits(const ScriptRequest &request, Bytes first, Bytes second)
{
    const std::uint64_t visits = visitsOf(request.request);
    const bool isOver = visits > 1;
    HttpHead head =
        isOver ? answerHead(204, {{"Cache-Control", "no-store"}}) : answerHead(200, eventStreamFields(true));
    head.headers.add("Set-Cookie", std::string(VisitsCookie) + std::to_string(visits + 1) +
                                       "; Path=" + request.request.path + "; Max-Age=" + (isOver ? "0" : "60"));
    if (isOver)
        return {{step::Head{std::move(head)}, step::End{}}};
    return {{step::Head{std::move(head)}, body(visits == 0 ? std::move(first) : std::move(second)), step::End{}}};
}

const Forms &idForms()
{
    static const Forms forms{
        {"plain", "id: abc\ndata: an id\n\n"},
        {"earlier", "id: abc\ndata: an id\n\ndata: an event without\n\n"},
        {"emptied", "id: abc\ndata: an id\n\nid:\ndata: an empty one\n\n"},
        {"bare", "id: abc\ndata: an id\n\nid\ndata: one without a colon\n\n"},
        {"nul", "id: a\0bc\ndata: an id with NUL\n\n"s},
        {"non-ascii", "id: \xE2\x80\xA6\ndata: an ellipsis\n\n"},
        {"cut", "data: no id\n\nid: abc\ndata: a block without its blank line\n"},
        {"no-data", "id: abc\n\n"},
        {"long", "id: " + std::string(255, 'x') + "\ndata: 255 characters\n\n"},
        {"less-than", "id: <\ndata: not a safe value for CORS\n\n"},
        {"spaces", "id:  a b \ndata: spaces around it\n\n"},
    };
    return forms;
}

Script lastEventIdSent(const ScriptRequest &request)
{
    const auto id = request.request.head->headers.value("Last-Event-ID");
    return twoVisits(request, "retry: 500\n\n" + formNamed(idForms(), request.parameters.text("form")),
                     "data: " + (id ? "Last-Event-ID: " + std::string(*id) : "no Last-Event-ID") + "\n\n");
}

/// "@" stands for the time.
const Forms &retryForms()
{
    static const Forms forms{
        {"plain", "retry: @\n\n"},
        {"padded", "retry:0@\n\n"},
        {"bogus-behind", "retry: @\nretry: 1000x\n\n"},
        {"empty-behind", "retry: @\nretry:\nretry\n\n"},
        {"unfinished-block", "data: half a block\nretry: @\n"},
        {"unfinished-line", "data: half a block\nretry: @"},
        {"negative", "retry: -@\n\n"},
        {"huge", "retry: 99999999999999999999999\n\n"},
    };
    return forms;
}

Script reconnectionTime(const ScriptRequest &request)
{
    Bytes first = formNamed(retryForms(), request.parameters.text("form"));
    if (const std::size_t at = first.find('@'); at != Bytes::npos)
        first.replace(at, 1, std::to_string(request.parameters.number("retry")));
    return twoVisits(request, std::move(first), "data: back, and with nothing to say about the time\n\n");
}

Script failsLater(const ScriptRequest &request)
{
    if (request.lastId() == 0)
        return {{streamHead(), body("retry: 500\n\n" + event(1, "it opened")), step::End{}}};
    if (request.parameters.text("with") == "status")
        return wholeAnswer(500, {{"Content-Type", "text/event-stream"}}, event(2, "nobody sees this"));
    return wholeAnswer(200, {{"Content-Type", "text/html; charset=utf-8"}}, "<!doctype html><title>Gone</title>\n");
}

Bytes described(const Request &request)
{
    QJsonArray headers;
    for (const HeaderField &field : request.head->headers)
        headers.append(QJsonArray{QString::fromStdString(field.name), QString::fromStdString(field.value)});
    const QJsonObject said{{QStringLiteral("method"), QString::fromStdString(request.head->method)},
                           {QStringLiteral("target"), QString::fromStdString(request.head->target)},
                           {QStringLiteral("headers"), headers},
                           {QStringLiteral("body"), QString::fromStdString(request.body)}};
    return QJsonDocument(said).toJson(QJsonDocument::Compact).toStdString();
}

Script requestSeen(const ScriptRequest &request)
{
    if (request.lastId() >= request.parameters.number("count"))
        return nothingMore();
    return {
        {streamHead(), body("retry: 500\n\n" + event(request.lastId() + 1, described(request.request))), step::End{}}};
}

} // namespace

ScenarioScripts behaviourScenarios()
{
    ScenarioScripts scripts{
        {"request",
         "What your client asks with",
         "Each connection gets one event: the request as the server saw it, method, fields and body. Compare the first "
         "with those of the reconnects.",
         {ParameterSpec::number("count", 3, 1, 1000, "connections, behind which a client is told not to come back")},
         requestSeen,
         {}},
        {"last-event-id",
         "Which id comes back",
         "The first connection sends an id in one of many forms, the second says which Last-Event-ID came with it. A "
         "cookie tells the server which is which.",
         {formParameter(idForms(), "how the id is sent")},
         lastEventIdSent,
         {}},
        {"reconnection-time",
         "Which retry counts",
         "The first connection sends a retry in one of many forms and ends. How long the client waits, then and after "
         "the second connection, says how it read it.",
         {formParameter(retryForms(), "how the retry is sent"),
          ParameterSpec::number("retry", 1500, 0, 60'000, "milliseconds")},
         reconnectionTime,
         {}},
        {"fails-later",
         "Open, then refused for good",
         "The first connection is a stream, the second an error page or a page of HTML. The standard calls that final, "
         "though it was open once.",
         {ParameterSpec::word("with", {"status", "type"}, "a status of 500 or a type of text/html")},
         failsLater,
         {}},
    };
    scripts.front().methods = "GET, POST, PUT, REPORT";
    return scripts;
}

} // namespace pushscope::demo
