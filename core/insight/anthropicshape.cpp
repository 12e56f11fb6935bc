#include "core/insight/assembler.h"
#include "core/insight/deltashape.h"

namespace pushscope {

namespace {

/// The events of POST /v1/messages with "stream": true. Whatever other events there may be are passed over, as their
/// documentation asks.
class AnthropicShape : public DeltaShape
{
public:
    bool take(const DeltaEvent &event, Assembler &assembler) override
    {
        const JsonValue json = event.json;
        const std::string type = json["type"].text();
        if (type == "message_start") {
            const JsonValue message = json["message"];
            assembler.beginResponse(message["id"].text());
            assembler.setModel(message["model"].text());
            takeInput(message["usage"], assembler);
        } else if (type == "content_block_start") {
            takeBlock(json["content_block"], json["index"].count().value_or(0), assembler);
        } else if (type == "content_block_delta") {
            takeDelta(json["delta"], json["index"].count().value_or(0), assembler);
        } else if (type == "message_delta") {
            assembler.finish(json["delta"]["stop_reason"].text());
            takeUsage(json["usage"], assembler);
        } else if (type == "message_stop") {
            assembler.continueResponse({});
            assembler.endResponse();
        } else if (type == "error") {
            assembler.addError(describeStreamError(json["error"]));
        } else if (type == "content_block_stop" || type == "ping") {
            assembler.continueResponse({});
        } else {
            return false;
        }
        return true;
    }

private:
    /// A block begins empty, but it may bring something.
    static void takeBlock(const JsonValue &block, std::uint64_t index, Assembler &assembler)
    {
        const std::string type = block["type"].text();
        assembler.append(SpanKind::Text, 0, index, block["text"].text());
        assembler.append(SpanKind::Reasoning, 0, index, block["thinking"].text());
        if (type.ends_with("tool_use"))
            assembler.nameTool(0, index, block["id"].text(), block["name"].text());
    }

    static void takeDelta(const JsonValue &delta, std::uint64_t index, Assembler &assembler)
    {
        const std::string type = delta["type"].text();
        if (type == "text_delta")
            assembler.append(SpanKind::Text, 0, index, delta["text"].text());
        else if (type == "thinking_delta")
            assembler.append(SpanKind::Reasoning, 0, index, delta["thinking"].text());
        else if (type == "input_json_delta")
            assembler.append(SpanKind::ToolCall, 0, index, delta["partial_json"].text());
        else // a signature_delta or citations_delta adds no text
            assembler.continueResponse({});
    }

    /// The counts of message_delta are those so far.
    /// What a message begins with has an output, too: of the first token or so. A rate can't be told by it.
    static void takeInput(const JsonValue &usage, Assembler &assembler)
    {
        if (usage.isObject())
            assembler.addUsage(
                {.input = usage["input_tokens"].count(), .cached = usage["cache_read_input_tokens"].count()});
    }

    static void takeUsage(const JsonValue &usage, Assembler &assembler)
    {
        if (!usage.isObject())
            return;
        assembler.addUsage({.input = usage["input_tokens"].count(),
                            .output = usage["output_tokens"].count(),
                            .cached = usage["cache_read_input_tokens"].count()});
    }
};

} // namespace

std::unique_ptr<DeltaShape> makeAnthropicShape()
{
    return std::make_unique<AnthropicShape>();
}

} // namespace pushscope
