#include "core/demo/feedhub.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

namespace pushscope::demo {

namespace {
constexpr std::size_t kMaximumFeeds = 256; // a feed's log is bounded, so all of them are
constexpr std::int64_t kKeepNanoseconds = 60'000'000'000;
constexpr std::chrono::seconds kSweepInterval{10};

bool isPublishedTo(const std::string &pathAndQuery, const FeedOptions &feed, const std::string &topic)
{
    if (topic.empty())
        return pathAndQuery == "/events";
    return feed.topic == topic && feed.hasClock() && !feed.isWebSocket();
}
} // namespace

FeedHub::FeedHub(const Clock &clock, QObject *parent) : QObject(parent), m_clock(clock)
{
    connect(&m_sweepTimer, &QTimer::timeout, this, &FeedHub::sweep);
    m_sweepTimer.start(kSweepInterval);
}

std::shared_ptr<Feed> FeedHub::open(const std::string &pathAndQuery, const FeedOptions &options, bool isResume)
{
    const auto found = m_feeds.find(pathAndQuery);
    if (found != m_feeds.end() && (isResume || !found->second->isFinished()))
        return found->second;
    if (found == m_feeds.end() && m_feeds.size() >= kMaximumFeeds) {
        sweep();
        if (m_feeds.size() >= kMaximumFeeds)
            return nullptr;
    }
    // Readers of a feed that begins again keep the old one until they are done with it.
    auto feed = std::make_shared<Feed>(options, m_clock, nullptr);
    m_feeds.insert_or_assign(pathAndQuery, feed);
    return feed;
}

std::optional<FeedHub::Published> FeedHub::publish(const std::string &topic, ByteView data)
{
    std::vector<std::shared_ptr<Feed>> feeds; // of their own: a reader that ends in the meantime may change the list
    for (const auto &[key, feed] : m_feeds) {
        if (isPublishedTo(key, feed->options(), topic))
            feeds.push_back(feed);
    }
    if (feeds.empty()) {
        FeedOptions options;
        options.topic = topic;
        options.ticks = topic.empty();
        auto feed = open(topic.empty() ? "/events" : "/events?topic=" + topic, options, false);
        if (!feed)
            return std::nullopt;
        feeds.push_back(std::move(feed));
    }
    Published published{0, feeds.size()};
    for (const auto &feed : feeds)
        published.id = std::max(published.id, feed->lastId() + 1);
    for (const auto &feed : feeds)
        feed->publish(published.id, data);
    return published;
}

void FeedHub::sweep()
{
    std::erase_if(m_feeds, [](const auto &entry) { return entry.second->idleTime() >= kKeepNanoseconds; });
}

} // namespace pushscope::demo
