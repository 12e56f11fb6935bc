#include "core/demo/answer.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <iterator>
#include <utility>

namespace pushscope::demo {

std::string_view reasonPhrase(int status)
{
    static constexpr std::pair<int, std::string_view> phrases[]{
        {101, "Switching Protocols"},
        {103, "Early Hints"},
        {200, "OK"},
        {202, "Accepted"},
        {204, "No Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {408, "Request Timeout"},
        {413, "Content Too Large"},
        {421, "Misdirected Request"},
        {426, "Upgrade Required"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
    };
    const auto *found =
        std::find_if(std::begin(phrases), std::end(phrases), [&](const auto &entry) { return entry.first == status; });
    return found == std::end(phrases) ? std::string_view() : found->second;
}

HttpHead answerHead(int status, Headers headers)
{
    HttpHead head;
    head.isRequest = false;
    head.status = status;
    head.reason = reasonPhrase(status);
    head.headers = std::move(headers);
    return head;
}

Headers eventStreamFields(bool isChunked)
{
    Headers fields{{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
    if (isChunked)
        fields.add("Transfer-Encoding", "chunked");
    return fields;
}

Answer contentAnswer(int status, std::string_view contentType, Bytes body)
{
    return {status,
            {{"Content-Type", std::string(contentType)},
             {"Cache-Control", "no-store"},
             {"X-Content-Type-Options", "nosniff"}},
            std::move(body),
            true};
}

Answer textAnswer(int status, std::string_view sentence)
{
    return contentAnswer(status, "text/plain; charset=utf-8", Bytes(sentence) + ".\n");
}

Answer refusalAnswer(const ParameterRefusal &refusal)
{
    const QJsonObject object{{QStringLiteral("error"), QString::fromStdString(refusal.detail)},
                             {QStringLiteral("parameter"), QString::fromStdString(refusal.name)},
                             {QStringLiteral("range"), QString::fromStdString(refusal.range)}};
    return contentAnswer(400, "application/json",
                         QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString() + "\n");
}

Answer tooManyFeeds()
{
    return textAnswer(503,
                      "this demo server has as many feeds as it keeps; one is forgotten 60 s after its last reader");
}

Answer methodAnswer(std::string_view allowed)
{
    Answer answer = textAnswer(405, "this path takes " + std::string(allowed));
    answer.headers.add("Allow", std::string(allowed));
    return answer;
}

} // namespace pushscope::demo
