#include "core/demo/http2connection.h"

#include "core/wire/http/http2frame.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace pushscope::demo {

namespace {
constexpr std::uint32_t kHeadLimit = 64 * 1024;
constexpr std::uint32_t kStreamWindow = 64 * 1024;
constexpr std::uint32_t kStreamLimit = 10'000;         ///< on one connection
constexpr std::uint32_t kServerStreamLimit = 50'000;   ///< that take their time, on all of them
constexpr std::size_t kHoldLimit = 64 * 1024 * 1024;   ///< of the peer's bytes
constexpr std::size_t kUnsentLimit = 16 * 1024 * 1024; ///< about, of streams that take their time
constexpr std::size_t kLateLimit = 2000;               ///< whole answers that the client does not let out
constexpr std::size_t kMostShare = 48 * 1024;          // behind 64 KiB the codec would join what was written apart
constexpr std::size_t kLeastShare = 4 * 1024;
constexpr std::size_t kWriteBytes = 64 * 1024;
constexpr int kWritesInARow = 4; // then other connections have their turn
constexpr std::chrono::seconds kPatience{60};
constexpr std::chrono::seconds kPatienceAfterFin{10};
constexpr std::chrono::seconds kLinger{2};

Http2Codec::Options codecOptions()
{
    Http2Codec::Options options;
    options.headLimit = kHeadLimit;
    options.streamWindow = kStreamWindow;
    options.maxConcurrentStreams = kStreamLimit;
    return options;
}
} // namespace

Http2Connection::Http2Connection(DemoSocket &socket, DemoContext &context)
    : m_context(context), m_socket(socket), m_codec(Role::Server, codecOptions())
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        leave();
        m_socket.finish();
    });
    m_patience.start(kPatience);
}

std::size_t Http2Connection::share() const
{
    return std::clamp(kUnsentLimit / (m_streams.size() + 1), kLeastShare, kMostShare);
}

Http2Stream *Http2Connection::find(StreamId id) const
{
    const auto found = m_streams.find(id.value);
    return found == m_streams.end() ? nullptr : found->second.get();
}

void Http2Connection::receive(ByteView plain)
{
    if (m_isOver)
        return;
    m_codec.feed(plain);
    HttpFact fact;
    while (m_codec.next(fact))
        take(fact);
    flush(); // at once: nghttp2 counts the answers that wait against the peer
}

void Http2Connection::take(const HttpFact &fact)
{
    switch (fact.kind) {
    case HttpFact::Kind::Head: onHead(fact.stream, fact.head); return;
    case HttpFact::Kind::Body:
        if (Http2Stream *stream = find(fact.stream))
            stream->receive(fact.body);
        return;
    case HttpFact::Kind::End: onEnd(fact.stream); return;
    case HttpFact::Kind::Reset:
        if (Http2Stream *stream = find(fact.stream))
            stream->end();
        return;
    case HttpFact::Kind::Goaway:
        m_leaving = true; // what is open goes on; flush() sees when it is over
        return;
    case HttpFact::Kind::Trailers:
    case HttpFact::Kind::Settings:
    case HttpFact::Kind::PingAck:
    case HttpFact::Kind::Promise:
    case HttpFact::Kind::Chunk:
    case HttpFact::Kind::ChunkEnd:
    case HttpFact::Kind::Junk: return;
    }
}

void Http2Connection::onHead(StreamId id, std::shared_ptr<const HttpHead> head)
{
    m_patience.stop();
    Request request = makeRequest(std::move(head));
    request.isSecure = m_socket.isSecure();
    auto made = std::make_unique<Http2Stream>(*this, m_context, std::move(request), id);
    Http2Stream &stream = *made;
    m_streams.insert_or_assign(id.value, std::move(made));
    if (m_codec.openStreams() > m_streams.size() + kLateLimit) {
        stream.resetWith(Http2ErrorCode::RefusedStream);
        return;
    }
    stream.admit(m_socket.localAddress());
    if (stream.isOver())
        return;
    if (stream.request().head->method == "CONNECT") // what follows is no content (RFC 9113 section 8.5)
        respond(stream);
    else if (m_codec.isInsideMessage(id))
        stream.awaitRest();
}

void Http2Connection::onEnd(StreamId id)
{
    Http2Stream *stream = find(id);
    if (!stream)
        return;
    if (stream->request().head->method == "CONNECT")
        stream->peerEnded();
    else
        respond(*stream);
}

void Http2Connection::respond(Http2Stream &stream)
{
    if (m_context.counters.streams >= kServerStreamLimit)
        stream.refuse(textAnswer(503, "this demo server has as many streams as it takes; close some"));
    else
        stream.respond();
}

