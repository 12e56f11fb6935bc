#include "core/wire/http/http2callbacks.h"

#include "core/wire/http/http2explain.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <array>
#include <vector>

namespace pushscope {

namespace {

struct CallbacksDeleter
{
    void operator()(nghttp2_session_callbacks *callbacks) const { nghttp2_session_callbacks_del(callbacks); }
};
struct OptionDeleter
{
    void operator()(nghttp2_option *option) const { nghttp2_option_del(option); }
};

Http2Context &contextOf(void *userData)
{
    return *static_cast<Http2Context *>(userData);
}

Http2Receiver &receiverOf(void *userData)
{
    return contextOf(userData).receiver;
}

ByteView viewOf(const std::uint8_t *bytes, std::size_t size)
{
    return size == 0 ? ByteView() : ByteView(reinterpret_cast<const char *>(bytes), size);
}

std::uint32_t idOf(std::int32_t stream)
{
    return static_cast<std::uint32_t>(stream);
}

/// The stream that a frame's field block is for.
std::uint32_t headStream(const nghttp2_frame *frame)
{
    return idOf(frame->hd.type == NGHTTP2_PUSH_PROMISE ? frame->push_promise.promised_stream_id : frame->hd.stream_id);
}

Http2FrameHeader headerOf(const nghttp2_frame_hd &frame)
{
    Http2FrameHeader header;
    header.length = static_cast<std::uint32_t>(frame.length);
    header.type = static_cast<Http2FrameType>(frame.type);
    header.flags = frame.flags;
    header.stream = idOf(frame.stream_id);
    return header;
}

int onBeginHeaders(nghttp2_session *, const nghttp2_frame *frame, void *userData)
{
    Http2Receiver &receiver = receiverOf(userData);
    const bool isPromise = frame->hd.type == NGHTTP2_PUSH_PROMISE;
    const bool isRequest = !isPromise && frame->headers.cat == NGHTTP2_HCAT_REQUEST;
    const std::uint32_t id = headStream(frame);
    if (isPromise)
        receiver.openPush(id);
    else if (isRequest)
        receiver.open(id);
    receiver.headBegins(id, isPromise);
    return 0;
}

int onHeader(nghttp2_session *session, const nghttp2_frame *frame, const std::uint8_t *name, std::size_t nameSize,
             const std::uint8_t *value, std::size_t valueSize, std::uint8_t, void *userData)
{
    if (receiverOf(userData).field(headStream(frame), viewOf(name, nameSize), viewOf(value, valueSize)))
        return 0;
    // Before nghttp2 does it with a code that says less.
    nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, static_cast<std::int32_t>(headStream(frame)),
                              NGHTTP2_ENHANCE_YOUR_CALM);
    return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
}

/// A field that nghttp2 would leave out; the message is malformed (RFC 9113 section 8.2.1).
int onInvalidHeader(nghttp2_session *session, const nghttp2_frame *frame, const std::uint8_t *name,
                    std::size_t nameSize, const std::uint8_t *value, std::size_t valueSize, std::uint8_t,
                    void *userData)
{
    receiverOf(userData).broken(headStream(frame), Http2ErrorCode::ProtocolError,
                                explainInvalidField(viewOf(name, nameSize), viewOf(value, valueSize)));
    nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, static_cast<std::int32_t>(headStream(frame)),
                              NGHTTP2_PROTOCOL_ERROR);
    return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
}

int onDataChunk(nghttp2_session *, std::uint8_t, std::int32_t stream, const std::uint8_t *data, std::size_t size,
                void *userData)
{
    contextOf(userData).received += size;
    receiverOf(userData).content(idOf(stream), viewOf(data, size));
    return 0;
}

void receivedSettings(const nghttp2_settings &settings, Http2Receiver &receiver)
{
    std::vector<Http2SettingValue> values;
    values.reserve(settings.niv);
    for (std::size_t i = 0; i < settings.niv; ++i)
        values.push_back({static_cast<Http2Setting>(settings.iv[i].settings_id), settings.iv[i].value});
    receiver.settings(values);
}

