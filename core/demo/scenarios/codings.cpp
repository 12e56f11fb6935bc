#include "core/demo/answer.h"
#include "core/demo/answercoding.h"
#include "core/demo/scenarios/registry.h"
#include "core/demo/scenarios/steps.h"
#include "core/wire/coding/contentencoder.h"

#include <memory>
#include <string>
#include <utility>

namespace pushscope::demo {

namespace {

constexpr std::uint64_t kEvents = 20;
constexpr std::uint64_t kLump = 10;

std::string madeAt(std::uint64_t milliseconds)
{
    return "made " + std::to_string(milliseconds) + " ms after the first";
}

/// An event at each interval, coded as the query says; without a coding it takes, the client gets them as they are.
Script codedStream(const ScriptRequest &request)
{
    using Flush = ContentEncoder::Flush;
    if (request.lastId() >= kEvents)
        return nothingMore();
    const auto coding = answerCoding(request.request, contentCoding(request.parameters.text("coding")));
    const auto encoder = coding ? makeContentEncoder(*coding) : nullptr;
    const Flush flush = request.parameters.number("flush") == 1 ? Flush::Sync : Flush::None;
    const auto coded = [&](const Bytes &plain, Flush how) { return encoder ? encoder->encode(plain, how) : plain; };
    const std::uint64_t interval = request.parameters.number("interval");
    Headers fields = eventStreamFields(true);
    addCoding(fields, coding);
    Script script{{step::Head{answerHead(200, std::move(fields))}}};
    for (std::uint64_t id = request.lastId() + 1; id <= kEvents; ++id) {
        if (Bytes bytes = coded(event(id, madeAt((id - 1) * interval)), flush); !bytes.empty())
            script.steps.push_back(body(std::move(bytes)));
        script.steps.push_back(wait(interval));
    }
    if (Bytes end = coded({}, Flush::End); !end.empty())
        script.steps.push_back(body(std::move(end)));
    script.steps.emplace_back(step::End{});
    return script;
}

/// What a proxy makes of a stream that it takes for a page.
Script bufferingProxy(const ScriptRequest &request)
{
    if (request.lastId() >= kEvents)
        return nothingMore();
    const std::uint64_t interval = request.parameters.number("interval");
    Script script{{streamHead()}};
    Bytes lump;
    for (std::uint64_t id = request.lastId() + 1; id <= kEvents; ++id) {
        lump += event(id, madeAt((id - 1) * interval));
        script.steps.push_back(wait(interval));
        if (id % kLump == 0)
            script.steps.push_back(body(std::exchange(lump, {})));
    }
    script.steps.emplace_back(step::End{});
    return script;
}

ScenarioScript codedScenario(std::string id, std::string title, std::string watch, const std::string &coding)
{
    const std::string query = "coding=" + coding;
    return {std::move(id),
            std::move(title),
            std::move(watch),
            {codingParameter(), flushParameter(), intervalParameter(250)},
            codedStream,
            {query + "&flush=1", query + "&flush=0"},
            false,
            true};
}

} // namespace

ScenarioScripts codingScenarios()
{
    return {
        codedScenario("gzip", "gzip, flushed and held back",
                      "Two streams of twenty events, one each 250 ms. Flushed, each comes at once and costs some bytes "
                      "more; held back, all come together when the encoder lets go, in far fewer bytes.",
                      "gzip"),
        codedScenario("deflate", "deflate, flushed and held back",
                      "The same in zlib's wrapper, which is what the coding called deflate means. What each event says "
                      "of when it was made shows how long it was held back.",
                      "deflate"),
        codedScenario("brotli", "Brotli, flushed and held back",
                      "The same in br. Over cleartext browsers do not offer it, and get the events as they are.", "br"),
        codedScenario("zstd", "Zstandard, flushed and held back",
                      "The same in zstd, which packs by blocks. A client that does not offer it gets the events as "
                      "they are.",
                      "zstd"),
        {"buffering-proxy",
         "A proxy that buffers",
         "An event is made each 100 ms, and says so. They come in lumps of ten: all of a lump in one read, the first "
         "of them a second late.",
         {intervalParameter(100)},
         bufferingProxy,
         {}},
    };
}

} // namespace pushscope::demo
