#include "core/demo/publishexchange.h"

#include "core/demo/demostream.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

namespace pushscope::demo {

PublishExchange::PublishExchange(DemoStream &stream, std::string topic, std::chrono::milliseconds delay)
    : Exchange(stream), m_topic(std::move(topic))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(delay);
    connect(&m_timer, &QTimer::timeout, this, &PublishExchange::publish);
}

void PublishExchange::start()
{
    m_timer.start();
}

void PublishExchange::publish()
{
    Answer answer = publishAnswer(stream(), m_topic);
    answer.headers.add("Content-Length", std::to_string(answer.body.size()));
    stream().sendHead(answerHead(answer.status, std::move(answer.headers)));
    stream().sendBody(answer.body);
    stream().endAnswer();
}

Answer publishAnswer(DemoStream &stream, const std::string &topic)
{
    const auto published = stream.context().feeds.publish(topic, stream.request().body);
    if (!published)
        return tooManyFeeds();
    const QJsonObject object{{QStringLiteral("id"), static_cast<qint64>(published->id)},
                             {QStringLiteral("topic"), QString::fromStdString(topic)}};
    return contentAnswer(202, "application/json",
                         QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString() + "\n");
}

} // namespace pushscope::demo
