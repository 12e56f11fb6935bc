#include "core/demo/modelstream.h"

#include "core/demo/scenarios/steps.h"

#include <initializer_list>

namespace pushscope::demo {

namespace {

constexpr std::string_view ToolName = "weather";
constexpr std::string_view BrokeOff = "The model broke off here, as the request asked it to";

/// A string of JSON (RFC 8259 section 7). What is said here has no control characters but line feeds.
std::string quoted(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '\n')
            out += "\\n";
        else if (c == '"' || c == '\\')
            out.append("\\").push_back(c);
        else
            out.push_back(c);
    }
    return out + "\"";
}

/// A template with "@" for each of the values.
std::string filled(std::string_view text, std::initializer_list<std::string> values)
{
    std::string out;
    const auto *value = values.begin();
    for (const char c : text) {
        if (c == '@' && value != values.end())
            out += *value++;
        else
            out.push_back(c);
    }
    return out;
}

std::string number(std::uint64_t value)
{
    return std::to_string(value);
}

/// Collects a format's events.
class Events
{
public:
    explicit Events(bool hasTypes) : m_hasTypes(hasTypes) {}

    /// An event whose JSON begins with its type, where the format names its events.
    void add(std::string_view type, const std::string &json, bool isToken = false)
    {
        Bytes bytes;
        if (m_hasTypes)
            bytes.append("event: ").append(type).append("\n");
        m_events.push_back({bytes.append("data: ").append(json).append("\n\n"), isToken});
    }
    void token(std::string_view type, const std::string &json) { add(type, json, true); }
    std::vector<ModelEvent> take() { return std::move(m_events); }

private:
    bool m_hasTypes;
    std::vector<ModelEvent> m_events;
};

std::vector<ModelEvent> openAiChat(const ModelTurn &turn)
{
    Events events(false);
    const std::string head =
        R"({"id":"chatcmpl-demo","object":"chat.completion.chunk","created":1767225600,"model":)" + quoted(turn.model);
    const auto chunk = [&head](const std::string &delta, const std::string &reason = "null") {
        return head + filled(R"(,"choices":[{"index":0,"delta":@,"finish_reason":@}],"usage":null})", {delta, reason});
    };
    events.add({}, chunk(R"({"role":"assistant","content":""})"));
    for (const std::string &token : turn.reasoning)
        events.token({}, chunk(filled(R"({"reasoning_content":@})", {quoted(token)})));
    for (const std::string &token : turn.text)
        events.token({}, chunk(filled(R"({"content":@})", {quoted(token)})));
    if (turn.breaksOff) {
        events.add({}, filled(R"({"error":{"message":@,"type":"server_error","param":null,"code":null}})",
                              {quoted(BrokeOff)}));
        return events.take();
    }
    if (!turn.arguments.empty())
        events.add(
            {},
            chunk(filled(
                R"({"tool_calls":[{"index":0,"id":"call_demo","type":"function","function":{"name":@,"arguments":""}}]})",
                {quoted(ToolName)})));
    for (const std::string &piece : turn.arguments)
        events.token({}, chunk(filled(R"({"tool_calls":[{"index":0,"function":{"arguments":@}}]})", {quoted(piece)})));
    events.add({}, chunk("{}", turn.arguments.empty() ? R"("stop")" : R"("tool_calls")"));
    events.add({}, head + filled(R"(,"choices":[],"usage":{"prompt_tokens":@,"completion_tokens":@,"total_tokens":@,)"
                                 R"("completion_tokens_details":{"reasoning_tokens":@}}})",
                                 {number(turn.promptTokens), number(turn.tokens()),
                                  number(turn.promptTokens + turn.tokens()), number(turn.reasoning.size())}));
    events.add({}, "[DONE]");
    return events.take();
}

std::vector<ModelEvent> openAiResponses(const ModelTurn &turn)
{
    Events events(true);
    std::uint64_t item = 0;
    const std::string model = quoted(turn.model);
    const auto itemEvent = [&item](std::string_view type, std::string_view rest, const std::string &text) {
        return filled(R"({"type":@,"output_index":@,@:@})", {quoted(type), number(item), std::string(rest), text});
    };
    const auto deltas = [&](const std::vector<std::string> &tokens, std::string_view type, std::string_view place) {
        for (const std::string &token : tokens)
            events.token(type, itemEvent(type, std::string(place) + R"("delta")", quoted(token)));
        ++item;
    };
    events.add(
        "response.created",
        filled(
            R"({"type":"response.created","response":{"id":"resp_demo","object":"response","status":"in_progress","model":@,"output":[]}})",
            {model}));
    if (!turn.reasoning.empty())
        deltas(turn.reasoning, "response.reasoning_summary_text.delta", R"("summary_index":0,)");
    deltas(turn.text, "response.output_text.delta", R"("content_index":0,)");
    if (!turn.arguments.empty()) {
        events.add("response.output_item.added",
                   itemEvent("response.output_item.added", R"("item")",
                             filled(R"({"type":"function_call","call_id":"call_demo","name":@,"arguments":""})",
                                    {quoted(ToolName)})));
        deltas(turn.arguments, "response.function_call_arguments.delta", {});
    }
    const std::string usage = filled(
        R"({"input_tokens":@,"output_tokens":@,"output_tokens_details":{"reasoning_tokens":@},"total_tokens":@})",
        {number(turn.promptTokens), number(turn.tokens()), number(turn.reasoning.size()),
         number(turn.promptTokens + turn.tokens())});
    const std::string type = turn.breaksOff ? "response.failed" : "response.completed";
    const std::string error =
        turn.breaksOff ? filled(R"({"code":"server_error","message":@})", {quoted(BrokeOff)}) : "null";
    events.add(type, filled(R"({"type":@,"response":{"id":"resp_demo","status":@,"model":@,"error":@,"usage":@}})",
                            {quoted(type), turn.breaksOff ? R"("failed")" : R"("completed")", model, error, usage}));
    return events.take();
}

