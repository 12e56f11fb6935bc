#include "core/insight/cookiehistory.h"

#include "core/base/finding.h"
#include "core/capture/capture.h"
#include "core/capture/details/httpdetails.h"

#include <algorithm>
#include <set>

namespace pushscope {

namespace {

/// The numbers of the answer's Set-Cookie fields that the engine refused: its Findings stand right behind it.
std::set<std::int64_t> refusedOf(const Capture &capture, Seq answer)
{
    std::set<std::int64_t> numbers;
    const std::uint64_t published = capture.counts().records;
    for (std::uint64_t next = answer.value + 1; next <= published; ++next) {
        const Record &record = capture.record(Seq(next));
        if (record.kind != RecordKind::Finding || record.related != answer.value)
            break;
        const FindingEntry &finding = capture.finding(record.derived);
        if (static_cast<Rule>(finding.rule) == Rule::HttpCookieRefused)
            numbers.insert(finding.argument);
    }
    return numbers;
}

void take(const Capture &capture, Seq answer, const Url &url, CookieJar &jar)
{
    constexpr std::int64_t second = 1'000'000'000;
    const std::int64_t now = (capture.wallStart() + capture.record(answer).time) / second;
    const std::set<std::int64_t> refused = refusedOf(capture, answer);
    std::int64_t number = 0;
    for (const HeaderField &field : httpHeadOf(capture, answer).headers) {
        if (equalsIgnoreCase(field.name, "Set-Cookie") && !refused.contains(++number))
            jar.take(url, field.value, now, answer.value);
    }
}

} // namespace

std::optional<Url> urlOfRequest(const Capture &capture, Seq request, bool isSecure)
{
    const HttpHead head = httpHeadOf(capture, request);
    const bool isHttp2 = head.version == HttpVersion::Http2;
    const auto authority = head.headers.value(isHttp2 ? ":authority" : "Host");
    const auto scheme = head.headers.value(":scheme");
    if (!authority)
        return {};
    const std::string text =
        std::string(scheme.value_or(isSecure ? "https" : "http")) + "://" + std::string(*authority) + head.target;
    auto url = parseUrl(text);
    return url ? std::optional(std::move(*url)) : std::nullopt;
}

std::vector<Cookie> cookiesBehind(const Capture &capture, const std::vector<Seq> &records, Seq upTo)
{
    const auto end = std::ranges::upper_bound(records, upTo);
    const auto begin = end - std::min<std::ptrdiff_t>(end - records.begin(), AnswersLimit * 8);
    std::set<std::uint32_t> secure;
    std::vector<Seq> answers;
    for (auto at = begin; at != end; ++at) {
        const Record &record = capture.record(*at);
        if (record.kind == RecordKind::Tls)
            secure.insert(record.connection);
        else if (record.kind == RecordKind::HttpResponse && record.related != 0)
            answers.push_back(*at);
    }
    if (answers.size() > AnswersLimit)
        answers.erase(answers.begin(), answers.end() - AnswersLimit);
    CookieJar jar;
    for (const Seq answer : answers) {
        const Record &record = capture.record(answer);
        if (const auto url = urlOfRequest(capture, Seq(record.related), secure.contains(record.connection)))
            take(capture, answer, *url, jar);
    }
    return jar.all();
}

} // namespace pushscope
