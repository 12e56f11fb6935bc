#include "core/insight/deltashape.h"

namespace pushscope {

namespace {

/// Of a first event that tells nothing but an error: whose words it is in. JSON-RPC has errors like these, too.
std::optional<AssemblyPreset> presetOfError(const JsonValue &json)
{
    const JsonValue error = json["error"];
    const JsonValue &told = error.isObject() ? error : json;
    if (!told["message"].isString() || json["jsonrpc"])
        return {};
    if (json["type"].text() == "error" && error.isObject())
        return AssemblyPreset::Anthropic;
    if (json["type"].text() == "error" && json["sequence_number"])
        return AssemblyPreset::OpenAiResponses;
    if (error.isObject() && error["status"].isString() && error["code"].isNumber())
        return AssemblyPreset::Gemini;
    return error["code"] || error["type"].isString() ? std::optional(AssemblyPreset::OpenAiChat) : std::nullopt;
}

} // namespace

std::optional<AssemblyPreset> presetOf(const DeltaEvent &event)
{
    const JsonValue &json = event.json;
    if (!json.isObject())
        return {};
    const std::string type = json["type"].text();
    if (type.starts_with("response."))
        return AssemblyPreset::OpenAiResponses;
    if (type == "message_start" || type.starts_with("content_block_") || type == "message_delta")
        return AssemblyPreset::Anthropic;
    if (const JsonValue choice = json["choices"].at(0);
        json["object"].text() == "chat.completion.chunk" || choice["delta"].isObject() || choice["text"].isString())
        return AssemblyPreset::OpenAiChat;
    if (json["candidates"].isArray() || json["usageMetadata"].isObject() || json["promptFeedback"].isObject())
        return AssemblyPreset::Gemini;
    if (json["model"].isString() && json["created_at"].isString() && json["done"])
        return AssemblyPreset::Ollama;
    return presetOfError(json);
}

std::string describeStreamError(const JsonValue &error)
{
    const std::string message = error["message"].text();
    if (message.empty())
        return error.isString() ? error.text() : std::string(error.spelled());
    // Of the marks that there are the one that people would look for.
    std::string code = error["code"].text();
    for (const ByteView name : {"type", "status"}) {
        if (code.empty())
            code = error[name].text();
    }
    if (code.empty() && error["code"].isNumber())
        code = error["code"].spelled();
    return code.empty() ? message : message + " (" + code + ")";
}

} // namespace pushscope