void Http2Connection::onStreamOver(StreamId id)
{
    const auto found = m_streams.find(id.value);
    if (found == m_streams.end())
        return;
    retire(std::move(found->second));
    m_streams.erase(found);
    if (m_streams.empty() && !m_peerEnded)
        m_patience.start(kPatience);
    requestFlush();
}

void Http2Connection::retire(std::unique_ptr<Http2Stream> stream)
{
    stream->retire();
    release(stream->held());
    // It may be the stream's exchange itself that ended it; and it must not outlive the connection.
    m_ended.push_back(std::move(stream));
    if (m_ended.size() == 1)
        QMetaObject::invokeMethod(
            this, [this] { m_ended.clear(); }, Qt::QueuedConnection);
}

bool Http2Connection::hold(std::size_t bytes)
{
    m_held += bytes;
    return m_held <= kHoldLimit;
}

void Http2Connection::requestTurn(StreamId stream)
{
    m_turns.push_back(stream);
    m_socket.requestTurn();
}

void Http2Connection::addReset(PendingReset reset)
{
    m_resets.push_back(reset);
    requestFlush();
}

void Http2Connection::linger(StreamId stream)
{
    QTimer::singleShot(kLinger, this, [this, stream] { dismiss(stream); });
}

void Http2Connection::drained()
{
    for (const StreamId id : std::exchange(m_turns, {})) {
        if (Http2Stream *stream = find(id))
            stream->drained();
    }
    flush();
}

void Http2Connection::flush()
{
    if (m_isOver)
        return;
    const bool isAllSent = sendOutput();
    for (const StreamId id : std::exchange(m_relieved, {})) {
        if (Http2Stream *stream = find(id))
            stream->drained();
    }
    if (isAllSent)
        settle();
    else
        requestFlush();
}

bool Http2Connection::sendOutput()
{
    for (int i = 0; i < kWritesInARow && m_socket.hasRoom(); ++i) {
        const Bytes output = m_codec.takeOutput(kWriteBytes);
        if (output.empty())
            return true;
        noteSent(output);
        m_socket.write(output);
    }
    return false;
}

void Http2Connection::noteSent(ByteView frames)
{
    // Nobody else tells which of thousands of streams has room again.
    while (frames.size() >= Http2FrameHeader::Size) {
        const Http2FrameHeader header = parseHttp2FrameHeader(frames);
        frames.remove_prefix(std::min(frames.size(), Http2FrameHeader::Size + header.length));
        if (header.type != Http2FrameType::Data)
            continue;
        const StreamId id(header.stream);
        const Http2Stream *stream = find(id);
        if (stream && stream->isThirsty() && (m_relieved.empty() || m_relieved.back() != id))
            m_relieved.push_back(id);
    }
}

void Http2Connection::settle()
{
    const std::size_t before = m_resets.size();
    std::erase_if(m_resets, [this](const PendingReset &reset) {
        if (m_codec.unsent(reset.stream) > 0)
            return false;
        if (!reset.unlessDone || m_codec.isInsideMessage(reset.stream))
            m_codec.reset(reset.stream, reset.code);
        return true;
    });
    if (m_resets.size() < before)
        requestFlush();
    const bool isIdle = m_streams.empty() && m_codec.openStreams() == 0 && m_resets.empty();
    if (m_codec.failure() || (isIdle && before == 0 && (m_leaving || m_peerEnded))) {
        abandon();
        m_socket.finish();
    }
}

void Http2Connection::sendRaw(ByteView frames)
{
    sendOutput();
    m_socket.write(frames);
}

void Http2Connection::pad(std::size_t padTo)
{
    sendOutput();
    m_codec.pad(padTo);
}

void Http2Connection::goaway(Http2ErrorCode code, ByteView debugData)
{
    m_leaving = true;
    m_codec.goaway(code, debugData);
    requestFlush();
}

void Http2Connection::peerEnded()
{
    m_peerEnded = true;
    m_codec.finish();
    // Behind its FIN a client may still read: TCP can't tell, so it gets some time.
    m_patience.start(kPatienceAfterFin);
    flush();
}

void Http2Connection::leave()
{
    if (m_isOver)
        return;
    m_codec.goaway(Http2ErrorCode::NoError);
    sendOutput();
}

void Http2Connection::abandon()
{
    m_isOver = true;
    for (auto &[id, stream] : std::exchange(m_streams, {}))
        retire(std::move(stream));
}

} // namespace pushscope::demo
