// The floor: a bare read-parse-keep loop over a stream of peer-blaster's. It keeps the bytes and an index of the
// messages, checks nothing and explains nothing.
//   peer-recvloop PORT ws|sse|chunked

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

struct Entry
{
    std::uint64_t offset;
    std::uint32_t length;
};

/// Returns how many bytes of `bytes` from `at` on are whole frames; adds them to the index.
std::size_t parseFrames(const std::vector<char> &bytes, std::size_t at, std::vector<Entry> &index)
{
    for (;;) {
        if (bytes.size() - at < 2)
            return at;
        const auto *head = reinterpret_cast<const unsigned char *>(bytes.data() + at);
        std::uint64_t length = head[1] & 0x7F;
        std::size_t header = 2;
        if (length == 126) {
            header = 4;
            if (bytes.size() - at < header)
                return at;
            length = static_cast<std::uint64_t>(head[2]) << 8 | head[3];
        }
        if (bytes.size() - at < header + length)
            return at;
        index.push_back({at + header, static_cast<std::uint32_t>(length)});
        at += header + length;
    }
}

/// Whole events only: lines up to the blank one, found with memchr.
std::size_t parseEvents(const std::vector<char> &bytes, std::size_t at, std::vector<Entry> &index)
{
    std::size_t line = at;
    for (;;) {
        const void *end = std::memchr(bytes.data() + line, '\n', bytes.size() - line);
        if (!end)
            return at;
        const std::size_t next = static_cast<std::size_t>(static_cast<const char *>(end) - bytes.data()) + 1;
        if (next - line == 1) {
            index.push_back({at, static_cast<std::uint32_t>(next - at)});
            at = next;
        }
        line = next;
    }
}

std::size_t parseChunks(const std::vector<char> &bytes, std::size_t at, std::vector<Entry> &index)
{
    for (;;) {
        const void *end = std::memchr(bytes.data() + at, '\n', bytes.size() - at);
        if (!end)
            return at;
        const std::size_t data = static_cast<std::size_t>(static_cast<const char *>(end) - bytes.data()) + 1;
        const unsigned long length = std::strtoul(bytes.data() + at, nullptr, 16);
        if (length == 0 || bytes.size() - data < length + 2)
            return at;
        const void *blank = std::memchr(bytes.data() + data, '\n', length);
        while (blank) {
            const char *next = static_cast<const char *>(blank) + 1;
            if (next == bytes.data() + data + length)
                break;
            blank = std::memchr(next, '\n', static_cast<std::size_t>(bytes.data() + data + length - next));
        }
        index.push_back({data, static_cast<std::uint32_t>(length)});
        at = data + length + 2;
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    const std::string mode = argv[2];
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(argv[1])));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        return 1;
    const std::string request =
        "GET /" + mode +
        " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    if (::send(descriptor, request.data(), request.size(), 0) < 0)
        return 1;

    std::vector<char> bytes;
    bytes.reserve(256u << 20);
    std::vector<Entry> index;
    std::size_t at = 0;
    constexpr std::size_t step = 64 * 1024;
    alignas(4096) static char buffer[step];
    for (;;) {
        const long size = ::recv(descriptor, buffer, step, 0);
        if (size <= 0)
            break;
        bytes.insert(bytes.end(), buffer, buffer + size);
        if (at == 0) {
            const std::string_view seen(bytes.data(), bytes.size());
            const std::size_t end = seen.find("\r\n\r\n");
            if (end == std::string_view::npos)
                continue;
            at = end + 4;
        }
        at = mode == "ws"    ? parseFrames(bytes, at, index)
             : mode == "sse" ? parseEvents(bytes, at, index)
                             : parseChunks(bytes, at, index);
    }
    ::close(descriptor);
    std::printf("%zu\n", index.size());
}
