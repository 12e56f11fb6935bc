#include "core/insight/assembler.h"
#include "core/insight/deltashape.h"

namespace pushscope {

namespace {

/// The answers of :streamGenerateContent?alt=sse: each event a GenerateContentResponse.
class GeminiShape : public DeltaShape
{
public:
    bool take(const DeltaEvent &event, Assembler &assembler) override
    {
        const JsonValue json = event.json;
        if (const JsonValue error = json["error"]; error.isObject()) {
            assembler.addError(describeStreamError(error));
            return true;
        }
        const JsonValue candidates = json["candidates"];
        const JsonValue blocked = json["promptFeedback"]["blockReason"];
        if (!candidates.isArray() && !json["usageMetadata"].isObject() && !blocked)
            return false;
        assembler.continueResponse(json["responseId"].text());
        assembler.setModel(json["modelVersion"].text());
        for (std::uint32_t row = 0; row < candidates.size(); ++row)
            takeCandidate(candidates.at(row), row, assembler);
        assembler.finish(blocked.text());
        if (blocked)
            assembler.conclude();
        takeUsage(json["usageMetadata"], assembler);
        return true;
    }

private:
    static void takeCandidate(const JsonValue &candidate, std::uint32_t row, Assembler &assembler)
    {
        const std::uint64_t index = candidate["index"].count().value_or(row);
        const JsonValue parts = candidate["content"]["parts"];
        for (std::uint32_t part = 0; part < parts.size(); ++part)
            takePart(parts.at(part), index, assembler);
        const std::string reason = candidate["finishReason"].text();
        assembler.finish(reason);
        if (!reason.empty())
            assembler.conclude(); // of several the last one to end
    }

    /// Parts have no numbers: what goes on is what is of the same kind.
    static void takePart(const JsonValue &part, std::uint64_t candidate, Assembler &assembler)
    {
        if (const JsonValue call = part["functionCall"]; call.isObject())
            assembler.addToolCall(candidate, call["id"].text(), call["name"].text(), call["args"].spelled());
        else if (const JsonValue code = part["executableCode"]; code.isObject())
            assembler.addToolCall(candidate, {}, code["language"].text(), code["code"].text());
        else
            assembler.appendRun(part["thought"].isWord("true") ? SpanKind::Reasoning : SpanKind::Text, candidate,
                                part["text"].text());
    }

    /// What was thought is not among the candidates' tokens, but it was made.
    static void takeUsage(const JsonValue &usage, Assembler &assembler)
    {
        if (!usage.isObject())
            return;
        TokenUsage told{.input = usage["promptTokenCount"].count(),
                        .output = usage["candidatesTokenCount"].count(),
                        .reasoning = usage["thoughtsTokenCount"].count(),
                        .cached = usage["cachedContentTokenCount"].count(),
                        .total = usage["totalTokenCount"].count()};
        if (told.output && told.reasoning)
            *told.output += *told.reasoning;
        assembler.addUsage(told);
    }
};

} // namespace

std::unique_ptr<DeltaShape> makeGeminiShape()
{
    return std::make_unique<GeminiShape>();
}

} // namespace pushscope