std::uint64_t bigEndian(const std::uint8_t (&bytes)[8])
{
    std::uint64_t number = 0;
    for (const std::uint8_t byte : bytes)
        number = number << 8 | byte;
    return number;
}

int onFrameRecv(nghttp2_session *, const nghttp2_frame *frame, void *userData)
{
    Http2Receiver &receiver = receiverOf(userData);
    const std::uint32_t id = idOf(frame->hd.stream_id);
    const bool isAck = (frame->hd.flags & NGHTTP2_FLAG_ACK) != 0;
    const bool endsStream = (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
    switch (frame->hd.type) {
    case NGHTTP2_DATA:
        if (endsStream)
            receiver.streamEnds(id);
        break;
    case NGHTTP2_HEADERS: receiver.headEnds(id, endsStream); break;
    case NGHTTP2_RST_STREAM: receiver.resetByPeer(id, frame->rst_stream.error_code); break;
    case NGHTTP2_SETTINGS:
        if (!isAck)
            receivedSettings(frame->settings, receiver);
        break;
    case NGHTTP2_PUSH_PROMISE: receiver.promise(id, headStream(frame)); break;
    case NGHTTP2_PING:
        if (isAck)
            receiver.pingAck(bigEndian(frame->ping.opaque_data));
        break;
    case NGHTTP2_GOAWAY:
        receiver.goaway(idOf(frame->goaway.last_stream_id), frame->goaway.error_code,
                        viewOf(frame->goaway.opaque_data, frame->goaway.opaque_data_len));
        break;
    }
    return 0;
}

int onInvalidFrame(nghttp2_session *, const nghttp2_frame *frame, int error, void *userData)
{
    Http2Receiver &receiver = receiverOf(userData);
    if (error == NGHTTP2_ERR_REFUSED_STREAM)
        receiver.refused(headStream(frame));
    const std::uint32_t id = frame->hd.type == NGHTTP2_PUSH_PROMISE ? headStream(frame) : idOf(frame->hd.stream_id);
    receiver.broken(id, errorCodeOf(error), explainInvalidFrame(headerOf(frame->hd), error));
    return 0;
}

int onStreamClose(nghttp2_session *, std::int32_t stream, std::uint32_t code, void *userData)
{
    receiverOf(userData).closed(idOf(stream), code);
    return 0;
}

int onFrameSend(nghttp2_session *, const nghttp2_frame *frame, void *userData)
{
    if (frame->hd.type != NGHTTP2_GOAWAY)
        return 0;
    Http2Context &context = contextOf(userData);
    if (context.goaways > 0)
        --context.goaways;
    else
        context.receiver.failFor(viewOf(frame->goaway.opaque_data, frame->goaway.opaque_data_len),
                                 static_cast<Http2ErrorCode>(frame->goaway.error_code));
    return 0;
}

int onFrameNotSend(nghttp2_session *session, const nghttp2_frame *frame, int error, void *userData)
{
    Http2Context &context = contextOf(userData);
    if (frame->hd.type == NGHTTP2_GOAWAY && context.goaways > 0)
        --context.goaways;
    if (frame->hd.type != NGHTTP2_HEADERS)
        return 0;
    if (frame->headers.cat == NGHTTP2_HCAT_REQUEST)
        context.receiver.notSent(idOf(frame->hd.stream_id), error == NGHTTP2_ERR_START_STREAM_NOT_ALLOWED);
    else if (error == NGHTTP2_ERR_FRAME_SIZE_ERROR || error == NGHTTP2_ERR_HEADER_COMP)
        nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, frame->hd.stream_id, NGHTTP2_INTERNAL_ERROR);
    return 0;
}

