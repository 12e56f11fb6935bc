#include "core/wire/http/http2codec.h"

#include "core/wire/http/http2callbacks.h"
#include "core/wire/http/http2explain.h"
#include "core/wire/http/http2framescanner.h"
#include "core/wire/http/http2submit.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace pushscope {

namespace {

/// How much output may lie ready before control frames too wait for takeOutput().
constexpr std::size_t readyLimit = 64 * 1024;
/// How many requests may go out before the server's SETTINGS have come.
constexpr std::uint32_t streamsBeforeSettings = 100;
/// A window is given back by so many parts of it: seldom enough to cost nothing, and so soon that a far peer seldom has
/// to wait for it. nghttp2 would do it by halves, and the second half of what a peer sends at once is never quite full.
constexpr std::size_t updatesPerWindow = 8;

std::int32_t idOf(StreamId stream)
{
    return static_cast<std::int32_t>(stream.value);
}

} // namespace

struct Http2Codec::Private
{
    Private(Role r, const Options &options)
        : role(r), context{Http2Receiver(r, options.headLimit), options.padTo},
          session(openHttp2Session(r, options, context)), scanner(r == Role::Server ? Http2Preface.size() : 0)
    {
    }

    [[nodiscard]] Http2Receiver &receiver() { return context.receiver; }
    [[nodiscard]] bool isFailed() const { return context.receiver.isFailed(); }
    [[nodiscard]] bool isForeign(ByteView input);
    [[nodiscard]] bool lacksSettings() const;
    void take(ByteView input);
    void give(ByteView input);
    void giveBack(std::int32_t stream, std::size_t &consumed);
    [[nodiscard]] bool admits(const Http2FrameHeader &frame);
    void fail(ErrorCode code, std::string detail, Http2ErrorCode wireCode);
    void write(std::size_t limit);
    void writeControl();
    void resume(StreamId stream) { nghttp2_session_resume_data(session.get(), idOf(stream)); }

    Role role;
    Http2Context context;
    Http2SessionPointer session;
    Http2FrameScanner scanner;
    Bytes output;
    Bytes opening;       ///< the first bytes received, as long as they may be another protocol's
    bool opened = false; ///< they are not
    bool finished = false;
    bool leaving = false; ///< GOAWAY is ours
};

/// Another protocol where HTTP/2 was expected deserves words of its own. nghttp2 is not at the first frame's end before
/// that is known.
bool Http2Codec::Private::isForeign(ByteView input)
{
    constexpr std::string_view preface = Http2Preface;
    if (opened)
        return false;
    opening.append(input.substr(0, preface.size() - std::min(preface.size(), opening.size())));
    if (role == Role::Client) {
        const bool isKnown = !explainForeign(opening).empty();
        opened = !isKnown && !mayBecomeForeign(opening);
        return isKnown;
    }
    const std::size_t size = std::min(opening.size(), preface.size());
    opened = size == preface.size();
    return opening.compare(0, size, preface, 0, size) != 0;
}

/// A server begins with SETTINGS, which acknowledges nothing (RFC 9113 section 3.4).
bool Http2Codec::Private::lacksSettings() const
{
    if (role == Role::Server || !opened || opening.size() < Http2FrameHeader::Size)
        return false;
    const Http2FrameHeader first = parseHttp2FrameHeader(opening);
    return first.type != Http2FrameType::Settings || first.has(Http2Flag::Ack);
}

/// Between frames the guard looks at what comes, and nghttp2 at what was there before, so that both know the state of
/// the streams. DATA of an open stream, which is most of what there is, goes through without a stop.
void Http2Codec::Private::take(ByteView input)
{
    std::size_t given = 0;
    bool current = false; // nothing given since changed any stream
    scanner.feed(input);
    while (const auto frame = scanner.next()) {
        const bool isContent =
            frame->type == Http2FrameType::Data && frame->length > 0 && !frame->has(Http2Flag::EndStream);
        if (isContent && current && receiver().find(frame->stream) != nullptr)
            continue;
        receiver().reach(scanner.begin());
        give(input.substr(given, scanner.begin() - given));
        given = scanner.begin();
        if (isFailed() || !admits(*frame))
            return;
        current = isContent;
    }
    receiver().reach(input.size());
    give(input.substr(given));
}

