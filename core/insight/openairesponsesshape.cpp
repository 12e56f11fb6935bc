#include "core/insight/assembler.h"
#include "core/insight/deltashape.h"

#include <array>
#include <utility>

namespace pushscope {

namespace {

/// Which kind of text an event's delta belongs to, by the event's type without "response." and ".delta".
constexpr std::array<std::pair<ByteView, SpanKind>, 9> Deltas = {{
    {"output_text", SpanKind::Text},
    {"refusal", SpanKind::Refusal},
    {"reasoning_text", SpanKind::Reasoning},
    {"reasoning_summary_text", SpanKind::Reasoning},
    {"reasoning_summary", SpanKind::Reasoning},
    {"function_call_arguments", SpanKind::ToolCall},
    {"custom_tool_call_input", SpanKind::ToolCall},
    {"mcp_call_arguments", SpanKind::ToolCall},
    {"code_interpreter_call_code", SpanKind::ToolCall},
}};

std::optional<SpanKind> kindOf(ByteView name)
{
    for (const auto &[delta, kind] : Deltas) {
        if (delta == name)
            return kind;
    }
    return {};
}

/// The typed events of POST /v1/responses with "stream": true.
class OpenAiResponsesShape : public DeltaShape
{
public:
    bool take(const DeltaEvent &event, Assembler &assembler) override
    {
        constexpr ByteView prefix = "response.";
        const JsonValue json = event.json;
        const std::string type = json["type"].text();
        if (type == "error") {
            // Its words stand in the event itself; some servers put them into an object.
            assembler.addError(describeStreamError(json["error"].isObject() ? json["error"] : json));
            return true;
        }
        if (!type.starts_with(prefix))
            return false;
        takeResponse(ByteView(type).substr(prefix.size()), json, assembler);
        return true;
    }

private:
    static void takeResponse(ByteView name, const JsonValue &json, Assembler &assembler)
    {
        const JsonValue response = json["response"];
        if (name == "created")
            assembler.beginResponse(response["id"].text());
        else
            assembler.continueResponse(response["id"].text());
        assembler.setModel(response["model"].text());
        if (name == "output_item.added")
            takeItem(json, assembler);
        else if (name.ends_with(".delta"))
            takeDelta(name.substr(0, name.rfind('.')), json, assembler);
        else if (name.ends_with(".done"))
            takeWhole(name.substr(0, name.rfind('.')), json, assembler);
        else if (name == "completed" || name == "incomplete" || name == "failed")
            takeEnd(response, assembler);
    }

    /// A part of an item: its content parts, and behind them the summaries of its reasoning.
    static std::uint64_t placeOf(const JsonValue &json, SpanKind kind)
    {
        constexpr std::uint64_t partsOfAnItem = 1 << 16;
        constexpr std::uint64_t summaries = partsOfAnItem / 2;
        const auto summary = json["summary_index"].count();
        const std::uint64_t part =
            summary ? summaries + *summary % summaries : json["content_index"].count().value_or(0) % summaries;
        const std::uint64_t item = json["output_index"].count().value_or(0) % (std::uint64_t(1) << 32);
        return item * partsOfAnItem + (kind == SpanKind::ToolCall ? 0 : part);
    }

    static void takeItem(const JsonValue &json, Assembler &assembler)
    {
        const JsonValue item = json["item"];
        if (const std::string name = item["name"].text(); !name.empty())
            assembler.nameTool(0, placeOf(json, SpanKind::ToolCall), item["call_id"].text(), name);
    }

    static void takeDelta(ByteView name, const JsonValue &json, Assembler &assembler)
    {
        if (const auto kind = kindOf(name))
            assembler.append(*kind, 0, placeOf(json, *kind), json["delta"].text());
    }

    /// The whole again, at its end: for servers that sent no deltas of it.
    static void takeWhole(ByteView name, const JsonValue &json, Assembler &assembler)
    {
        const auto kind = kindOf(name);
        if (!kind || !assembler.isEmpty(*kind, 0, placeOf(json, *kind)))
            return;
        for (const ByteView member : {"text", "arguments", "refusal", "input", "code"})
            assembler.append(*kind, 0, placeOf(json, *kind), json[member].text());
    }

    static void takeEnd(const JsonValue &response, Assembler &assembler)
    {
        const std::string reason = response["incomplete_details"]["reason"].text();
        const std::string status = response["status"].text();
        assembler.finish(reason.empty() ? status : status + ": " + reason);
        if (const JsonValue error = response["error"]; error.isObject())
            assembler.addError(describeStreamError(error));
        if (const JsonValue usage = response["usage"]; usage.isObject())
            assembler.addUsage({.input = usage["input_tokens"].count(),
                                .output = usage["output_tokens"].count(),
                                .reasoning = usage["output_tokens_details"]["reasoning_tokens"].count(),
                                .cached = usage["input_tokens_details"]["cached_tokens"].count(),
                                .total = usage["total_tokens"].count()});
        assembler.endResponse();
    }
};

} // namespace

std::unique_ptr<DeltaShape> makeOpenAiResponsesShape()
{
    return std::make_unique<OpenAiResponsesShape>();
}

} // namespace pushscope
