#pragma once

#include "core/base/bytes.h"
#include "core/base/headerfield.h"
#include "core/base/reconnection.h"
#include "core/base/url.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pushscope {

enum class TransportChoice { Auto, Sse, WebSocket };
enum class HttpChoice { Auto, Http11, Http2 };
/// What becomes of a session when its HTTP/2 connection has as many streams as the peer allows.
enum class WhenFull { Connect /**< another connection */, Queue /**< it waits for a stream to end */ };
enum class PongMode { Auto, Off, Late };

struct TlsOptions
{
    bool insecure = false;             ///< accept any certificate; the capture says so
    std::string caFile;                ///< PEM, instead of the system's store
    std::vector<std::string> extraCas; ///< PEM texts trusted besides the store (the demo server's authority)
    std::string certificateFile;       ///< PEM or PKCS #12
    std::string keyFile;
    std::string passphrase;
    std::vector<std::string> alpn; ///< "" means what the HTTP choice needs
    int minimumVersion = 12;       ///< 12 or 13
    std::string keyLogFile;
    friend bool operator==(const TlsOptions &, const TlsOptions &) = default;
};

struct Timeouts
{
    Milliseconds connect{10'000};
    Milliseconds firstByte{30'000};
    std::optional<Milliseconds> idle;
    friend bool operator==(const Timeouts &, const Timeouts &) = default;
};

struct ProxyOptions
{
    enum class Kind { None, FromEnvironment, HttpConnect, Socks5 };
    Kind kind = Kind::FromEnvironment;
    std::string host;
    std::uint16_t port = 0;
    std::string user;
    std::string password;
    friend bool operator==(const ProxyOptions &, const ProxyOptions &) = default;
};

struct ResolveOverride
{
    std::string host;
    std::uint16_t port = 0;
    std::string address;
    friend bool operator==(const ResolveOverride &, const ResolveOverride &) = default;
};

/// What may come in at the most; beyond it a Finding says so.
struct Limits
{
    std::uint32_t headBytes = 256 * 1024;
    std::uint32_t frameBytes = 256u * 1024 * 1024;
    std::uint32_t messageBytes = 256u * 1024 * 1024; ///< of a WebSocket message, or an event
    std::uint32_t bodyBytes = 1024 * 1024;           ///< of an answer that is no stream
    friend bool operator==(const Limits &, const Limits &) = default;
};

struct WebSocketOptions
{
    std::string origin;
    std::vector<std::string> subprotocols;
    PongMode pong = PongMode::Auto;
    Milliseconds pongDelay{0};
    std::uint16_t closeCode = 1000; ///< 0: a close frame without a code
    std::string closeReason;
    bool echo = false; ///< answer every text and binary message with itself
    friend bool operator==(const WebSocketOptions &, const WebSocketOptions &) = default;
};

/// How a session shares HTTP/2 connections with others of its origin.
struct Sharing
{
    bool ownConnection = false; ///< never
    bool enablePush = false;    ///< SETTINGS_ENABLE_PUSH; such connections are shared among themselves
    WhenFull whenFull = WhenFull::Connect;
    friend bool operator==(const Sharing &, const Sharing &) = default;
};

/// A header field that a person keeps for another time, and before which of the headers it stands.
struct ShelvedField
{
    std::size_t before = 0;
    HeaderField field;
    friend bool operator==(const ShelvedField &, const ShelvedField &) = default;
};

/// Everything that shapes a session: what to connect to and how. A value; the same for the window, the command line and
/// a pasted curl command.
struct Target
{
    std::string name; ///< shown in lists; "" means made from the URL
    Url url;
    TransportChoice transport = TransportChoice::Auto;
    HttpChoice http = HttpChoice::Auto;
    Sharing sharing;
    std::string method = "GET";
    std::vector<HeaderField> headers;  ///< in the order to send, names as typed
    std::vector<ShelvedField> shelved; ///< kept by the user between the headers, not sent
    Bytes body;
    std::string bodyFile;    ///< the file that the body was read from, for showing; nothing reads it again
    bool compressed = false; ///< offer content codings, unless the headers have an Accept-Encoding of their own
    bool cookies = true;     ///< keep a jar: what Set-Cookie gives goes into the requests that follow (RFC 6265)
    std::string lastEventId; ///< sent with the first request when not empty
    Timeouts timeouts;
    Reconnection reconnection;
    TlsOptions tls;
    ProxyOptions proxy;
    std::vector<ResolveOverride> resolve;
    Limits limits;
    WebSocketOptions webSocket;

    friend bool operator==(const Target &, const Target &) = default;
};

/// Whether a target is a WebSocket; everything else is read as an event source.
[[nodiscard]] bool isWebSocket(const Target &target);

/// Whether its ALPN list offers HTTP/2 (RFC 9113 section 3.2).
[[nodiscard]] bool offersHttp2(const TlsOptions &tls);

/// Whether a session of this target may speak HTTP/2 at all: by its own choice, or because TLS lets the peer choose. In
/// clear nothing but prior knowledge leads to it (RFC 9113 section 3.3).
[[nodiscard]] bool maySpeakHttp2(const Target &target);

/// Takes the Last-Event-ID fields out of an event source's headers and the last one's value as `lastEventId`: a field
/// would be repeated as typed, though a reconnect sends the newest id (WHATWG HTML 9.2.3).
void takeLastEventId(Target &target);

/// The last path segment of the URL, or its host: what a target without a name is called.
[[nodiscard]] std::string displayName(const Target &target);

} // namespace pushscope
