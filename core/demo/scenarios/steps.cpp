#include "core/demo/scenarios/steps.h"

#include "core/demo/answer.h"
#include "core/wire/sse/sseencoder.h"

#include <utility>

namespace pushscope::demo {

namespace {

Step frame(WsOpcode opcode, std::string_view payload, bool fin)
{
    WsFrameSpec spec;
    spec.opcode = opcode;
    spec.fin = fin;
    spec.payload = payload;
    return step::Frame{std::move(spec)};
}

} // namespace

Step streamHead()
{
    return step::Head{answerHead(200, eventStreamFields(true))};
}

Step endlessHead()
{
    return step::Head{answerHead(200, eventStreamFields(false))};
}

Script nothingMore()
{
    return {{step::Head{answerHead(204, {{"Cache-Control", "no-store"}})}, step::End{}}};
}

Script wholeAnswer(int status, Headers fields, Bytes content)
{
    fields.add("Content-Length", std::to_string(content.size()));
    return {{step::Head{answerHead(status, std::move(fields))}, body(std::move(content)), step::End{}}};
}

Bytes event(std::uint64_t id, std::string_view data)
{
    return encodeSse({std::to_string(id), {}, Bytes(data), std::nullopt});
}

Step body(Bytes bytes)
{
    return step::Body{std::move(bytes)};
}

Step wait(std::uint64_t milliseconds)
{
    return step::Wait{std::chrono::milliseconds(milliseconds)};
}

Step textFrame(std::string_view text, bool fin)
{
    return frame(WsOpcode::Text, text, fin);
}

Step continuation(std::string_view text, bool fin)
{
    return frame(WsOpcode::Continuation, text, fin);
}

Step pingFrame(std::string_view payload)
{
    return frame(WsOpcode::Ping, payload, true);
}

Step closeFrame(std::uint16_t code, std::string_view reason)
{
    return rawCloseFrame(closePayload(code, reason));
}

Step rawCloseFrame(std::string_view payload)
{
    return frame(WsOpcode::Close, payload, true);
}

ParameterSpec intervalParameter(std::uint64_t fallback)
{
    return ParameterSpec::number("interval", fallback, 0, 60'000, "milliseconds between the server's writes");
}

} // namespace pushscope::demo
