#include "core/insight/assembler.h"
#include "core/insight/deltashape.h"

namespace pushscope {

namespace {

/// The lines of Ollama's POST /api/chat and /api/generate: JSON, one object each.
class OllamaShape : public DeltaShape
{
public:
    bool take(const DeltaEvent &event, Assembler &assembler) override
    {
        const JsonValue json = event.json;
        if (const JsonValue error = json["error"]; error.isString()) {
            assembler.addError(error.text());
            return true;
        }
        const JsonValue message = json["message"];
        if (!message.isObject() && !json["response"].isString())
            return false;
        assembler.continueResponse({});
        assembler.setModel(json["model"].text());
        assembler.append(SpanKind::Reasoning, 0, 0, message["thinking"].text());
        assembler.append(SpanKind::Reasoning, 0, 0, json["thinking"].text());
        assembler.append(SpanKind::Text, 0, 0, message["content"].text());
        assembler.append(SpanKind::Text, 0, 0, json["response"].text());
        const JsonValue calls = message["tool_calls"];
        for (std::uint32_t row = 0; row < calls.size(); ++row) {
            const JsonValue function = calls.at(row)["function"];
            assembler.addToolCall(0, calls.at(row)["id"].text(), function["name"].text(),
                                  function["arguments"].spelled());
        }
        if (json["done"].isWord("true"))
            takeEnd(json, assembler);
        return true;
    }

private:
    static void takeEnd(const JsonValue &json, Assembler &assembler)
    {
        const std::string reason = json["done_reason"].text();
        assembler.finish(reason.empty() ? "done" : reason);
        assembler.addUsage({.input = json["prompt_eval_count"].count(), .output = json["eval_count"].count()});
        assembler.endResponse();
    }
};

} // namespace

std::unique_ptr<DeltaShape> makeOllamaShape()
{
    return std::make_unique<OllamaShape>();
}

} // namespace pushscope
