#include "core/wire/http/http2receiver.h"

#include "core/wire/http/http2explain.h"

#include <charconv>
#include <utility>

namespace pushscope {

namespace {

/// What a field costs beside its name and value (RFC 9113 section 6.5.2, MAX_HEADER_LIST_SIZE).
constexpr std::size_t fieldOverhead = 32;

void readPseudoField(HttpHead &head, ByteView name, ByteView value)
{
    if (name == ":method")
        head.method = value;
    else if (name == ":path")
        head.target = value;
    else if (name == ":status")
        std::from_chars(value.data(), value.data() + value.size(), head.status);
}

} // namespace

void Http2Receiver::begin(ByteView input)
{
    if (m_given == m_told.size()) {
        m_told.clear();
        m_facts.clear();
        m_given = m_factsGiven = 0;
    }
    m_offset += m_input.size();
    m_input = input;
    reach(input.size());
}

bool Http2Receiver::next(HttpFact &fact, std::uint64_t end)
{
    if (m_given == m_told.size() || m_told[m_given].end > end)
        return false;
    const Told &told = m_told[m_given++];
    if (!told.isContent) {
        fact = std::move(m_facts[m_factsGiven++]);
        return true;
    }
    if (fact.kind != HttpFact::Kind::Body)
        fact = HttpFact();
    fact.kind = HttpFact::Kind::Body;
    fact.stream = StreamId(told.stream);
    fact.range = {told.end - told.content.size(), told.end};
    fact.body = told.content;
    return true;
}

Http2Stream *Http2Receiver::lookUp(std::uint32_t id)
{
    const auto found = m_streams.find(id);
    if (found == m_streams.end())
        return nullptr;
    m_lastId = id;
    m_last = &found->second;
    return m_last;
}

const Http2Stream *Http2Receiver::find(std::uint32_t id) const
{
    const auto found = m_streams.find(id);
    return found == m_streams.end() ? nullptr : &found->second;
}

Http2Stream &Http2Receiver::open(std::uint32_t id)
{
    m_guard.opened(id);
    return m_streams[id];
}

HttpFact &Http2Receiver::add(HttpFact::Kind kind, std::uint32_t id)
{
    m_told.push_back({m_reached, {}, id, false});
    HttpFact &fact = m_facts.emplace_back();
    fact.kind = kind;
    fact.stream = StreamId(id);
    return fact;
}

void Http2Receiver::headBegins(std::uint32_t id, bool isPromise)
{
    Http2Stream *stream = find(id);
    if (stream == nullptr)
        return;
    stream->head = std::make_shared<HttpHead>();
    stream->head->isRequest = isPromise || m_role == Role::Server;
    stream->head->version = HttpVersion::Http2;
    stream->headBytes = 0;
}

bool Http2Receiver::field(std::uint32_t id, ByteView name, ByteView value)
{
    Http2Stream *stream = find(id);
    if (stream == nullptr || !stream->head)
        return true;
    stream->headBytes += name.size() + value.size() + fieldOverhead;
    if (stream->headBytes + stream->interimBytes > m_headLimit) {
        report(id, Http2ErrorCode::EnhanceYourCalm,
               std::string(stream->interimBytes > 0 ? "the interim answers' heads are larger together than "
                                                    : "the field section is larger than ") +
                   std::to_string(m_headLimit) + " bytes, the limit (RFC 9113 section 10.5.1)");
        return false;
    }
    if (name.starts_with(':'))
        readPseudoField(*stream->head, name, value);
    stream->head->headers.add(std::string(name), std::string(value));
    return true;
}

void Http2Receiver::headEnds(std::uint32_t id, bool endsStream)
{
    Http2Stream *stream = find(id);
    if (stream == nullptr || !stream->head)
        return;
    const std::shared_ptr<const HttpHead> head = std::exchange(stream->head, nullptr);
    const bool isTrailers = m_role == Role::Server ? stream->isOpened : stream->isAnswered;
    stream->interimBytes += head->isInterim() ? stream->headBytes : 0;
    if (!stream->isOver) {
        add(isTrailers ? HttpFact::Kind::Trailers : HttpFact::Kind::Head, id).head = head;
        if (m_role == Role::Server && !isTrailers) {
            stream->isOpened = true;
            stream->isTunnel = head->method == "CONNECT";
            stream->isHeadRequest = head->method == "HEAD";
        } else if (m_role == Role::Client && !head->isInterim()) {
            stream->isAnswered = true;
        }
    }
    if (endsStream)
        streamEnds(id);
}

void Http2Receiver::promise(std::uint32_t id, std::uint32_t promised)
{
    Http2Stream *stream = find(promised);
    if (stream == nullptr || !stream->head)
        return;
    HttpFact &fact = add(HttpFact::Kind::Promise, id);
    fact.other = StreamId(promised);
    fact.head = std::exchange(stream->head, nullptr);
}

void Http2Receiver::openPush(std::uint32_t promised)
{
    Http2Stream &stream = m_streams[promised];
    m_pushed += stream.isPushed ? 0 : 1;
    stream.isPushed = true;
}

void Http2Receiver::content(std::uint32_t id, ByteView bytes)
{
    const auto end = static_cast<std::uint64_t>(bytes.data() + bytes.size() - m_input.data());
    m_told.push_back({m_offset + end, bytes, id, true});
}

void Http2Receiver::streamEnds(std::uint32_t id)
{
    Http2Stream *stream = find(id);
    if (stream == nullptr || stream->isOver || std::exchange(stream->isPeerDone, true))
        return;
    add(HttpFact::Kind::End, id);
}

void Http2Receiver::resetByPeer(std::uint32_t id, std::uint32_t code)
{
    Http2Stream *stream = find(id);
    if (stream == nullptr)
        return;
    stream->isResetByPeer = true;
    if (std::exchange(stream->isOver, true))
        return;
    if (stream->isPeerDone && m_role == Role::Client && !stream->isTunnel)
        return; // the answer is whole: the server needs no more of the request (RFC 9113 section 8.1)
    HttpFact &fact = add(HttpFact::Kind::Reset, id);
    fact.errorCode = static_cast<Http2ErrorCode>(code);
    fact.byPeer = true;
}

void Http2Receiver::settings(std::span<const Http2SettingValue> values)
{
    m_peer.received = true;
    for (const Http2SettingValue &entry : values) {
        switch (entry.setting) {
        case Http2Setting::HeaderTableSize: m_peer.headerTableSize = entry.value; break;
        case Http2Setting::EnablePush: m_peer.enablePush = entry.value != 0; break;
        case Http2Setting::MaxConcurrentStreams: m_peer.maxConcurrentStreams = entry.value; break;
        case Http2Setting::InitialWindowSize: m_peer.initialWindow = entry.value; break;
        case Http2Setting::MaxFrameSize: m_peer.maxFrameSize = entry.value; break;
        case Http2Setting::EnableConnectProtocol: m_peer.connectProtocol = entry.value != 0; break;
        case Http2Setting::MaxHeaderListSize:
        case Http2Setting::NoRfc7540Priorities: break;
        }
    }
    add(HttpFact::Kind::Settings, 0);
}

void Http2Receiver::pingAck(std::uint64_t opaque)
{
    add(HttpFact::Kind::PingAck, 0).opaque = opaque;
}

void Http2Receiver::goaway(std::uint32_t lastStream, std::uint32_t code, ByteView debugData)
{
    m_leaving = true;
    HttpFact &fact = add(HttpFact::Kind::Goaway, 0);
    fact.other = StreamId(lastStream);
    fact.errorCode = static_cast<Http2ErrorCode>(code);
    fact.byPeer = true;
    fact.detail = debugData;
}

void Http2Receiver::report(std::uint32_t id, Http2ErrorCode code, std::string detail)
{
    Http2Stream *stream = find(id);
    if (stream == nullptr || std::exchange(stream->isOver, true))
        return;
    if (m_role == Role::Server)
        m_guard.streamBroken();
    HttpFact &fact = add(HttpFact::Kind::Reset, id);
    fact.errorCode = code;
    fact.detail = std::move(detail);
}

void Http2Receiver::settle()
{
    const auto trouble = std::exchange(m_trouble, std::nullopt);
    if (trouble && !m_failure)
        report(trouble->stream, trouble->code, trouble->detail);
}

void Http2Receiver::broken(std::uint32_t id, Http2ErrorCode code, std::string detail)
{
    if (!m_trouble) // what follows is about what the first did
        m_trouble = Trouble{id, code, std::move(detail)};
}

void Http2Receiver::notSent(std::uint32_t id, bool isRefused)
{
    if (isRefused)
        report(id, Http2ErrorCode::RefusedStream,
               "the request was not sent: the peer takes no more streams (RFC 9113 section 6.8)");
    else
        report(id, Http2ErrorCode::InternalError, "the request could not be sent: its head is too large");
}

void Http2Receiver::closed(std::uint32_t id, std::uint32_t code)
{
    const auto found = m_streams.find(id);
    if (found == m_streams.end())
        return;
    const bool isWhole = found->second.isPeerDone && code == 0;
    if (m_trouble && m_trouble->stream == id)
        settle();
    if (!isWhole && !m_failure)
        report(id, static_cast<Http2ErrorCode>(code), explainStreamError(static_cast<Http2ErrorCode>(code)));
    const Http2Stream &stream = found->second;
    m_guard.closed(id, stream.isResetByPeer        ? Http2Guard::Closed::ResetByPeer
                       : isWhole && !stream.isOver ? Http2Guard::Closed::Ended
                                                   : Http2Guard::Closed::ResetByUs);
    m_pushed -= stream.isPushed ? 1 : 0;
    m_streams.erase(found);
    m_lastId = 0;
    m_last = nullptr;
}

void Http2Receiver::fail(ErrorCode code, std::string detail)
{
    if (!m_failure)
        m_failure = Error{code, std::move(detail)};
}

void Http2Receiver::failFor(ByteView reason, Http2ErrorCode code)
{
    std::string detail = m_trouble && !m_trouble->detail.empty() ? m_trouble->detail : std::string();
    if (const std::string known = explainReason(reason); !known.empty())
        detail = known;
    if (detail.empty())
        detail = explainConnectionError(code);
    fail(ErrorCode::Http2Protocol, std::move(detail));
}

} // namespace pushscope
