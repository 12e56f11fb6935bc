#include "core/demo/answer.h"
#include "core/demo/scenarios/registry.h"
#include "core/demo/scenarios/steps.h"
#include "core/wire/http/http1writer.h"

#include <algorithm>

namespace pushscope::demo {

namespace {

/// One event under any head that the query describes.
Script anyAnswer(const ScriptRequest &request)
{
    if (request.lastId() >= 1)
        return nothingMore();
    const std::string &type = request.parameters.text("type");
    const std::string &earlier = request.parameters.text("earlier");
    const auto isField = [](const std::string &value) {
        return std::ranges::all_of(value, [](unsigned char c) { return c >= ' ' && c != 0x7F; });
    };
    if (!isField(type) || !isField(earlier))
        return wholeAnswer(400, {{"Content-Type", "text/plain; charset=utf-8"}},
                           "A field has no control characters.\n");
    const int status = static_cast<int>(request.parameters.number("status"));
    Headers fields{{"Cache-Control", "no-store"}};
    if (!earlier.empty())
        fields.add("Content-Type", earlier);
    if (!type.empty())
        fields.add("Content-Type", type);
    const Bytes content = event(1, "the content of " + std::to_string(status));
    const std::string &line = request.parameters.text("line");
    if (line != "usual" && !request.isHttp2()) {
        HttpHead head = answerHead(status, std::move(fields));
        head.headers.add("Connection", "close");
        const Bytes written = writeHttp1Head(head);
        const std::string number = std::to_string(status);
        const Bytes statusLine = line == "no-reason" ? "HTTP/1.1 " + number : "HTTP/1.0 " + number + " Whatever";
        return {{step::Raw{statusLine + written.substr(written.find('\r')) + content}, step::Close{}}};
    }
    if (status == 204 || status == 205 || status == 304) // RFC 9110 section 15: these have no content
        return {{step::Head{answerHead(status, std::move(fields))}, step::End{}}};
    fields.add("Transfer-Encoding", "chunked");
    return {{step::Head{answerHead(status, std::move(fields))}, body(content), step::End{}}};
}

Script status500(const ScriptRequest &)
{
    return wholeAnswer(500, {{"Content-Type", "text/plain; charset=utf-8"}},
                       "The scenario's server is broken on purpose.\n");
}

Script status401(const ScriptRequest &)
{
    return wholeAnswer(
        401, {{"Content-Type", "text/plain; charset=utf-8"}, {"WWW-Authenticate", "Basic realm=\"pushscope demo\""}},
        "Nobody is let in here.\n");
}

Script wrongContentType(const ScriptRequest &)
{
    return wholeAnswer(200, {{"Content-Type", "text/html; charset=utf-8"}},
                       "<!doctype html><title>Not a stream</title>\ndata: not an event\n\n");
}

Script empty200(const ScriptRequest &)
{
    return {{streamHead(), step::End{}}};
}

Script contentLength(const ScriptRequest &request)
{
    if (request.lastId() >= 2)
        return nothingMore();
    const Bytes first = event(1, "the length was announced");
    const Bytes second = event(2, "so no third event can ever follow");
    const std::string length = std::to_string(first.size() + second.size());
    return {
        {step::Head{answerHead(
             200, {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}, {"Content-Length", length}})},
         body(first), wait(request.parameters.number("interval")), body(second), step::End{}}};
}

Script slowHeaders(const ScriptRequest &request)
{
    Script script;
    const Bytes head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
    if (request.lastId() >= 1)
        return nothingMore();
    if (request.isHttp2()) // a field block comes whole
        return {{wait(4 * request.parameters.number("interval")), streamHead(), body(event(1, "the head came late")),
                 step::End{}}};
    for (std::size_t begin = 0; begin < head.size(); begin = head.find('\n', begin) + 1) {
        script.steps.push_back(step::Raw{head.substr(begin, head.find('\n', begin) + 1 - begin)});
        script.steps.push_back(wait(request.parameters.number("interval")));
    }
    script.steps.push_back(step::Raw{event(1, "the head came line by line")});
    script.steps.push_back(step::Close{});
    return script;
}

Script earlyHints(const ScriptRequest &request)
{
    if (request.lastId() >= 1)
        return nothingMore();
    return {{step::Head{answerHead(103, {{"Link", "</demo.css>; rel=preload; as=style"}})},
             wait(request.parameters.number("interval")), streamHead(), body(event(1, "behind an interim answer")),
             step::End{}}};
}

Script chunkExtensions(const ScriptRequest &request)
{
    if (request.request.head->version == HttpVersion::Http10)
        return wholeAnswer(505, {{"Content-Type", "text/plain; charset=utf-8"}},
                           "HTTP/1.0 has no chunks to extend; ask in HTTP/1.1.\n");
    if (request.lastId() >= 2)
        return nothingMore();
    HttpHead head = answerHead(200, {{"Content-Type", "text/event-stream"},
                                     {"Cache-Control", "no-store"},
                                     {"Transfer-Encoding", "chunked"},
                                     {"Trailer", "X-Events"}});
    if (request.isHttp2())
        return {{step::Head{std::move(head)}, body(event(1, "HTTP/2 has no chunks to extend")),
                 body(event(2, "but trailers behind the last frame of content")), step::End{{{"X-Events", "2"}}}}};
    return {{step::Head{std::move(head)},
             step::Raw{writeChunk(event(1, "a chunk with extensions"), "part=1;note=\"one; of two\"")},
             step::Raw{writeChunk(event(2, "and trailers behind the last"), "part=2")},
             step::End{{{"X-Events", "2"}}}}};
}

} // namespace