void Http2Codec::Private::give(ByteView input)
{
    if (!input.empty()) {
        const ssize_t taken =
            nghttp2_session_mem_recv(session.get(), reinterpret_cast<const std::uint8_t *>(input.data()), input.size());
        if (taken < 0)
            fail(ErrorCode::Http2Protocol, explainFatal(static_cast<int>(taken)), errorCodeOf(static_cast<int>(taken)));
        giveBack(0, context.received);
    }
    writeControl();
    receiver().settle();
}

/// Gives received content back to a window, stream 0 being the connection, when there is enough of it. nghttp2 counts
/// it with the padding, which it gives back itself, and may find that both together are enough.
void Http2Codec::Private::giveBack(std::int32_t stream, std::size_t &consumed)
{
    nghttp2_session *const known = session.get();
    const bool isConnection = stream == 0;
    const std::int32_t window = isConnection ? nghttp2_session_get_effective_local_window_size(known)
                                             : nghttp2_session_get_stream_effective_local_window_size(known, stream);
    if (consumed == 0 || consumed * updatesPerWindow < static_cast<std::size_t>(std::max(window, 0)))
        return;
    const auto held = [known, stream, isConnection] {
        return isConnection ? nghttp2_session_get_effective_recv_data_length(known)
                            : nghttp2_session_get_stream_effective_recv_data_length(known, stream);
    };
    const std::int32_t before = std::max(held(), 0);
    const std::size_t size = std::min(std::exchange(consumed, 0), static_cast<std::size_t>(before));
    isConnection ? nghttp2_session_consume_connection(known, size)
                 : nghttp2_session_consume_stream(known, stream, size);
    if (size > 0 && held() == before)
        nghttp2_submit_window_update(known, NGHTTP2_FLAG_NONE, stream, static_cast<std::int32_t>(size));
}

bool Http2Codec::Private::admits(const Http2FrameHeader &frame)
{
    const auto violation = receiver().check(frame);
    if (!violation)
        return true;
    if (violation->isOfStream) {
        nghttp2_submit_rst_stream(session.get(), NGHTTP2_FLAG_NONE, static_cast<std::int32_t>(frame.stream),
                                  static_cast<std::uint32_t>(violation->code));
        return true;
    }
    fail(ErrorCode::Http2Protocol, std::string(violation->detail), violation->code);
    return false;
}

void Http2Codec::Private::fail(ErrorCode code, std::string detail, Http2ErrorCode wireCode)
{
    receiver().fail(code, std::move(detail));
    nghttp2_session_terminate_session(session.get(), static_cast<std::uint32_t>(wireCode));
    writeControl();
}

void Http2Codec::Private::write(std::size_t limit)
{
    const std::uint8_t *bytes = nullptr;
    while (output.size() < limit) {
        const ssize_t size = nghttp2_session_mem_send(session.get(), &bytes);
        if (size <= 0)
            return;
        output.append(reinterpret_cast<const char *>(bytes), static_cast<std::size_t>(size));
    }
}

/// What answers the input goes to the output at once: sending a frame is what closes a stream in nghttp2, or the
/// connection.
void Http2Codec::Private::writeControl()
{
    context.onlyControl = true;
    write(readyLimit);
    context.onlyControl = false;
}

Http2Codec::Http2Codec(Role role, Options options) : d(std::make_unique<Private>(role, options)) {}

Http2Codec::~Http2Codec() = default;