ssize_t selectPadding(nghttp2_session *, const nghttp2_frame *frame, std::size_t most, void *userData)
{
    constexpr std::size_t longest = 256; // the field and 255 bytes (RFC 9113 section 6.1)
    const std::size_t length = frame->hd.length;
    const std::size_t step = std::min(contextOf(userData).padTo, longest);
    const std::size_t padded = step == 0 ? length : (length + step - 1) / step * step;
    return static_cast<ssize_t>(std::min(padded, most));
}

std::unique_ptr<nghttp2_session_callbacks, CallbacksDeleter> makeCallbacks()
{
    nghttp2_session_callbacks *made = nullptr;
    nghttp2_session_callbacks_new(&made);
    nghttp2_session_callbacks_set_on_begin_headers_callback(made, onBeginHeaders);
    nghttp2_session_callbacks_set_on_header_callback(made, onHeader);
    nghttp2_session_callbacks_set_on_invalid_header_callback(made, onInvalidHeader);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(made, onDataChunk);
    nghttp2_session_callbacks_set_on_frame_recv_callback(made, onFrameRecv);
    nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(made, onInvalidFrame);
    nghttp2_session_callbacks_set_on_stream_close_callback(made, onStreamClose);
    nghttp2_session_callbacks_set_on_frame_send_callback(made, onFrameSend);
    nghttp2_session_callbacks_set_on_frame_not_send_callback(made, onFrameNotSend);
    nghttp2_session_callbacks_set_select_padding_callback(made, selectPadding);
    return std::unique_ptr<nghttp2_session_callbacks, CallbacksDeleter>(made);
}

std::unique_ptr<nghttp2_option, OptionDeleter> makeOption()
{
    /// Of ours and of the peer's; a head of headLimit must fit in, even if cut small.
    constexpr std::size_t mostContinuations = 128;
    constexpr std::size_t mostHeadBytes = 1024 * 1024;
    nghttp2_option *made = nullptr;
    nghttp2_option_new(&made);
    nghttp2_option_set_no_auto_window_update(made, 1);
    // It would keep closed streams for a priority tree that RFC 9113 section 5.3 has given up, as many as ever were.
    nghttp2_option_set_no_closed_streams(made, 1);
    nghttp2_option_set_max_send_header_block_length(made, mostHeadBytes);
    nghttp2_option_set_max_continuations(made, mostContinuations);
    // Http2Guard counts, and spares who leaves many answered streams at once.
    constexpr std::uint64_t anyNumber = 1U << 30;
    nghttp2_option_set_stream_reset_rate_limit(made, anyNumber, anyNumber);
    return std::unique_ptr<nghttp2_option, OptionDeleter>(made);
}

void submitFirstSettings(nghttp2_session *session, Role role, const Http2Codec::Options &options)
{
    std::vector<nghttp2_settings_entry> entries;
    if (role == Role::Client)
        entries.push_back({NGHTTP2_SETTINGS_ENABLE_PUSH, options.enablePush ? 1U : 0U});
    else if (options.connectProtocol)
        entries.push_back({NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL, 1});
    if (role == Role::Server && options.maxConcurrentStreams > 0)
        entries.push_back({NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, options.maxConcurrentStreams});
    entries.push_back({NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, options.streamWindow});
    entries.push_back({NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, options.headLimit});
    nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, entries.data(), entries.size());
    nghttp2_session_set_local_window_size(session, NGHTTP2_FLAG_NONE, 0,
                                          static_cast<std::int32_t>(options.connectionWindow));
}

} // namespace

void Http2SessionDeleter::operator()(nghttp2_session *session) const
{
    nghttp2_session_del(session);
}

Http2SessionPointer openHttp2Session(Role role, const Http2Codec::Options &options, Http2Context &context)
{
    const auto callbacks = makeCallbacks();
    const auto option = makeOption();
    nghttp2_session *session = nullptr;
    if (role == Role::Client)
        nghttp2_session_client_new2(&session, callbacks.get(), &context, option.get());
    else
        nghttp2_session_server_new2(&session, callbacks.get(), &context, option.get());
    submitFirstSettings(session, role, options);
    return Http2SessionPointer(session);
}

} // namespace pushscope
