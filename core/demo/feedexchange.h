#pragma once

#include "core/demo/exchange.h"
#include "core/demo/feed.h"
#include "core/demo/websocketpeer.h"
#include "core/wire/coding/contentencoder.h"

#include <cstdint>
#include <memory>
#include <optional>

namespace pushscope::demo {

/// One reader of a feed, over Server-Sent Events or WebSocket. Takes from the feed only as its client reads.
class FeedExchange : public Exchange
{
public:
    /// The feed says which of the two it is; `drop` is the feed's too.
    FeedExchange(DemoStream &stream, std::shared_ptr<Feed> feed, std::optional<std::uint64_t> lastEventId);
    void start() override;
    void receive(ByteView bytes) override;
    void drained() override { pump(); }

private:
    void startEventStream();
    void pump();
    /// False when this was the last of the stream.
    bool sendBatch();
    void sendReset();
    void sendOne(ByteView event);
    void codeEvents();
    void code(ByteView plain, ContentEncoder::Flush flush);
    void finish();

    std::shared_ptr<Feed> m_feed;
    std::shared_ptr<FeedCursor> m_cursor;
    std::optional<std::uint64_t> m_lastEventId;
    std::unique_ptr<WebSocketPeer> m_peer;
    std::unique_ptr<ContentEncoder> m_encoder;  ///< of an answer that a coding wraps
    EventBatch m_plain{EventFraming::Identity}; ///< what it is to code
    EventBatch m_batch;
    std::uint64_t m_sent = 0;
    bool m_done = false;
};

} // namespace pushscope::demo
