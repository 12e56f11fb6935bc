#pragma once

#include "tests/support/capturebuilder.h"

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace pushscope::test {

/// A capture that a test writes to, and a feeder beside it that appends 50,000 events a second to a session of its own
/// once it is told to.
class LiveCapture
{
public:
    static constexpr std::uint32_t FeedSession = 9;
    static constexpr int EventsABatch = 250;
    static constexpr std::chrono::milliseconds Pause{5};

    LiveCapture() : builder(startingNow()) { addSession(1, "events", "sse"); }
    ~LiveCapture() { stop(); }

    /// The writer belongs to one at a time: the test or the feeder.
    template <class Write>
    auto write(const Write &action)
    {
        const std::lock_guard lock(m_mutex);
        return action(builder);
    }

    void addSession(std::uint32_t session, const std::string &name, const std::string &transport)
    {
        write([&](CaptureBuilder &b) {
            b.session = session;
            b.connection = session;
            b.facts(RecordKind::Session, SessionFacts{name, "http://127.0.0.1/" + name, transport});
            b.facts(RecordKind::State,
                    StateFacts{.state = SessionState::Connecting, .attempt = 1, .cause = Cause::Start});
            b.facts(RecordKind::State, StateFacts{.state = SessionState::Open, .attempt = 1});
            b.session = 1;
            b.connection = 1;
        });
    }

    Seq event(const std::string &data)
    {
        return write([&](CaptureBuilder &b) {
            b.time += 1'000'000;
            return b.whole(RecordKind::SseEvent, "data: " + data + "\n\n");
        });
    }

    void startFeed()
    {
        addSession(FeedSession, "feed", "sse");
        m_feeder = std::thread([this] { feed(); });
    }

    void stop()
    {
        {
            const std::lock_guard lock(m_stopMutex);
            m_isStopping = true;
        }
        m_wake.notify_all();
        if (m_feeder.joinable())
            m_feeder.join();
    }

    CaptureBuilder builder;

private:
    /// Its zero is now, so that a live timeline shows what the test writes.
    static FixedClock startingNow()
    {
        const SystemClock clock;
        FixedClock start;
        start.monotonic = clock.now().nanoseconds;
        return start;
    }

    void feed()
    {
        std::uint64_t id = 0;
        std::unique_lock lock(m_stopMutex);
        while (!m_wake.wait_for(lock, Pause, [this] { return m_isStopping; })) {
            write([&id](CaptureBuilder &b) {
                b.time += 5'000'000;
                for (int i = 0; i < EventsABatch; ++i) {
                    const std::string block = "data: {\"id\":" + std::to_string(++id) + ",\"price\":101.2}\n\n";
                    Record record = b.make(RecordKind::SseEvent, Direction::In);
                    record.session = FeedSession;
                    record.connection = FeedSession;
                    record.origin = b.writer.appendBytes(block);
                    record.originLength = std::uint32_t(block.size());
                    b.writer.append(record);
                }
                b.writer.publish();
            });
        }
    }

    std::mutex m_mutex;
    std::mutex m_stopMutex;
    std::condition_variable m_wake;
    bool m_isStopping = false;
    std::thread m_feeder;
};

} // namespace pushscope::test
