#pragma once

#include "core/demo/answer.h"
#include "core/demo/exchange.h"

#include <QTimer>

#include <chrono>
#include <string>

namespace pushscope::demo {

/// A POST to /publish that takes its time before its body is an event: what comes behind it may overtake it.
class PublishExchange : public Exchange
{
public:
    PublishExchange(DemoStream &stream, std::string topic, std::chrono::milliseconds delay);
    void start() override;

private:
    void publish();

    std::string m_topic;
    QTimer m_timer;
};

/// Publishes a request's body; the answer names the event's id.
[[nodiscard]] Answer publishAnswer(DemoStream &stream, const std::string &topic);

} // namespace pushscope::demo
