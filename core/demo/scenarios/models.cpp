#include "core/demo/modelturn.h"
#include "core/demo/scenarios/registry.h"

#include <utility>

namespace pushscope::demo {

namespace {

Scenario asked(const char *id, const char *title, const char *watch, const char *path, const char *body)
{
    Scenario scenario{id, "Language models", title, watch, {path}, {}};
    for (const ParameterSpec &spec : modelParameters())
        scenario.parameters.push_back({std::string(spec.name), spec.range(), std::string(spec.meaning)});
    return posting(std::move(scenario), body);
}

} // namespace

std::vector<Scenario> modelList()
{
    constexpr const char *chat =
        R"({"model":"demo-model","stream":true,"messages":[{"role":"user","content":"Hello"}]})";
    return {
        asked("chat-completions", "A chat completion as OpenAI streams it",
              "The tab Assembled puts reasoning, text and the arguments of a tool call together from their deltas. The "
              "last chunk before [DONE] tells the usage, so that tokens a second can be told too.",
              "/v1/chat/completions?tool=1", chat),
        asked("responses", "A response with typed events, as OpenAI streams it",
              "Each event says in its type what it brings. response.completed ends it with the usage.",
              "/v1/responses?tool=1", R"({"model":"demo-model","stream":true,"input":"Hello"})"),
        asked(
            "messages", "A message as Anthropic streams it",
            "Blocks of thinking, text and tool use begin, grow and end one after the other. message_delta tells why it "
            "stopped.",
            "/v1/messages?tool=1",
            R"({"model":"demo-model","max_tokens":1024,"stream":true,"messages":[{"role":"user","content":"Hello"}]})"),
        asked("gemini", "An answer as Gemini streams it",
              "Each event is a whole answer with the next part of the text in it. The last one has finishReason and "
              "usageMetadata.",
              "/v1beta/models/demo:streamGenerateContent?tool=1", R"({"contents":[{"parts":[{"text":"Hello"}]}]})"),
        asked("model-error", "A model that breaks off in the midst",
              "After thirty tokens an error stands in the stream, though its status was 200. Assembled keeps what was "
              "said "
              "and shows the error behind it.",
              "/v1/messages?fail=30", chat),
        asked(
            "model-buffered", "A model behind a proxy that holds tokens back",
            "Twenty tokens come in each write, and share its time. Assembled says that what lies between single tokens "
            "was not measured.",
            "/v1/chat/completions?burst=20&tokens=300", chat),
    };
}

} // namespace pushscope::demo
