#include "core/engine/answer.h"

#include "core/engine/redirect.h"
#include "core/wire/coding/contentcoding.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pushscope {

namespace {

constexpr std::array<std::string_view, 6> LineTypes = {
    "application/x-ndjson",    "application/ndjson",     "application/jsonl",
    "application/x-jsonlines", "application/json-lines", "application/stream+json",
};

AnswerPlan refuse(ErrorCode code, std::string detail)
{
    AnswerPlan plan;
    plan.error = {code, std::move(detail)};
    return plan;
}

AnswerPlan planFor(AnswerUse use)
{
    AnswerPlan plan;
    plan.use = use;
    return plan;
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

/// Content that a coding wraps can't be read before it is undone.
bool isUnreadable(const HttpHead &answer)
{
    return !contentCodings(answer.headers).isKnown;
}

AnswerPlan planEventStream(const HttpHead &answer, std::string_view contentType)
{
    AnswerPlan plan = planFor(AnswerUse::EventStream);
    const auto charset = mediaTypeParameter(contentType, "charset");
    if (charset && !equalsIgnoreCase(*charset, "utf-8"))
        plan.findings.push_back({Rule::SseContentTypeCharset}); // 9.2.6: always decoded as UTF-8, whatever it says
    if (const auto length = answer.headers.value("Content-Length")) {
        std::int64_t bytes = 0;
        std::from_chars(length->data(), length->data() + length->size(), bytes);
        plan.findings.push_back({Rule::HttpContentLengthOnStream, 0, 0, bytes});
    }
    if (isUnreadable(answer))
        plan.use = AnswerUse::Chunks;
    return plan;
}

AnswerPlan planMultipart(std::string_view contentType)
{
    AnswerPlan plan = planFor(AnswerUse::Parts);
    plan.boundary = mediaTypeParameter(contentType, "boundary").value_or("");
    if (!MultipartSplitter::isBoundary(plan.boundary)) {
        plan.use = AnswerUse::Chunks;
        plan.findings.push_back({Rule::MultipartNoBoundary});
    }
    return plan;
}

/// A type that says of itself what its units are.
std::optional<AnswerPlan> planDeclaredStream(std::string_view contentType, std::string_view essence)
{
    if (std::find(LineTypes.begin(), LineTypes.end(), essence) != LineTypes.end())
        return planFor(AnswerUse::Lines);
    if (essence == "application/json-seq" || essence.ends_with("+json-seq")) // RFC 8091
        return planFor(AnswerUse::JsonTexts);
    if (essence.starts_with("multipart/"))
        return planMultipart(contentType);
    return std::nullopt;
}

/// A body that may go on for ever, and is not a page: its length was not announced (RFC 9112 section 6.3, RFC 9113
/// section 8.1.1).
bool isStreamed(const HttpHead &answer, std::string_view essence)
{
    return !essence.empty() && essence != "text/html" && essence != "application/xhtml+xml" &&
           (answer.headers.hasToken("Transfer-Encoding", "chunked") || !answer.headers.contains("Content-Length"));
}

AnswerPlan planOtherType(const HttpHead &answer, std::string_view contentType, std::string_view essence,
                         TransportChoice choice)
{
    AnswerPlan plan =
        refuse(ErrorCode::SseContentType,
               contentType.empty()
                   ? std::string("the answer has no Content-Type; text/event-stream was expected")
                   : "the answer's Content-Type is '" + std::string(contentType) + "'; text/event-stream was expected");
    plan.mayBeEventStream = choice == TransportChoice::Auto;
    if (plan.mayBeEventStream && isStreamed(answer, essence))
        plan.use = AnswerUse::Chunks;
    else
        plan.findings.push_back({Rule::SseContentTypeRefused});
    return plan;
}

} // namespace

AnswerPlan planAnswer(const HttpHead &answer, TransportChoice choice)
{
    if (isRedirect(answer.status))
        return planFor(AnswerUse::Redirect);
    if (answer.status != 200)
        return refuseStatus(answer);
    // Of several Content-Type fields the last counts (Fetch, "extract a MIME type").
    const std::string_view contentType = answer.headers.lastValue("Content-Type").value_or("");
    const std::string essence = mediaTypeEssence(contentType);
    if (essence == "text/event-stream")
        return planEventStream(answer, contentType);
    AnswerPlan plan = planOtherType(answer, contentType, essence, choice);
    if (choice == TransportChoice::Auto && !isUnreadable(answer)) {
        if (auto declared = planDeclaredStream(contentType, essence)) {
            declared->error = std::move(plan.error);
            declared->mayBeEventStream = true; // the first byte of what it declares says that it is none
            return std::move(*declared);
        }
    }
    return plan;
}

StreamSplitter splitterFor(const AnswerPlan &plan, std::uint64_t limit)
{
    switch (plan.use) {
    case AnswerUse::Lines: return LineSplitter(limit);
    case AnswerUse::JsonTexts: return JsonSequenceSplitter(limit);
    case AnswerUse::Parts: return MultipartSplitter(plan.boundary, limit);
    case AnswerUse::Chunks:
    case AnswerUse::EventStream:
    case AnswerUse::Redirect:
    case AnswerUse::Refused: break;
    }
    return PieceSplitter();
}

} // namespace pushscope
