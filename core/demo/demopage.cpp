#include "core/demo/demopage.h"

#include "core/demo/scenarios/registry.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <string_view>

/// Resources of a static library are linked only where somebody asks for them; the macro works outside namespaces
/// alone.
static void useResources()
{
    Q_INIT_RESOURCE(demo);
}

namespace pushscope::demo {

namespace {

struct PageFile
{
    std::string_view path;
    std::string_view file;
    std::string_view contentType;
};

constexpr std::array kFiles{
    PageFile{"/", ":/demo/index.html", "text/html; charset=utf-8"},
    PageFile{"/demo.js", ":/demo/demo.js", "text/javascript; charset=utf-8"},
    PageFile{"/demo.css", ":/demo/demo.css", "text/css; charset=utf-8"},
};

Answer fileAnswer(const PageFile &page, const Request &request)
{
    useResources();
    QFile file(QString::fromLatin1(page.file.data(), static_cast<qsizetype>(page.file.size())));
    if (!file.open(QIODevice::ReadOnly))
        return textAnswer(500, "the page is missing from this build");
    Answer answer = contentAnswer(200, page.contentType, file.readAll().toStdString());
    // Not every browser counts ws: as 'self'; Host has been checked, so it may stand here.
    const std::string &host = request.authority;
    answer.headers.add("Content-Security-Policy",
                       "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws://" + host +
                           " wss://" + host + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    answer.headers.add("Referrer-Policy", "no-referrer");
    return answer;
}

QJsonObject toJson(const Scenario &scenario)
{
    QJsonArray urls;
    for (const std::string &path : scenario.paths)
        urls.append(QString::fromStdString(path));
    QJsonArray parameters;
    for (const ScenarioParameter &parameter : scenario.parameters) {
        parameters.append(QJsonObject{{QStringLiteral("name"), QString::fromStdString(parameter.name)},
                                      {QStringLiteral("range"), QString::fromStdString(parameter.range)},
                                      {QStringLiteral("meaning"), QString::fromStdString(parameter.meaning)}});
    }
    QJsonObject object{{QStringLiteral("id"), QString::fromStdString(scenario.id)},
                       {QStringLiteral("group"), QString::fromStdString(scenario.group)},
                       {QStringLiteral("title"), QString::fromStdString(scenario.title)},
                       {QStringLiteral("watch"), QString::fromStdString(scenario.watch)},
                       {QStringLiteral("urls"), urls},
                       {QStringLiteral("parameters"), parameters}};
    if (scenario.method != "GET") {
        object.insert(QStringLiteral("method"), QString::fromStdString(scenario.method));
        object.insert(QStringLiteral("contentType"), QString::fromStdString(scenario.contentType));
        object.insert(QStringLiteral("body"), QString::fromStdString(scenario.body));
    }
    return object;
}

Answer listAnswer()
{
    QJsonArray list;
    for (const Scenario &scenario : scenarioList())
        list.append(toJson(scenario));
    return contentAnswer(200, "application/json", QJsonDocument(list).toJson().toStdString());
}

} // namespace

std::optional<Answer> demoPage(const Request &request)
{
    if (request.path == "/scenarios")
        return listAnswer();
    if (request.path == "/favicon.ico")
        return Answer{204, {{"Cache-Control", "max-age=86400"}}, {}};
    const auto *found =
        std::find_if(kFiles.begin(), kFiles.end(), [&](const PageFile &file) { return file.path == request.path; });
    if (found == kFiles.end())
        return std::nullopt;
    return fileAnswer(*found, request);
}

} // namespace pushscope::demo
