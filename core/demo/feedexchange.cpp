#include "core/demo/feedexchange.h"

#include "core/demo/answercoding.h"
#include "core/demo/demostream.h"
#include "core/wire/sse/sseencoder.h"

#include <limits>
#include <utility>

namespace pushscope::demo {

namespace {
constexpr int kBatchesInARow = 8; // then other connections have their turn
constexpr std::uint16_t kNormalClosure = 1000;

/// What a reader of the feed gets each event in.
EventFraming readerFraming(const FeedOptions &options, const Request &request)
{
    return options.framing == EventFraming::Chunk && !request.takesChunks() ? EventFraming::Identity : options.framing;
}
} // namespace

FeedExchange::FeedExchange(DemoStream &stream, std::shared_ptr<Feed> feed, std::optional<std::uint64_t> lastEventId)
    : Exchange(stream), m_feed(std::move(feed)), m_lastEventId(lastEventId),
      m_batch(readerFraming(m_feed->options(), stream.request()))
{
    connect(m_feed.get(), &Feed::grown, this, &FeedExchange::pump);
}

void FeedExchange::start()
{
    bool isGap = false;
    m_cursor = m_feed->join(m_lastEventId, isGap);
    if (m_feed->options().isWebSocket()) {
        m_peer = std::make_unique<WebSocketPeer>(stream(), WebSocketPeer::Options{}, nullptr);
        m_peer->accept();
    } else {
        startEventStream();
    }
    if (isGap)
        sendReset();
    pump();
}

void FeedExchange::startEventStream()
{
    const FeedOptions &options = m_feed->options();
    Headers fields = eventStreamFields(options.framing == EventFraming::Chunk);
    if (options.coding) {
        const auto coding = answerCoding(stream().request(), options.coding);
        addCoding(fields, coding);
        m_encoder = coding ? makeContentEncoder(*coding) : nullptr;
    }
    stream().sendHead(answerHead(200, std::move(fields)));
    sendOne("retry: " + std::to_string(m_feed->options().retry.count()) + "\n\n");
}

void FeedExchange::receive(ByteView bytes)
{
    if (m_peer)
        m_peer->receive(bytes);
}

void FeedExchange::pump()
{
    for (int i = 0; i < kBatchesInARow; ++i) {
        if (m_done || (m_peer && !m_peer->isOpen()) || !stream().hasRoom())
            return;
        if (!sendBatch())
            return;
    }
    stream().requestTurn();
}

bool FeedExchange::sendBatch()
{
    const std::uint64_t drop = m_feed->options().drop;
    const std::uint64_t allowed = drop > 0 ? drop - m_sent : std::numeric_limits<std::uint64_t>::max();
    std::uint64_t left = allowed;
    m_batch.clear();
    m_plain.clear();
    const Feed::Supply supply = m_feed->take(*m_cursor, m_encoder ? m_plain : m_batch, stream().room(), left);
    if (m_encoder)
        codeEvents();
    m_sent += allowed - left;
    stream().context().counters.eventsSent += allowed - left;
    if (!m_batch.ends().empty())
        stream().write(m_batch);
    if (drop > 0 && m_sent == drop) {
        m_done = true;
        stream().finish(); // without the last chunk or a close frame: cut
        return false;
    }
    switch (supply) {
    case Feed::Supply::More: return true;
    case Feed::Supply::Waiting: return false;
    case Feed::Supply::Lost: sendReset(); return true;
    case Feed::Supply::Finished: finish(); return false;
    }
    return false;
}

void FeedExchange::sendReset()
{
    const std::string from = std::to_string(m_lastEventId ? *m_lastEventId + 1 : 1);
    const std::string data = "{\"from\":" + from + ",\"oldest\":" + std::to_string(m_cursor->next) + "}";
    sendOne(m_feed->options().isWebSocket() ? data : encodeSse({std::nullopt, "reset", data, std::nullopt}));
}

void FeedExchange::sendOne(ByteView event)
{
    m_batch.clear();
    if (m_encoder)
        code(event, m_feed->options().flush ? ContentEncoder::Flush::Sync : ContentEncoder::Flush::None);
    else
        m_batch.add(event);
    stream().write(m_batch);
}

void FeedExchange::codeEvents()
{
    std::size_t begin = 0;
    for (const std::size_t end : m_plain.ends()) {
        code(ByteView(m_plain.bytes()).substr(begin, end - begin),
             m_feed->options().flush ? ContentEncoder::Flush::Sync : ContentEncoder::Flush::None);
        begin = end;
    }
}

/// Adds what the encoder gives, which may be nothing.
void FeedExchange::code(ByteView plain, ContentEncoder::Flush flush)
{
    if (const Bytes coded = m_encoder->encode(plain, flush); !coded.empty())
        m_batch.add(coded);
}

void FeedExchange::finish()
{
    m_done = true;
    if (m_peer) {
        m_peer->close(kNormalClosure, "the feed has ended");
        return;
    }
    if (m_encoder) {
        m_batch.clear();
        code({}, ContentEncoder::Flush::End);
        stream().write(m_batch);
    }
    stream().endAnswer();
}

} // namespace pushscope::demo
