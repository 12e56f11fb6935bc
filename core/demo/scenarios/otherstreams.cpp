#include "core/demo/answer.h"
#include "core/demo/scenarios/registry.h"
#include "core/demo/scenarios/steps.h"

#include <string>
#include <utility>

namespace pushscope::demo {

namespace {

Step chunkedHead(std::string contentType)
{
    return step::Head{answerHead(
        200,
        {{"Content-Type", std::move(contentType)}, {"Cache-Control", "no-store"}, {"Transfer-Encoding", "chunked"}})};
}

Script inPieces(std::string contentType, std::initializer_list<Bytes> pieces, std::uint64_t interval)
{
    Script script{{chunkedHead(std::move(contentType))}};
    for (const Bytes &piece : pieces) {
        script.steps.push_back(body(piece));
        script.steps.push_back(wait(interval));
    }
    script.steps.push_back(step::End{});
    return script;
}

Script plainlyEvents(const ScriptRequest &request)
{
    return inPieces("text/plain; charset=utf-8",
                    {": what follows is plainly an event stream\n", "id: 1\ndata: but its type says otherwise\n\n",
                     "id: 2\ndata: so a browser refuses it\n\n"},
                    request.parameters.number("interval"));
}

Script textChunks(const ScriptRequest &request)
{
    return inPieces("text/plain; charset=utf-8", {"compiling\n", "compiling a long", "er one\n", "done\n"},
                    request.parameters.number("interval"));
}

/// RFC 7464: the third text was cut when its writer began anew, which the RS of the next one shows.
Script jsonSequence(const ScriptRequest &request)
{
    return inPieces("application/json-seq",
                    {"\x1E{\"id\":1}\n", "\x1E{\n  \"id\": 2,\n  \"text\": \"on several lines\"\n}\n",
                     "\x1E{\"id\":3,\"text\":\"the writer was kil", "\x1E{\"id\":4}\n"},
                    request.parameters.number("interval"));
}

void appendLittleEndian(Bytes &out, std::uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>(number >> (8 * i));
}

/// A picture of the Windows bitmap format, which needs no compression: a square that is elsewhere in each frame.
Bytes bitmap(std::uint64_t frame)
{
    constexpr std::uint32_t side = 64;
    constexpr std::uint32_t square = 16;
    constexpr std::uint32_t headers = 14 + 40;
    constexpr std::uint32_t pixels = side * side * 3;
    Bytes out = "BM";
    appendLittleEndian(out, headers + pixels, 4);
    appendLittleEndian(out, 0, 4);
    appendLittleEndian(out, headers, 4);
    appendLittleEndian(out, 40, 4);
    appendLittleEndian(out, side, 4);
    appendLittleEndian(out, side, 4);
    appendLittleEndian(out, 1, 2);
    appendLittleEndian(out, 24, 2); // bits of a pixel
    out.resize(headers, '\0');      // not compressed, no palette
    const auto left = static_cast<std::uint32_t>(frame * 8 % (side - square));
    for (std::uint32_t y = 0; y < side; ++y) {
        for (std::uint32_t x = 0; x < side; ++x) {
            const bool isInside = x >= left && x < left + square && y >= (side - square) / 2 && y < (side + square) / 2;
            out.append(isInside ? "\x2D\x7D\xF0" : "\x40\x30\x20");
        }
    }
    return out;
}

Bytes part(std::string_view type, const Bytes &content, bool hasLength)
{
    return "--frame\r\nContent-Type: " + Bytes(type) + "\r\n" +
           (hasLength ? "Content-Length: " + std::to_string(content.size()) + "\r\n" : Bytes()) + "\r\n" + content +
           "\r\n";
}

Script mixedReplace(const ScriptRequest &request)
{
    const std::uint64_t interval = request.parameters.number("interval");
    Script script{{chunkedHead("multipart/x-mixed-replace; boundary=frame")}};
    script.steps.push_back(body(part("text/plain", "the next part's delimiter ends this one", false)));
    script.steps.push_back(wait(interval));
    for (std::uint64_t frame = 0; frame < request.parameters.number("frames"); ++frame) {
        script.steps.push_back(body(part("image/bmp", bitmap(frame), true)));
        script.steps.push_back(wait(interval));
    }
    script.steps.push_back(body("--frame--\r\n"));
    script.steps.push_back(step::End{});
    return script;
}

} // namespace

ScenarioScripts otherStreamScenarios()
{
    return {
        {"plainly-events",
         "An event stream that is not called one",
         "The type is text/plain, so a browser refuses the stream. What it brings is plainly events: they are shown, "
         "and the stream counts as failed.",
         {intervalParameter(500)},
         plainlyEvents,
         {}},
        {"text-chunks",
         "Plain text as it is made",
         "Chunks of text/plain, as a build log comes. Nothing but the chunks says where one piece ends: lines are cut.",
         {intervalParameter(500)},
         textChunks,
         {}},
        {"json-sequence",
         "A JSON text sequence",
         "Each text stands behind an RS, whatever lines it has. The third is cut, and the RS of the fourth tells.",
         {intervalParameter(500)},
         jsonSequence,
         {}},
        {"mixed-replace",
         "Pictures that replace one another",
         "A part of text, then pictures, as cameras send them. The text ends with the delimiter behind it, a picture "
         "with its Content-Length, at once.",
         {intervalParameter(250), ParameterSpec::number("frames", 8, 1, 1000, "pictures")},
         mixedReplace,
         {}},
    };
}

} // namespace pushscope::demo
