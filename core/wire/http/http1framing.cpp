#include "core/wire/http/http1framing.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

namespace pushscope {

namespace {

constexpr std::string_view contentLength = "Content-Length";
constexpr std::string_view transferEncoding = "Transfer-Encoding";

std::optional<std::uint64_t> decimal(std::string_view text)
{
    std::uint64_t number = 0;
    const char *end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || error != std::errc() || stopped != end)
        return std::nullopt;
    return number;
}

/// RFC 9110 section 8.6: several equal values count as one.
Expected<MessageFraming, Error> lengthFraming(const Headers &headers, const auto &find)
{
    const std::vector<std::string> values = headers.list(contentLength);
    std::optional<std::uint64_t> length;
    for (const std::string &value : values) {
        const std::optional<std::uint64_t> number = decimal(value);
        if (!number) {
            find(Rule::HttpBadContentLength);
            return Error{ErrorCode::HttpMalformed, "the Content-Length is no number: \"" + value + '"'};
        }
        if (length && *number != *length) {
            find(Rule::HttpConflictingContentLength);
            return Error{ErrorCode::HttpMalformed,
                         "several Content-Length values differ: \"" + headers.combined(contentLength) + '"'};
        }
        length = number;
    }
    if (!length) {
        find(Rule::HttpBadContentLength);
        return Error{ErrorCode::HttpMalformed, "the Content-Length is empty"};
    }
    return MessageFraming{BodyFraming::ContentLength, *length};
}

/// Section 6.3, rule 4. nullopt: no coding is named that would change the framing.
std::optional<Expected<MessageFraming, Error>> codingFraming(const HttpHead &head, const auto &find)
{
    const std::vector<std::string> codings = head.headers.list(transferEncoding);
    const auto isChunked = [](const std::string &coding) { return equalsIgnoreCase(coding, "chunked"); };
    const auto isIdentity = [](const std::string &coding) { return equalsIgnoreCase(coding, "identity"); };
    const bool usual = codings.size() == 1 && isChunked(codings.front()) && head.version != HttpVersion::Http10;
    if (!usual) // section 6.1: other codings are unknown here, and HTTP/1.0 has none
        find(Rule::HttpUnknownTransferCoding);
    if (std::all_of(codings.begin(), codings.end(), isIdentity)) // RFC 2616's name for "none"
        return std::nullopt;
    if (isChunked(codings.back()))
        return MessageFraming{BodyFraming::Chunked, 0};
    if (head.isRequest)
        return Error{ErrorCode::HttpMalformed, "the request's last transfer coding isn't chunked: \"" +
                                                   head.headers.combined(transferEncoding) + '"'};
    return MessageFraming{BodyFraming::UntilClose, 0};
}

bool hasNoBody(const HttpHead &head, AnswerTo request)
{
    return !head.isRequest && (request == AnswerTo::Head || (head.status >= 100 && head.status < 200) ||
                               head.status == 204 || head.status == 304);
}

bool startsTunnel(const HttpHead &head, AnswerTo request)
{
    return !head.isRequest &&
           (head.status == 101 || (request == AnswerTo::Connect && head.status >= 200 && head.status < 300));
}

} // namespace

AnswerTo answerTo(std::string_view method)
{
    if (method == "HEAD")
        return AnswerTo::Head;
    return method == "CONNECT" ? AnswerTo::Connect : AnswerTo::Other;
}

Expected<MessageFraming, Error> messageFraming(const HttpHead &head, AnswerTo request, ByteRange range,
                                               std::vector<Finding> &findings)
{
    const auto find = [&findings, range](Rule rule) {
        findings.push_back({rule, range.begin, static_cast<std::uint32_t>(range.size())});
    };
    if (startsTunnel(head, request))
        return MessageFraming{BodyFraming::Tunnel, 0};
    if (hasNoBody(head, request))
        return MessageFraming{BodyFraming::None, 0};
    const bool hasLength = head.headers.contains(contentLength);
    if (head.headers.contains(transferEncoding)) {
        if (hasLength) // rule 3: Transfer-Encoding wins
            find(Rule::HttpTransferEncodingAndLength);
        if (const auto framing = codingFraming(head, find))
            return *framing;
    }
    if (hasLength)
        return lengthFraming(head.headers, find);
    return MessageFraming{head.isRequest ? BodyFraming::None : BodyFraming::UntilClose, 0};
}

bool isPersistent(const HttpHead &head)
{
    if (head.headers.hasToken("Connection", "close"))
        return false;
    return head.version != HttpVersion::Http10 || head.headers.hasToken("Connection", "keep-alive");
}

} // namespace pushscope
