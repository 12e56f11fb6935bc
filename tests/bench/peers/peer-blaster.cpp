// A server that sends the same pre-made stream to whoever asks, as fast as the socket takes it:
//   peer-blaster COUNT SIZE [--tls]
// GET /ws is answered as a WebSocket with COUNT text frames and a close frame, GET /sse with COUNT events and a FIN,
// GET /chunked with one event in each chunk. It prints its port, serves one connection after the other, and ends with
// its standard input.

#include "core/wire/http/http1parser.h"
#include "core/wire/tls/certificateauthority.h"
#include "core/wire/ws/wsframeencoder.h"
#include "core/wire/ws/wshandshake.h"
#include "tests/bench/peers/http2source.h"
#include "tests/bench/peers/listener.h"

#include <openssl/ssl.h>

#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <string>

using namespace pushscope;

namespace {

std::string payload(long number, std::size_t size)
{
    std::string text = "{\"id\":" + std::to_string(number) + ",\"price\":101.25,\"text\":\"";
    while (text.size() < size - 2)
        text.push_back(static_cast<char>('a' + (text.size() * 7 + static_cast<std::size_t>(number)) % 26));
    return text + "\"}";
}

std::string event(long number, std::size_t size)
{
    return "id: " + std::to_string(number) + "\ndata: " + payload(number, size) + "\n\n";
}

std::string webSocketStream(long count, std::size_t size)
{
    std::string bytes;
    for (long number = 1; number <= count; ++number) {
        WsFrameSpec spec;
        spec.payload = payload(number, size);
        bytes += encodeWsFrame(spec);
    }
    WsFrameSpec close;
    close.opcode = WsOpcode::Close;
    close.payload = closePayload(1000, "done");
    return bytes + encodeWsFrame(close);
}

std::string eventStream(long count, std::size_t size, bool chunked)
{
    std::string bytes = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
    bytes += chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Connection: close\r\n\r\n";
    char length[32];
    for (long number = 1; number <= count; ++number) {
        const std::string one = event(number, size);
        if (chunked) {
            std::snprintf(length, sizeof length, "%zx\r\n", one.size());
            bytes.append(length).append(one).append("\r\n");
        } else {
            bytes += one;
        }
    }
    return chunked ? bytes + "0\r\n\r\n" : bytes;
}

std::string dataFrames(long count, std::size_t size)
{
    std::string bytes;
    for (long number = 1; number <= count; ++number)
        appendFrame(bytes, 0, 0, 1, event(number, size));
    return bytes;
}

/// A connected socket, with TLS on it or not.
class Connection
{
public:
    Connection(int descriptor, SSL_CTX *context) : m_descriptor(descriptor)
    {
        if (!context)
            return;
        m_ssl.reset(SSL_new(context));
        SSL_set_fd(m_ssl.get(), descriptor);
        m_usable = SSL_accept(m_ssl.get()) == 1;
    }
    ~Connection()
    {
        if (m_ssl && m_usable)
            SSL_shutdown(m_ssl.get());
        ::shutdown(m_descriptor, SHUT_WR);
        char rest[4096];
        while (::recv(m_descriptor, rest, sizeof rest, 0) > 0) {
        }
        ::close(m_descriptor);
    }
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    bool write(const std::string &bytes)
    {
        constexpr std::size_t step = 256 * 1024;
        for (std::size_t at = 0; at < bytes.size();) {
            const std::size_t size = std::min(step, bytes.size() - at);
            const long done = m_ssl ? SSL_write(m_ssl.get(), bytes.data() + at, static_cast<int>(size))
                                    : ::send(m_descriptor, bytes.data() + at, size, MSG_NOSIGNAL);
            if (done <= 0)
                return false;
            at += static_cast<std::size_t>(done);
        }
        return true;
    }

    [[nodiscard]] int descriptor() const { return m_descriptor; }
    [[nodiscard]] SSL *ssl() const { return m_ssl.get(); }

