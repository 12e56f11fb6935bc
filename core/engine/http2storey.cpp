#include "core/engine/http2storey.h"

#include "core/engine/exchange.h"

#include <algorithm>
#include <map>
#include <utility>

namespace pushscope {

namespace {

Http2Codec::Options codecOptions(const LinkWay &way)
{
    Http2Codec::Options options;
    options.headLimit = way.limits.headBytes;
    options.enablePush = way.sharing.enablePush;
    return options;
}

/// "CANCEL (the stream is not needed any more)"
std::string explained(Http2ErrorCode code)
{
    const std::string_view why = meaning(code);
    return errorText(code) + (why.empty() ? std::string() : " (" + std::string(why) + ")");
}

/// Why we reset a stream. A head over the limit has a word of its own, in any HTTP version.
ErrorCode ownResetCode(Http2ErrorCode code)
{
    return code == Http2ErrorCode::EnhanceYourCalm ? ErrorCode::HttpHeadTooLarge : ErrorCode::Http2Protocol;
}

} // namespace

Http2Storey::Http2Storey(Recorder &recorder, const LinkWay &way, std::function<void()> admits)
    : m_recorder(recorder), m_limits(way.limits), m_admits(std::move(admits)), m_codec(Role::Client, codecOptions(way)),
      m_in(recorder, Direction::In, way.limits.headBytes, m_pings, [this](StreamId stream) { return owner(stream); }),
      m_out(recorder, Direction::Out, way.limits.headBytes, m_pings, [this](StreamId stream) { return owner(stream); })
{
}

Http2Storey::~Http2Storey() = default;

StreamOwner Http2Storey::owner(StreamId stream)
{
    const Stream *found = find(stream);
    return found != nullptr ? found->owner : StreamOwner();
}

/// Each frame asks for its stream several times.
Http2Storey::Stream *Http2Storey::find(StreamId stream)
{
    if (m_found == nullptr || m_found->first != stream.value) {
        const auto found = m_streams.find(stream.value);
        if (found == m_streams.end())
            return nullptr;
        m_found = &*found;
    }
    return &m_found->second;
}

void Http2Storey::forget(StreamId stream)
{
    m_found = nullptr;
    m_streams.erase(stream.value);
}

bool Http2Storey::request(Exchange &exchange, const HttpHead &head, ByteView body)
{
    const auto id = m_codec.sendRequest(head, body);
    if (!id)
        return false;
    m_hadStreams = true;
    exchange.setStream(*id);
    Stream &stream = m_streams[id->value];
    stream.owner = {exchange.recorder().session(), exchange.recorder().flags()};
    stream.exchange = &exchange;
    stream.bodyBytes = body.size();
    return true;
}

void Http2Storey::openTunnel(Exchange &exchange)
{
    if (Stream *stream = find(exchange.stream()))
        stream->answers = std::make_unique<UnsentAnswers>();
}

void Http2Storey::send(Exchange &exchange, ByteView bytes, SendCause cause)
{
    m_codec.sendBody(exchange.stream(), bytes);
    if (const Stream *stream = find(exchange.stream()); stream != nullptr && stream->answers)
        stream->answers->noteWritten(bytes.size(), cause);
}

bool Http2Storey::endSending(Exchange &exchange)
{
    m_codec.sendEnd(exchange.stream());
    return true;
}

bool Http2Storey::setPaused(Exchange &exchange, bool paused)
{
    if (Stream *stream = find(exchange.stream())) {
        stream->paused = paused;
        giveBack(exchange.stream(), *stream);
    }
    return true;
}

void Http2Storey::leave(Exchange &exchange, OurEnd how)
{
    Stream *stream = find(exchange.stream());
    if (stream == nullptr || stream->exchange != &exchange)
        return;
    std::erase(m_touched, &exchange);
    std::replace(m_touchedBefore.begin(), m_touchedBefore.end(), &exchange, static_cast<Exchange *>(nullptr));
    stream->exchange = nullptr;
    m_left.push_back(exchange.stream());
    // What the peer has ended is ended by us too, in good order (RFC 8441 section 5: a close of TCP is END_STREAM),
    // unless it does not take the request's rest (RFC 9113 section 8.1).
    const bool isRefused = m_codec.unsent(exchange.stream()) > 0 && !exchange.isWebSocket();
    if (exchange.isCloseDone() || (how == OurEnd::None && !isRefused))
        m_codec.sendEnd(exchange.stream());
    else
        m_codec.cancel(exchange.stream());
}

std::uint64_t Http2Storey::unsent(const Exchange &exchange) const
{
    return m_codec.unsent(exchange.stream());
}

Bytes Http2Storey::takeOutput()
{
    Bytes output = m_codec.takeOutput();
    cancelStuck();
    if (m_behind.empty() && m_left.empty())
        return output;
    // Some of the answers may have gone out, and nothing else may come that would tell.
    for (const StreamId id : std::exchange(m_behind, {})) {
        if (Stream *stream = find(id)) {
            stream->behind = false;
            giveBack(id, *stream);
        }
    }
    return output + m_codec.takeOutput();
}

/// What a tunnel's peer that has ended its half won't let out, END_STREAM included, would hold the stream for ever.
void Http2Storey::cancelStuck()
{
    for (const StreamId id : m_left) {
        if (m_codec.isHalfClosedByPeer(id))
            m_codec.cancel(id);
    }
}

void Http2Storey::ping()
{
    m_codec.ping(++m_lastPing);
}

void Http2Storey::noteWritten(const Plaintext &written)
{
    m_out.feed(written);
    Http2Fact fact;
    while (m_out.next(fact))
        takeWritten(fact);
    m_out.settle();
    for (const StreamId id : std::exchange(m_left, {}))
        forget(id);
}

/// Our own frames: requests and the content that goes out.
void Http2Storey::takeWritten(const Http2Fact &fact)
{
    if (fact.kind != Http2Fact::Kind::Data && fact.kind != Http2Fact::Kind::End)
        return;
    Stream *stream =
        find(StreamId(fact.kind == Http2Fact::Kind::End && fact.block ? fact.blockStream : fact.frame.stream));
    if (stream == nullptr || stream->exchange == nullptr)
        return;
    Exchange &exchange = *stream->exchange;
    if (fact.kind == Http2Fact::Kind::Data) {
        const auto offset = static_cast<std::uint64_t>(fact.bytes.data() - m_out.input().data());
        exchange.takeSent({fact.bytes, m_out.logOffset(m_out.inputBegin() + offset), m_out.frame()});
        return;
    }
    if (fact.block != nullptr && !std::exchange(stream->requested, true))
        recordRequest(*stream);
    const bool mayEnd = fact.frame.type == Http2FrameType::Data || fact.frame.type == Http2FrameType::Headers;
    if (mayEnd && fact.frame.has(Http2Flag::EndStream))
        exchange.finishRequest();
}

void Http2Storey::recordRequest(Stream &stream)
{
    Recorder &recorder = stream.exchange->recorder();
    Record record = m_out.recordOfBlock(RecordKind::HttpRequest, recorder);
    recorder.setDerived(record, encode(RequestFacts{stream.bodyBytes, m_out.fieldsOfBlock()}));
    stream.exchange->noteRequest(recorder.append(record));
}

void Http2Storey::feed(const Plaintext &plaintext)
{
    m_codec.feed(plaintext.bytes);
    m_in.feed(plaintext);
    Http2Fact fact;
    while (m_in.next(fact)) {
        if (fact.kind == Http2Fact::Kind::Data || fact.kind == Http2Fact::Kind::End)
            takeUpTo(fact.range.end);
        if (fact.kind == Http2Fact::Kind::End && fact.frame.type == Http2FrameType::Data)
            endPiece(StreamId(fact.frame.stream));
    }
    takeUpTo(m_in.inputBegin() + plaintext.bytes.size());
    m_in.settle();
    for (Exchange *exchange : m_touched)
        exchange->settle();
}

void Http2Storey::endPiece(StreamId id)
{
    if (const Stream *stream = find(id); stream != nullptr && stream->exchange != nullptr)
        stream->exchange->endPiece();
}

/// What the codec makes of frames stands behind their records: up to `end`, an offset of the connection's.
void Http2Storey::takeUpTo(std::uint64_t end)
{
    while (m_codec.next(m_fact, end))
        take(m_fact);
}

void Http2Storey::take(const HttpFact &fact)
{
    switch (fact.kind) {
    case HttpFact::Kind::Head: return takeHead(fact);
    case HttpFact::Kind::Body: return takeBody(fact);
    case HttpFact::Kind::Trailers: return takeTrailers(fact);
    case HttpFact::Kind::End: return takeEnd(fact);
    case HttpFact::Kind::Promise: return takePromise(fact);
    case HttpFact::Kind::Reset: return takeReset(fact);
    case HttpFact::Kind::Goaway: return takeGoaway(fact);
    case HttpFact::Kind::Settings:
        m_out.splitter().allowFrameSize(m_codec.peer().maxFrameSize);
        m_out.splitter().allowTableSize(m_codec.peer().headerTableSize);
        return m_admits();
    case HttpFact::Kind::PingAck:
    case HttpFact::Kind::Chunk:
    case HttpFact::Kind::ChunkEnd:
    case HttpFact::Kind::Junk: return;
    }
}

void Http2Storey::takeHead(const HttpFact &fact)
{
    Stream *stream = find(fact.stream);
    if (stream == nullptr || (stream->exchange == nullptr && !stream->pushed))
        return;
    Recorder &recorder = stream->pushed ? stream->pushed->recorder() : stream->exchange->recorder();
    Record record = m_in.recordOfBlock(RecordKind::HttpResponse, recorder);
    const double ttfb = stream->pushed ? 0 : stream->exchange->millisecondsSinceRequest();
    recorder.setDerived(record, encode(ResponseFacts{ttfb, m_in.fieldsOfBlock()}));
    if (!stream->pushed)
        record.related = stream->exchange->requestRecord().value;
    const Seq head = recorder.append(record);
    if (stream->pushed)
        return;
    touch(*stream);
    if (!fact.head->isInterim())
        stream->exchange->takeAnswer(*fact.head, head);
}

void Http2Storey::takeBody(const HttpFact &fact)
{
    Stream *stream = find(fact.stream);
    if (stream == nullptr)
        return;
    const std::uint64_t offset = m_in.logOffset(fact.range.begin);
    stream->withheld += fact.body.size();
    if (stream->pushed) {
        stream->pushed->take(offset, fact.body, m_in.frame());
    } else if (stream->exchange != nullptr) {
        touch(*stream);
        stream->exchange->noteReceived(offset, fact.body.size(), m_in.frame());
        stream->exchange->takeContent(fact.body);
    }
    giveBack(fact.stream, *stream);
}

/// Unless its owner does not read, or does not get rid of the answers to what it reads.
void Http2Storey::giveBack(StreamId id, Stream &stream)
{
    if (stream.withheld == 0 || stream.paused)
        return;
    // What we send on our own account does not count: a peer that echoes takes no more of it until we read.
    if (stream.answers && stream.answers->among(m_codec.unsent(id)) > Connection::AnswerLimit) {
        if (!std::exchange(stream.behind, true))
            m_behind.push_back(id);
        return;
    }
    m_codec.consume(id, std::exchange(stream.withheld, 0));
}

void Http2Storey::touch(Stream &stream)
{
    if (!std::exchange(stream.touched, true))
        m_touched.push_back(stream.exchange);
}

std::span<Exchange *const> Http2Storey::touched()
{
    m_touchedBefore = std::exchange(m_touched, {});
    for (const Exchange *exchange : m_touchedBefore) {
        if (Stream *stream = find(exchange->stream()))
            stream->touched = false;
    }
    return m_touchedBefore;
}

void Http2Storey::takeTrailers(const HttpFact &fact)
{
    Stream *stream = find(fact.stream);
    if (stream == nullptr || (stream->exchange == nullptr && !stream->pushed))
        return;
    Recorder &recorder = stream->pushed ? stream->pushed->recorder() : stream->exchange->recorder();
    Record record = m_in.recordOfBlock(RecordKind::HttpTrailers, recorder);
    recorder.setDerived(record, encode(TrailerFacts{m_in.fieldsOfBlock()}));
    recorder.append(record);
}

void Http2Storey::takeEnd(const HttpFact &fact)
{
    Stream *stream = find(fact.stream);
    if (stream == nullptr)
        return;
    if (stream->pushed) {
        stream->pushed->finish();
        forget(fact.stream);
    } else if (stream->exchange != nullptr) {
        Exchange &exchange = *stream->exchange;
        exchange.noteMessageEnd();
        // A tunnel's end is what FIN is to TCP (RFC 8441 section 5).
        exchange.conclude(exchange.isWebSocket() ? ByteEnd::Fin : ByteEnd::None, {});
    }
}

void Http2Storey::takePromise(const HttpFact &fact)
{
    Stream *stream = find(fact.stream);
    if (stream == nullptr || stream->exchange == nullptr)
        return;
    Recorder &recorder = stream->exchange->recorder();
    Record record = m_in.recordOfBlock(RecordKind::HttpPush, recorder);
    recorder.setDerived(record, encode(PushFacts{fact.other.value, m_in.fieldsOfBlock()}));
    const Seq push = recorder.append(record);
    const Finding nothing{Rule::Http2PushDeliversNothing};
    recorder.findings(push, 0, {&nothing, 1});
    Stream promised;
    promised.owner = stream->owner;
    promised.pushed = std::make_unique<PushedStream>(recorder, fact.other, m_limits.bodyBytes);
    m_streams.emplace(fact.other.value, std::move(promised));
}

Error Http2Storey::refusal(const Exchange &exchange) const
{
    if (!m_leaving)
        return {ErrorCode::Http2Refused, "the peer takes no more streams"};
    const std::string what = exchange.isAnswered() ? "the peer left by GOAWAY and gave the stream up, though it had "
                                                     "answered: "
                                                   : "the peer left by GOAWAY before it took the stream on: ";
    return {ErrorCode::Http2Goaway, what + m_farewell};
}

void Http2Storey::takeReset(const HttpFact &fact)
{
    Stream *stream = find(fact.stream);
    if (stream == nullptr)
        return;
    if (stream->pushed) {
        stream->pushed->finish();
        forget(fact.stream);
    } else if (stream->exchange != nullptr) {
        Exchange &exchange = *stream->exchange;
        const bool isRefused = fact.errorCode == Http2ErrorCode::RefusedStream;
        if (fact.byPeer)
            exchange.conclude(ByteEnd::Reset, {isRefused ? ErrorCode::Http2Refused : ErrorCode::Http2StreamReset,
                                               "the peer reset the stream: " + explained(fact.errorCode)});
        else if (isRefused)
            exchange.conclude(ByteEnd::Reset, refusal(exchange));
        else // a stream error (RFC 9113 section 5.4.2)
            exchange.conclude(ByteEnd::None, {ownResetCode(fact.errorCode), fact.detail}, OurEnd::GaveUp);
    }
}

/// RFC 9113 section 6.8: streams up to the last one go on, those above were never looked at. Several may come: what
/// went wrong is said by the first that names an error, and not unsaid by a last one without.
void Http2Storey::takeGoaway(const HttpFact &fact)
{
    m_leaving = true;
    if (m_farewellCode == Http2ErrorCode::NoError) {
        m_farewellCode = fact.errorCode;
        m_farewell = explained(fact.errorCode) + (fact.detail.empty() ? "" : ", saying \"" + fact.detail + '"');
    }
    std::map<std::uint32_t, Exchange *> refused;
    for (const auto &[id, stream] : m_streams) {
        if (id > fact.other.value && stream.exchange != nullptr && !stream.pushed)
            refused.emplace(id, stream.exchange);
    }
    for (const auto &[id, exchange] : refused)
        exchange->conclude(ByteEnd::Reset, refusal(*exchange));
    m_admits(); // whoever waits has to go elsewhere
}

bool Http2Storey::isInsideMessage(const Exchange &exchange) const
{
    return exchange.isAnswered() && !exchange.isMessageEnded() && !exchange.isWebSocket();
}

void Http2Storey::finishFrames()
{
    for (Http2Frames *frames : {&m_in, &m_out}) {
        frames->finish();
        Http2Fact fact;
        while (frames->next(fact)) {
        }
    }
    for (auto &[id, stream] : m_streams) {
        if (stream.pushed)
            stream.pushed->finish();
    }
}

} // namespace pushscope