std::vector<ModelEvent> anthropic(const ModelTurn &turn)
{
    Events events(true);
    std::uint64_t index = 0;
    const auto block = [&](const std::string &start, const std::vector<std::string> &tokens, std::string_view delta) {
        if (tokens.empty())
            return;
        events.add("content_block_start",
                   filled(R"({"type":"content_block_start","index":@,"content_block":@})", {number(index), start}));
        for (const std::string &token : tokens)
            events.token("content_block_delta", filled(R"({"type":"content_block_delta","index":@,"delta":@})",
                                                       {number(index), filled(delta, {quoted(token)})}));
        events.add("content_block_stop", filled(R"({"type":"content_block_stop","index":@})", {number(index++)}));
    };
    events.add(
        "message_start",
        filled(R"({"type":"message_start","message":{"id":"msg_demo","type":"message","role":"assistant","model":@,)"
               R"("content":[],"stop_reason":null,"usage":{"input_tokens":@,"output_tokens":1}}})",
               {quoted(turn.model), number(turn.promptTokens)}));
    events.add("ping", R"({"type":"ping"})");
    block(R"({"type":"thinking","thinking":"","signature":""})", turn.reasoning,
          R"({"type":"thinking_delta","thinking":@})");
    block(R"({"type":"text","text":""})", turn.text, R"({"type":"text_delta","text":@})");
    if (turn.breaksOff) {
        events.add("error",
                   filled(R"({"type":"error","error":{"type":"overloaded_error","message":@}})", {quoted(BrokeOff)}));
        return events.take();
    }
    block(filled(R"({"type":"tool_use","id":"toolu_demo","name":@,"input":{}})", {quoted(ToolName)}), turn.arguments,
          R"({"type":"input_json_delta","partial_json":@})");
    events.add(
        "message_delta",
        filled(R"({"type":"message_delta","delta":{"stop_reason":@,"stop_sequence":null},"usage":{"output_tokens":@}})",
               {turn.arguments.empty() ? R"("end_turn")" : R"("tool_use")", number(turn.tokens())}));
    events.add("message_stop", R"({"type":"message_stop"})");
    return events.take();
}

std::vector<ModelEvent> gemini(const ModelTurn &turn)
{
    Events events(false);
    const std::string tail = filled(R"("modelVersion":@,"responseId":"demo"})", {quoted(turn.model)});
    const auto part = [&tail](const std::string &content) {
        return filled(R"({"candidates":[{"content":{"parts":[@],"role":"model"},"index":0}],)", {content}) + tail;
    };
    for (const std::string &token : turn.reasoning)
        events.token({}, part(filled(R"({"text":@,"thought":true})", {quoted(token)})));
    for (const std::string &token : turn.text)
        events.token({}, part(filled(R"({"text":@})", {quoted(token)})));
    if (turn.breaksOff) {
        events.add({}, filled(R"({"error":{"code":503,"message":@,"status":"UNAVAILABLE"}})", {quoted(BrokeOff)}));
        return events.take();
    }
    if (!turn.arguments.empty()) {
        std::string whole;
        for (const std::string &piece : turn.arguments)
            whole += piece;
        events.token({}, part(filled(R"({"functionCall":{"name":@,"args":@}})", {quoted(ToolName), whole})));
    }
    const std::uint64_t said = turn.tokens() - turn.reasoning.size();
    events.add(
        {},
        filled(
            R"({"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"STOP","index":0}],)"
            R"("usageMetadata":{"promptTokenCount":@,"candidatesTokenCount":@,"thoughtsTokenCount":@,"totalTokenCount":@},)",
            {number(turn.promptTokens), number(said), number(turn.reasoning.size()),
             number(turn.promptTokens + turn.tokens())}) +
            tail);
    return events.take();
}

} // namespace

std::vector<ModelEvent> modelEvents(ModelFormat format, const ModelTurn &turn)
{
    switch (format) {
    case ModelFormat::OpenAiChat: return openAiChat(turn);
    case ModelFormat::OpenAiResponses: return openAiResponses(turn);
    case ModelFormat::Anthropic: return anthropic(turn);
    case ModelFormat::Gemini: return gemini(turn);
    }
    return {};
}

Script modelScript(const std::vector<ModelEvent> &events, const Parameters &parameters)
{
    const std::uint64_t perSecond = parameters.number("tps");
    const std::uint64_t burst = parameters.number("burst");
    Script script{{streamHead()}};
    std::uint64_t tokens = 0;
    std::uint64_t waited = 0;
    Bytes held;
    for (const ModelEvent &event : events) {
        held += event.bytes;
        if (!event.isToken || ++tokens % burst != 0)
            continue;
        const std::uint64_t due = tokens * 1000 / perSecond;
        script.steps.push_back(wait(due - waited));
        script.steps.push_back(body(std::move(held)));
        waited = due;
        held.clear();
    }
    if (!held.empty())
        script.steps.push_back(body(std::move(held)));
    script.steps.push_back(step::End{});
    return script;
}

} // namespace pushscope::demo
