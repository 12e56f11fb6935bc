#include "core/engine/answer.h"

#include "core/engine/redirect.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace pushscope {

namespace {

constexpr std::array<std::string_view, 7> LineTypes = {
    "application/x-ndjson",   "application/ndjson",   "application/jsonl",       "application/x-jsonlines",
    "application/json-lines", "application/json-seq", "application/stream+json",
};

AnswerPlan refuse(ErrorCode code, std::string detail)
{
    return {AnswerUse::Refused, {code, std::move(detail)}, {}};
}

std::string statusLine(const HttpHead &answer)
{
    return std::to_string(answer.status) + (answer.reason.empty() ? "" : " " + answer.reason);
}

AnswerPlan refuseStatus(const HttpHead &answer)
{
    if (answer.status ==
        204) // 9.2: "clients can be told to stop reconnecting using the HTTP 204 No Content response code"
        return refuse(ErrorCode::HttpStatus, "the server asked to stop (" + statusLine(answer) + ")");
    return refuse(ErrorCode::HttpStatus, "the server answered " + statusLine(answer));
}

/// Content that a coding wraps can't be interpreted before it is undone; nobody asked for one.
bool isCoded(const HttpHead &answer)
{
    const auto codings = answer.headers.list("Content-Encoding");
    return std::any_of(codings.begin(), codings.end(),
                       [](const std::string &coding) { return !equalsIgnoreCase(coding, "identity"); });
}

AnswerPlan planEventStream(const HttpHead &answer, std::string_view contentType)
{
    AnswerPlan plan{AnswerUse::EventStream, {}, {}};
    const auto charset = mediaTypeParameter(contentType, "charset");
    if (charset && !equalsIgnoreCase(*charset, "utf-8"))
        plan.findings.push_back({Rule::SseContentTypeCharset}); // 9.2.6: always decoded as UTF-8, whatever it says
    if (const auto length = answer.headers.value("Content-Length")) {
        std::int64_t bytes = 0;
        std::from_chars(length->data(), length->data() + length->size(), bytes);
        plan.findings.push_back({Rule::HttpContentLengthOnStream, 0, 0, bytes});
    }
    if (isCoded(answer)) {
        plan.use = AnswerUse::Chunks;
        plan.findings.push_back({Rule::HttpContentCodingUnknown});
    }
    return plan;
}

bool isLineType(std::string_view essence)
{
    return std::find(LineTypes.begin(), LineTypes.end(), essence) != LineTypes.end();
}

/// A body that says of itself that it comes in pieces, and is not a page.
bool isStreamed(const HttpHead &answer, std::string_view essence)
{
    return !essence.empty() && essence != "text/html" && essence != "application/xhtml+xml" &&
           answer.headers.hasToken("Transfer-Encoding", "chunked");
}

} // namespace

AnswerPlan planAnswer(const HttpHead &answer, TransportChoice choice)
{
    if (isRedirect(answer.status))
        return {AnswerUse::Redirect, {}, {}};
    if (answer.status != 200)
        return refuseStatus(answer);
    // Of several Content-Type fields the last counts (Fetch, "extract a MIME type").
    const std::string_view contentType = answer.headers.lastValue("Content-Type").value_or("");
    const std::string essence = mediaTypeEssence(contentType);
    if (essence == "text/event-stream")
        return planEventStream(answer, contentType);
    if (choice == TransportChoice::Auto && isLineType(essence) && !isCoded(answer))
        return {AnswerUse::Lines, {}, {}};
    if (choice == TransportChoice::Auto && isStreamed(answer, essence))
        return {AnswerUse::Chunks, {}, {}};
    AnswerPlan plan =
        refuse(ErrorCode::SseContentType,
               contentType.empty()
                   ? std::string("the answer has no Content-Type; text/event-stream was expected")
                   : "the answer's Content-Type is '" + std::string(contentType) + "'; text/event-stream was expected");
    plan.findings.push_back({Rule::SseContentTypeRefused});
    return plan;
}

} // namespace pushscope
