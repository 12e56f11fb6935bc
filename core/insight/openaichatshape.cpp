#include "core/insight/assembler.h"
#include "core/insight/deltashape.h"

namespace pushscope {

namespace {

/// The chunks of POST /v1/chat/completions with "stream": true, which many servers speak; text completions too.
class OpenAiChatShape : public DeltaShape
{
public:
    bool take(const DeltaEvent &event, Assembler &assembler) override
    {
        if (event.data == "[DONE]") {
            assembler.endResponse();
            return true;
        }
        const JsonValue json = event.json;
        const JsonValue error = json["error"];
        if (error && !error.isWord("null")) {
            assembler.addError(describeStreamError(error));
            return true;
        }
        if (!json["choices"].isArray() && !json["usage"].isObject())
            return false;
        assembler.continueResponse(json["id"].text());
        assembler.setModel(json["model"].text());
        for (std::uint32_t row = 0; row < json["choices"].size(); ++row)
            takeChoice(json["choices"].at(row), row, assembler);
        takeUsage(json["usage"], assembler);
        return true;
    }

private:
    static void takeChoice(const JsonValue &choice, std::uint32_t row, Assembler &assembler)
    {
        const std::uint64_t index = choice["index"].count().value_or(row);
        const JsonValue delta = choice["delta"];
        // Reasoning has two names: that of DeepSeek and vLLM, and that of OpenRouter.
        const JsonValue reasoning = delta["reasoning_content"];
        assembler.append(SpanKind::Reasoning, index, 0,
                         reasoning.isString() ? reasoning.text() : delta["reasoning"].text());
        takeContent(delta["content"], index, assembler);
        assembler.append(SpanKind::Text, index, 0, choice["text"].text());
        assembler.append(SpanKind::Refusal, index, 0, delta["refusal"].text());
        const JsonValue calls = delta["tool_calls"];
        for (std::uint32_t call = 0; call < calls.size(); ++call)
            takeCall(calls.at(call), index, calls.at(call)["index"].count().value_or(call), assembler);
        // What tool calls were before there could be several.
        if (const JsonValue function = delta["function_call"]; function.isObject())
            takeFunction(function, {}, index, 0, assembler);
        const std::string reason = choice["finish_reason"].text();
        assembler.finish(reason);
        if (!reason.empty())
            assembler.conclude(); // of several the last one to end; the usage may follow
    }

    /// A text, or an array of parts: texts, and with Mistral what was thought, which again is one or the other.
    static void takeContent(const JsonValue &content, std::uint64_t choice, Assembler &assembler)
    {
        assembler.append(SpanKind::Text, choice, 0, content.text());
        if (!content.isArray())
            return;
        for (std::uint32_t row = 0; row < content.size(); ++row) {
            const JsonValue part = content.at(row);
            assembler.append(SpanKind::Text, choice, 0, part.isString() ? part.text() : part["text"].text());
            assembler.append(SpanKind::Refusal, choice, 0, part["refusal"].text());
            const JsonValue thought = part["thinking"];
            assembler.append(SpanKind::Reasoning, choice, 0, thought.text());
            for (std::uint32_t piece = 0; thought.isArray() && piece < thought.size(); ++piece)
                assembler.append(SpanKind::Reasoning, choice, 0, thought.at(piece)["text"].text());
        }
    }

    static void takeCall(const JsonValue &call, std::uint64_t choice, std::uint64_t place, Assembler &assembler)
    {
        const JsonValue function = call["function"];
        takeFunction(function.isObject() ? function : call["custom"], call["id"].text(), choice, place, assembler);
    }

    static void takeFunction(const JsonValue &function, const std::string &id, std::uint64_t choice,
                             std::uint64_t place, Assembler &assembler)
    {
        assembler.nameTool(choice, place, id, function["name"].text());
        assembler.append(SpanKind::ToolCall, choice, place, function["arguments"].text());
        assembler.append(SpanKind::ToolCall, choice, place, function["input"].text());
    }

    static void takeUsage(const JsonValue &usage, Assembler &assembler)
    {
        if (!usage.isObject())
            return;
        assembler.addUsage({.input = usage["prompt_tokens"].count(),
                            .output = usage["completion_tokens"].count(),
                            .reasoning = usage["completion_tokens_details"]["reasoning_tokens"].count(),
                            .cached = usage["prompt_tokens_details"]["cached_tokens"].count(),
                            .total = usage["total_tokens"].count()});
    }
};

} // namespace

std::unique_ptr<DeltaShape> makeOpenAiChatShape()
{
    return std::make_unique<OpenAiChatShape>();
}

} // namespace pushscope