std::optional<StreamId> Http2Codec::sendRequest(const HttpHead &head, ByteView body)
{
    if (d->role != Role::Client || !isReusable())
        return std::nullopt;
    const bool isTunnel = head.method == "CONNECT";
    const std::int32_t id = submitHttp2Request(d->session.get(), head.headers, isTunnel || !body.empty());
    if (id < 0)
        return std::nullopt;
    Http2Stream &stream = d->receiver().open(static_cast<std::uint32_t>(id));
    stream.isTunnel = isTunnel;
    stream.sending.push(body);
    if (!isTunnel)
        stream.sending.end({});
    return StreamId(static_cast<std::uint32_t>(id));
}

void Http2Codec::sendHead(StreamId stream, const HttpHead &head)
{
    Http2Stream *known = d->receiver().find(stream.value);
    if (d->role != Role::Server || known == nullptr || d->isFailed() || known->isAnswered)
        return;
    if (!head.isInterim()) {
        // RFC 9110 section 6.4.1
        known->hasContent = !known->isHeadRequest && head.status != 204 && head.status != 304;
        known->isAnswered = true;
    }
    submitHttp2Answer(d->session.get(), stream.value, head);
}

void Http2Codec::sendBody(StreamId stream, ByteView bytes)
{
    Http2Stream *known = d->receiver().find(stream.value);
    if (known == nullptr || known->isOver || !known->hasContent || d->isFailed())
        return;
    known->sending.push(bytes);
    d->resume(stream);
}

void Http2Codec::sendEnd(StreamId stream, const Headers &trailers)
{
    Http2Stream *known = d->receiver().find(stream.value);
    if (known == nullptr || known->isOver || d->isFailed())
        return;
    known->sending.end(trailers);
    d->resume(stream);
}

Bytes Http2Codec::takeOutput()
{
    return takeOutput(static_cast<std::size_t>(-1));
}

Bytes Http2Codec::takeOutput(std::size_t limit)
{
    d->write(limit);
    return std::exchange(d->output, Bytes());
}

void Http2Codec::feed(ByteView input)
{
    d->receiver().readBegins();
    d->receiver().begin(input);
    if (d->isFailed() || d->finished || input.empty())
        return;
    const bool isForeign = d->isForeign(input);
    if (d->lacksSettings())
        d->fail(ErrorCode::Http2Protocol, explainNoSettings(d->opening), Http2ErrorCode::ProtocolError);
    else if (!isForeign)
        d->take(input);
    else if (d->role == Role::Client)
        d->fail(ErrorCode::Http2NotOffered,
                explainForeign(input.starts_with(d->opening) ? input : ByteView(d->opening)),
                Http2ErrorCode::ProtocolError);
    else
        d->fail(ErrorCode::Http2Protocol,
                "the connection does not begin with HTTP/2's preface: the client may speak HTTP/1.1 (RFC 9113 section "
                "3.4)",
                Http2ErrorCode::ProtocolError);
}

void Http2Codec::finish()
{
    d->finished = true;
}

bool Http2Codec::next(HttpFact &fact)
{
    return d->receiver().next(fact);
}

bool Http2Codec::next(HttpFact &fact, std::uint64_t end)
{
    return d->receiver().next(fact, end);
}

const std::optional<Error> &Http2Codec::failure() const
{
    return d->receiver().failure();
}

bool Http2Codec::isInsideMessage(StreamId stream) const
{
    const Http2Stream *known = d->receiver().find(stream.value);
    return known != nullptr && !known->isPeerDone && !known->isOver;
}

bool Http2Codec::isHalfClosedByPeer(StreamId stream) const
{
    const Http2Stream *known = d->receiver().find(stream.value);
    return known != nullptr && known->isPeerDone && !known->isOver;
}

bool Http2Codec::isReusable() const
{
    if (d->isFailed() || d->finished || d->leaving || d->receiver().isLeaving())
        return false;
    const std::uint32_t limit = peer().received ? peer().maxConcurrentStreams : streamsBeforeSettings;
    return d->role == Role::Server ||
           (openStreams() < limit && nghttp2_session_check_request_allowed(d->session.get()) != 0);
}