    std::string readHead()
    {
        std::string head;
        char buffer[4096];
        while (m_usable && head.find("\r\n\r\n") == std::string::npos) {
            const long size =
                m_ssl ? SSL_read(m_ssl.get(), buffer, sizeof buffer) : ::recv(m_descriptor, buffer, sizeof buffer, 0);
            if (size <= 0)
                return {};
            head.append(buffer, static_cast<std::size_t>(size));
        }
        return head;
    }

private:
    struct FreeSsl
    {
        void operator()(SSL *ssl) const { SSL_free(ssl); }
    };
    int m_descriptor;
    bool m_usable = true;
    std::unique_ptr<SSL, FreeSsl> m_ssl;
};

/// The bytes that are sent, made when they are asked for first.
class Streams
{
public:
    Streams(long count, std::size_t size) : m_count(count), m_size(size) {}

    const std::string &of(const std::string &path)
    {
        std::string &bytes = m_made[path];
        if (bytes.empty())
            bytes = path == "/ws"      ? webSocketStream(m_count, m_size)
                    : path == "/http2" ? dataFrames(m_count, m_size)
                                       : eventStream(m_count, m_size, path == "/chunked");
        return bytes;
    }

private:
    long m_count;
    std::size_t m_size;
    std::map<std::string, std::string> m_made;
};

void serve(Connection &connection, Streams &streams)
{
    const std::string head = connection.readHead();
    if (head.starts_with("PRI * HTTP/2.0")) {
        Http2Source(connection.descriptor(), connection.ssl(), streams.of("/http2")).serve(head);
        return;
    }
    const auto request = parseHttp1Head(head, Http1Parser::Side::Requests);
    if (!request)
        return;
    if (request->target == "/ws") {
        const auto offer = readWebSocketOffer(*request);
        if (!offer)
            return;
        connection.write(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
            webSocketAccept(offer->key) + "\r\n\r\n");
    }
    connection.write(streams.of(request->target));
}

/// HTTP/2 for who offers it (RFC 7301 section 3.2).
int chooseProtocol(SSL *, const unsigned char **chosen, unsigned char *size, const unsigned char *offered,
                   unsigned int offeredSize, void *)
{
    static constexpr unsigned char known[] = "\x02h2\x08http/1.1";
    return SSL_select_next_proto(const_cast<unsigned char **>(chosen), size, known, sizeof known - 1, offered,
                                 offeredSize) == OPENSSL_NPN_NEGOTIATED
               ? SSL_TLSEXT_ERR_OK
               : SSL_TLSEXT_ERR_NOACK;
}

SSL_CTX *makeContext()
{
    const auto certificates = makeLocalCertificates();
    if (!certificates)
        return nullptr;
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_alpn_select_cb(context, chooseProtocol, nullptr);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    BIO *chain = BIO_new_mem_buf(certificates->chain.data(), static_cast<int>(certificates->chain.size()));
    BIO *key = BIO_new_mem_buf(certificates->privateKey.data(), static_cast<int>(certificates->privateKey.size()));
    X509 *certificate = PEM_read_bio_X509(chain, nullptr, nullptr, nullptr);
    EVP_PKEY *privateKey = PEM_read_bio_PrivateKey(key, nullptr, nullptr, nullptr);
    SSL_CTX_use_certificate(context, certificate);
    SSL_CTX_use_PrivateKey(context, privateKey);
    X509_free(certificate);
    EVP_PKEY_free(privateKey);
    BIO_free(chain);
    BIO_free(key);
    return context;
}

} // namespace

int main(int argc, char **argv)
{
    const long count = argc > 1 ? std::atol(argv[1]) : 1'000'000;
    const std::size_t size = argc > 2 ? static_cast<std::size_t>(std::atol(argv[2])) : 120;
    SSL_CTX *context = argc > 3 && std::string(argv[3]) == "--tls" ? makeContext() : nullptr;
    Streams streams(count, size);

    const Listener listener;
    if (!listener.open())
        return 3;
    while (listener.wait()) {
        const int descriptor = listener.accept();
        if (descriptor < 0)
            continue;
        Connection connection(descriptor, context);
        serve(connection, streams);
    }
    SSL_CTX_free(context);
}
