#pragma once

#include "core/base/clock.h"
#include "core/demo/feed.h"

#include <QObject>
#include <QTimer>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace pushscope::demo {

/// All feeds of the server, found by path and query, and the topics that are published to them.
class FeedHub : public QObject
{
    Q_OBJECT
public:
    explicit FeedHub(const Clock &clock, QObject *parent = nullptr);

    /// The feed of that path and query, made when there is none. One that has ended begins again for a reader that does
    /// not resume. Null when there are too many.
    [[nodiscard]] std::shared_ptr<Feed> open(const std::string &pathAndQuery, const FeedOptions &options,
                                             bool isResume);

    /// What a publication was worth.
    struct Published
    {
        std::uint64_t id = 0;
        std::size_t feeds = 0;
    };
    /// Publishes to every event stream of the topic, with one id that grows in all of them; without a topic to the
    /// plain /events alone, since every other feed counts for itself. When there is none the topic's plain feed is
    /// made, so that a reader can resume from it; nullopt when there are too many.
    [[nodiscard]] std::optional<Published> publish(const std::string &topic, ByteView data);

    [[nodiscard]] std::size_t size() const { return m_feeds.size(); }
    /// Forgets feeds without a reader for 60 s.
    void sweep();

private:
    const Clock &m_clock;
    QTimer m_sweepTimer;
    std::map<std::string, std::shared_ptr<Feed>> m_feeds;
};

} // namespace pushscope::demo
