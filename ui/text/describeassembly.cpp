#include "ui/text/describeassembly.h"

#include "ui/text/format.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"

#include <QStringList>

namespace pushscope {

namespace {

const QString Separator = QStringLiteral(" \u00B7 ");

QString milliseconds(std::int64_t nanoseconds)
{
    return formatDuration(double(nanoseconds) / 1e6);
}

QString decimal(double value)
{
    return QString::number(value, 'f', value < 10 ? 2 : value < 100 ? 1 : 0);
}

QString counted(const std::optional<std::uint64_t> &count, const char *text)
{
    return count ? words(text).arg(formatCount(*count)) : QString();
}

QString usageOf(const TokenUsage &usage)
{
    const auto withPart = [](const QString &whole, const QString &part) {
        return whole.isEmpty() || part.isEmpty() ? whole + part : QStringLiteral("%1 (%2)").arg(whole, part);
    };
    QStringList told{withPart(counted(usage.input, "%1 in"), counted(usage.cached, "%1 cached")),
                     withPart(counted(usage.output, "%1 out"), counted(usage.reasoning, "%1 reasoning")),
                     counted(usage.total, "%1 in all")};
    told.removeAll(QString());
    return told.join(QStringLiteral(", "));
}

QString joined(const std::vector<std::string> &texts)
{
    QStringList list;
    for (const std::string &text : texts)
        list += visibleLine(text);
    return list.join(QStringLiteral(", "));
}

} // namespace

QString describePreset(AssemblyPreset preset)
{
    switch (preset) {
    case AssemblyPreset::OpenAiChat: return words("OpenAI chat completions");
    case AssemblyPreset::OpenAiResponses: return words("OpenAI responses");
    case AssemblyPreset::Anthropic: return words("Anthropic messages");
    case AssemblyPreset::Gemini: return words("Gemini");
    case AssemblyPreset::Ollama: return words("Ollama");
    case AssemblyPreset::Recipe: return words("Recipe of your own");
    }
    return {};
}

QString describeResponse(const AssembledResponse &response, std::size_t number)
{
    QString text = words("Response %1").arg(number);
    if (!response.model.empty())
        text += Separator + visibleLine(response.model);
    return text;
}

QString describePart(const AssembledPart &part)
{
    QString text;
    switch (part.kind) {
    case SpanKind::Text: text = words("\u25B8 Text"); break;
    case SpanKind::Reasoning: text = words("\u2026 Reasoning"); break;
    case SpanKind::ToolCall: text = words("\u0192 Tool call"); break;
    case SpanKind::Refusal: text = words("\u2298 Refusal"); break;
    case SpanKind::Error: text = words("\u2715 Error"); break;
    }
    if (part.choice > 0)
        text += Separator + words("choice %1").arg(part.choice);
    for (const std::string &fact : {part.name, part.id}) {
        if (!fact.empty())
            text += Separator + visibleLine(fact);
    }
    return text;
}

std::optional<double> tokensInDelta(const AssembledResponse &response)
{
    if (!response.usage.output || response.deltas == 0)
        return {};
    return double(*response.usage.output) / double(response.deltas);
}

std::optional<double> rateOf(const AssembledResponse &response)
{
    if (response.deltas < 2 || response.lastTokenAt <= response.firstTokenAt.value_or(0))
        return {};
    const double seconds = double(response.lastTokenAt - *response.firstTokenAt) / 1e9;
    return double(response.deltas - 1) * tokensInDelta(response).value_or(1) / seconds;
}

QList<std::pair<QString, QString>> figuresOf(const AssembledResponse &response)
{
    QList<std::pair<QString, QString>> figures;
    const QString none = QStringLiteral("\u2013");
    const std::int64_t began = response.beganAt();
    const bool isSinceRequest = response.requestAt.has_value();
    QString first = response.firstTokenAt ? milliseconds(*response.firstTokenAt - began) : none;
    if (isSinceRequest)
        first += Separator + words("first event %1").arg(milliseconds(response.firstEventAt - began));
    else
        first += Separator + words("after the first event");
    figures.append({words("First token"), first});
    const auto rate = rateOf(response);
    const bool areTokens = tokensInDelta(response).has_value();
    figures.append({areTokens ? words("Tokens a second") : words("Deltas a second"),
                    (rate ? decimal(*rate) : none) +
                        (areTokens ? Separator + words("by the usage told")
                                   : Separator + words("%n delta(s), tokens not told", qint64(response.deltas)))});
    figures.append({words("Longest pause"), response.deltas > 1 ? milliseconds(response.longestPause) : none});
    const QString reasons = joined(response.finishReasons);
    figures.append({words("Finished"), !reasons.isEmpty() ? reasons
                                       : response.isDone  ? words("without a reason")
                                                          : words("not yet")});
    if (const QString usage = usageOf(response.usage); !usage.isEmpty())
        figures.append({words("Usage"), usage});
    if (!response.errors.empty())
        figures.append({words("Errors"), joined(response.errors)});
    const double perRead = response.reads > 0 ? double(response.events) / double(response.reads) : 0;
    figures.append({words("Events"), formatCount(response.events) + Separator +
                                         words("%1 a read").arg(QString::number(perRead, 'f', 1))});
    return figures;
}

QString doubtsAbout(const AssembledResponse &response)
{
    if (!response.areTimesLumped())
        return {};
    return words("Up to %1 events came in one read and share its time: what lies between single tokens was not "
                 "measured. Something on the way held them back.")
        .arg(formatCount(response.mostInRead));
}

} // namespace pushscope
