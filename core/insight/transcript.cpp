#include "core/insight/transcript.h"

#include "core/base/jsondocument.h"
#include "core/capture/files/jsontext.h"

namespace pushscope {

namespace {

void appendHeading(std::string &out, const AssembledResponse &response, std::size_t number)
{
    out.append(out.empty() ? "" : "\n").append("=== response ").append(std::to_string(number));
    for (const std::string &fact : {response.model, response.id}) {
        if (!fact.empty())
            out.append(" ").append(fact);
    }
    for (const std::string &reason : response.finishReasons)
        out.append(" [").append(reason).append("]");
    out.append("\n");
}

void appendHeading(std::string &out, const AssembledPart &part)
{
    out.append("\n--- ").append(word(part.kind));
    if (part.choice > 0)
        out.append(" of choice ").append(std::to_string(part.choice));
    for (const std::string &fact : {part.name, part.id}) {
        if (!fact.empty())
            out.append(" ").append(fact);
    }
    out.append("\n");
}

} // namespace

std::string transcriptOf(const Assembler &texts)
{
    std::string out;
    std::size_t headed = 0;
    for (const AssembledPart &part : texts.parts()) {
        for (; headed <= part.response; ++headed)
            appendHeading(out, texts.responses()[headed], headed + 1);
        appendHeading(out, part);
        out.append(part.text).append(part.text.ends_with('\n') ? "" : "\n");
    }
    return out;
}

std::string answerOf(const Assembler &texts, std::size_t response)
{
    std::string out;
    for (const AssembledPart &part : texts.parts()) {
        if (part.response == response && (part.kind == SpanKind::Text || part.kind == SpanKind::Refusal))
            out.append(out.empty() ? "" : "\n\n").append(part.text);
    }
    return out;
}

std::string toolCallsOf(const Assembler &texts, std::size_t response)
{
    std::string out;
    for (const AssembledPart &part : texts.parts()) {
        if (part.response != response || part.kind != SpanKind::ToolCall)
            continue;
        out.append(out.empty() ? "[\n" : ",\n").append("  {\"id\": ");
        appendStringOrBase64(out, part.id);
        out.append(", \"name\": ");
        appendStringOrBase64(out, part.name);
        out.append(", \"arguments\": ");
        if (JsonDocument::parse(part.text))
            out.append(part.text);
        else
            appendStringOrBase64(out, part.text);
        out.append("}");
    }
    return out.empty() ? out : out + "\n]\n";
}

} // namespace pushscope
