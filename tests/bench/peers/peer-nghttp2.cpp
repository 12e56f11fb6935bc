// A bare receive loop over nghttp2's session, the library that Pushscope knows HTTP/2 with: peer-nghttp2 PORT keeps the
// bytes of DATA and an index of the frames, with windows of 16 MiB.

#include <nghttp2/nghttp2.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

namespace {

struct Kept
{
    std::vector<char> bytes;
    std::vector<std::size_t> ends;
    int descriptor = -1;
    bool closed = false;
};

int keepData(nghttp2_session *, std::uint8_t, std::int32_t, const std::uint8_t *data, std::size_t length, void *kept)
{
    auto &bytes = static_cast<Kept *>(kept)->bytes;
    bytes.insert(bytes.end(), data, data + length);
    return 0;
}

int keepEnd(nghttp2_session *, const nghttp2_frame *frame, void *kept)
{
    auto *all = static_cast<Kept *>(kept);
    if (frame->hd.type == NGHTTP2_DATA && frame->hd.length > 0)
        all->ends.push_back(all->bytes.size());
    return 0;
}

int streamClosed(nghttp2_session *, std::int32_t, std::uint32_t, void *kept)
{
    static_cast<Kept *>(kept)->closed = true;
    return 0;
}

ssize_t sendBytes(nghttp2_session *, const std::uint8_t *data, std::size_t length, int, void *kept)
{
    return ::send(static_cast<Kept *>(kept)->descriptor, data, length, MSG_NOSIGNAL);
}

struct DeleteSession
{
    void operator()(nghttp2_session *session) const { nghttp2_session_del(session); }
};
using Session = std::unique_ptr<nghttp2_session, DeleteSession>;

Session makeSession(Kept &kept)
{
    nghttp2_session_callbacks *callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, keepData);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, keepEnd);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, streamClosed);
    nghttp2_session_callbacks_set_send_callback(callbacks, sendBytes);
    nghttp2_session *session = nullptr;
    nghttp2_session_client_new(&session, callbacks, &kept);
    nghttp2_session_callbacks_del(callbacks);
    return Session(session);
}

nghttp2_nv field(const char *name, std::size_t nameSize, const char *value, std::size_t valueSize)
{
    return {reinterpret_cast<std::uint8_t *>(const_cast<char *>(name)),
            reinterpret_cast<std::uint8_t *>(const_cast<char *>(value)), nameSize, valueSize, NGHTTP2_NV_FLAG_NONE};
}

void ask(nghttp2_session *session)
{
    constexpr std::int32_t window = 16 << 20;
    const nghttp2_settings_entry entry{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, window};
    nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, &entry, 1);
    nghttp2_session_set_local_window_size(session, NGHTTP2_FLAG_NONE, 0, window);
    const std::array fields{field(":method", 7, "GET", 3), field(":scheme", 7, "http", 4),
                            field(":authority", 10, "127.0.0.1", 9), field(":path", 5, "/http2", 6)};
    nghttp2_submit_request(session, nullptr, fields.data(), fields.size(), nullptr, nullptr);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    Kept kept;
    kept.bytes.reserve(256u << 20);
    kept.descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(argv[1])));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(kept.descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        return 1;
    const Session session = makeSession(kept);
    ask(session.get());
    alignas(4096) static char buffer[64 * 1024];
    while (!kept.closed && nghttp2_session_send(session.get()) == 0) {
        const long size = ::recv(kept.descriptor, buffer, sizeof buffer, 0);
        const auto *bytes = reinterpret_cast<const std::uint8_t *>(buffer);
        if (size <= 0 || nghttp2_session_mem_recv(session.get(), bytes, static_cast<std::size_t>(size)) < 0)
            break;
    }
    ::close(kept.descriptor);
    std::printf("%zu\n", kept.ends.size());
}