ScenarioScripts answerScenarios()
{
    return {
        {"status-500",
         "500 instead of a stream",
         "The answer is an error page. The standard calls that final: no client reconnects.",
         {},
         status500,
         {}},
        {"status-401",
         "401 instead of a stream",
         "The answer asks for credentials that nobody has. The connection fails for good.",
         {},
         status401,
         {}},
        {"wrong-content-type",
         "HTML instead of a stream",
         "The status is 200 but the type is text/html. The standard fails the connection, although the content looks "
         "like events.",
         {},
         wrongContentType,
         {}},
        {"answer",
         "Any answer you like",
         "One event under the status and the type that you say. Only 200 with text/event-stream opens: everything else "
         "is final.",
         {ParameterSpec::number("status", 200, 200, 599, "of the answer"),
          ParameterSpec::text("type", "text/event-stream", 200, "the Content-Type; empty for none"),
          ParameterSpec::text("earlier", "", 200, "another Content-Type before it"),
          ParameterSpec::word("line", {"usual", "no-reason", "http-1.0"}, "how the status line is written")},
         anyAnswer,
         {}},
        {"empty-200",
         "An empty stream",
         "The answer is an event stream that ends at once. The client opens, loses the connection and comes back.",
         {},
         empty200,
         {}},
        {"content-length",
         "A stream with Content-Length",
         "The head announces the stream's length, as a buffering proxy would. It works, but the stream ends where the "
         "head said.",
         {intervalParameter(500)},
         contentLength,
         {}},
        {"slow-headers",
         "Slow headers",
         "The head arrives line by line: the time to the first byte is short, the time to the first event long. Over "
         "HTTP/2 a head travels whole, and all of it is late.",
         {intervalParameter(400)},
         slowHeaders,
         {}},
        {"early-hints",
         "103 Early Hints",
         "An interim answer comes before the real one. A client that takes it for the answer fails.",
         {intervalParameter(300)},
         earlyHints,
         {}},
        {"chunk-extensions",
         "Chunk extensions and trailers",
         "The chunks carry extensions and a trailer section follows them. The events are the same as without; HTTP/2 "
         "has the trailers alone.",
         {},
         chunkExtensions,
         {}},
    };
}

} // namespace pushscope::demo