void Http2Codec::reset(StreamId stream, Http2ErrorCode code)
{
    Http2Stream *known = d->receiver().find(stream.value);
    if (known == nullptr || std::exchange(known->isOver, true) || d->isFailed())
        return;
    nghttp2_submit_rst_stream(d->session.get(), NGHTTP2_FLAG_NONE, idOf(stream), static_cast<std::uint32_t>(code));
}

void Http2Codec::consume(StreamId stream, std::size_t bytes)
{
    Http2Stream *known = d->receiver().find(stream.value);
    if (known == nullptr || known->isOver || known->isPeerDone || d->isFailed())
        return;
    known->consumed += bytes;
    d->giveBack(idOf(stream), known->consumed);
}

void Http2Codec::ping(std::uint64_t opaque)
{
    std::array<std::uint8_t, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(opaque >> (56 - 8 * i));
    nghttp2_submit_ping(d->session.get(), NGHTTP2_FLAG_NONE, bytes.data());
}

void Http2Codec::goaway(Http2ErrorCode code, ByteView debugData)
{
    d->leaving = true;
    const std::int32_t last = nghttp2_session_get_last_proc_stream_id(d->session.get());
    const int error = nghttp2_submit_goaway(d->session.get(), NGHTTP2_FLAG_NONE, last, static_cast<std::uint32_t>(code),
                                            reinterpret_cast<const std::uint8_t *>(debugData.data()), debugData.size());
    d->context.goaways += error == 0 ? 1 : 0;
}

void Http2Codec::announceGoaway()
{
    d->context.goaways += nghttp2_submit_shutdown_notice(d->session.get()) == 0 ? 1 : 0;
}

void Http2Codec::submitSettings(std::span<const Http2SettingValue> settings)
{
    std::vector<nghttp2_settings_entry> entries;
    for (const Http2SettingValue &entry : settings)
        entries.push_back({static_cast<std::int32_t>(entry.setting), entry.value});
    nghttp2_submit_settings(d->session.get(), NGHTTP2_FLAG_NONE, entries.data(), entries.size());
}

void Http2Codec::pad(std::size_t padTo)
{
    d->context.padTo = padTo;
}

std::optional<StreamId> Http2Codec::promise(StreamId stream, const HttpHead &request)
{
    const Http2Stream *known = d->receiver().find(stream.value);
    if (d->role != Role::Server || known == nullptr || known->isOver || !peer().enablePush || d->isFailed())
        return std::nullopt;
    const std::int32_t id = submitHttp2Promise(d->session.get(), stream.value, request.headers);
    if (id < 0)
        return std::nullopt;
    d->receiver().openPush(static_cast<std::uint32_t>(id));
    Http2Stream *pushed = d->receiver().find(static_cast<std::uint32_t>(id));
    pushed->isPeerDone = true; // a promised request is whole
    pushed->isHeadRequest = request.method == "HEAD";
    return StreamId(static_cast<std::uint32_t>(id));
}

std::uint64_t Http2Codec::unsent(StreamId stream) const
{
    const Http2Stream *known = d->receiver().find(stream.value);
    return known == nullptr ? 0 : known->sending.size();
}

const Http2Codec::PeerSettings &Http2Codec::peer() const
{
    return d->receiver().peer();
}

std::size_t Http2Codec::openStreams() const
{
    return d->receiver().openStreams();
}

std::int64_t Http2Codec::remoteWindow(StreamId stream) const
{
    if (stream.isValid())
        return nghttp2_session_get_stream_remote_window_size(d->session.get(), idOf(stream));
    return nghttp2_session_get_remote_window_size(d->session.get());
}

bool Http2Codec::isOver() const
{
    if (!d->output.empty())
        return false;
    const bool reads = !d->finished && !d->isFailed() && nghttp2_session_want_read(d->session.get()) != 0;
    return !reads && nghttp2_session_want_write(d->session.get()) == 0;
}

} // namespace pushscope
