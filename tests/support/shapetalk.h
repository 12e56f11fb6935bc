#pragma once

#include "core/insight/assembler.h"
#include "core/insight/deltashape.h"

#include <QString>
#include <QStringList>

#include <memory>

namespace pushscope::test {

/// Shows a shape one event after the other and tells what it made of them.
class ShapeTalk
{
public:
    explicit ShapeTalk(std::unique_ptr<DeltaShape> shape) : m_shape(std::move(shape)) {}

    /// Returns whether the shape knew the event. Its place is the number of the call, its time that in milliseconds.
    bool say(ByteView data, ByteView type = "message")
    {
        const auto document = JsonDocument::parse(Bytes(data));
        const DeltaEvent event{type, data, document ? JsonValue(*document) : JsonValue()};
        ++m_said;
        texts.setEvent({.seq = Seq(m_said), .time = std::int64_t(m_said) * 1'000'000, .read = m_said});
        return m_shape->take(event, texts);
    }

    /// "0 text 0: Hello" for each part: response, kind, choice; of a tool call "name(arguments) id".
    [[nodiscard]] QStringList parts() const
    {
        QStringList lines;
        for (const AssembledPart &part : texts.parts()) {
            QString line = QStringLiteral("%1 %2 %3: ")
                               .arg(part.response)
                               .arg(QString::fromUtf8(word(part.kind).data(), qsizetype(word(part.kind).size())))
                               .arg(part.choice);
            const QString text = QString::fromStdString(part.text);
            line += part.kind == SpanKind::ToolCall
                        ? QStringLiteral("%1(%2) %3")
                              .arg(QString::fromStdString(part.name), text, QString::fromStdString(part.id))
                        : text;
            lines += line;
        }
        return lines;
    }

    /// "id model, stop, in 3 out 5, done" for each response.
    [[nodiscard]] QStringList responses() const
    {
        QStringList lines;
        for (const AssembledResponse &response : texts.responses()) {
            QString line = QString::fromStdString(response.id + " " + response.model);
            for (const std::string &reason : response.finishReasons)
                line += QStringLiteral(", ") + QString::fromStdString(reason);
            count(line, "in", response.usage.input);
            count(line, "out", response.usage.output);
            count(line, "reasoning", response.usage.reasoning);
            count(line, "cached", response.usage.cached);
            count(line, "total", response.usage.total);
            lines += response.isDone ? line + QStringLiteral(", done") : line;
        }
        return lines;
    }

    Assembler texts;

private:
    static void count(QString &line, const char *name, const std::optional<std::uint64_t> &tokens)
    {
        if (tokens)
            line += QStringLiteral(", %1 %2").arg(QLatin1String(name)).arg(*tokens);
    }

    std::unique_ptr<DeltaShape> m_shape;
    std::uint64_t m_said = 0;
};

} // namespace pushscope::test
