#pragma once

#include "core/wire/http/http2frame.h"
#include "core/wire/http/httpcodec.h"
#include "core/wire/role.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

namespace pushscope {

/// HTTP/2 (RFC 9113, RFC 8441) behind the seam, in either role: what nghttp2 makes of a connection. Facts come in the
/// order of their frames; a Body fact's view and range are into the fed input, padding left out. Flow control is the
/// caller's: the connection's window is given back as DATA arrives, a stream's by consume() alone.
class Http2Codec final : public HttpCodec
{
public:
    struct Options
    {
        std::uint32_t headLimit = 256 * 1024; ///< SETTINGS_MAX_HEADER_LIST_SIZE; a longer head resets its stream
        /// SETTINGS_INITIAL_WINDOW_SIZE of ours. More than TCP lets be under way by itself (Linux: 6 MiB), so that a
        /// far feed is no slower than over HTTP/1.1; a paused stream brings no more than that.
        std::uint32_t streamWindow = 8 * 1024 * 1024;
        std::uint32_t connectionWindow = 16 * 1024 * 1024;
        bool enablePush = false;                ///< client: SETTINGS_ENABLE_PUSH
        bool connectProtocol = true;            ///< server: SETTINGS_ENABLE_CONNECT_PROTOCOL (RFC 8441 section 3)
        std::uint32_t maxConcurrentStreams = 0; ///< server; 0: no limit is told
        std::size_t padTo = 0; ///< pads HEADERS and DATA to multiples of so many bytes, up to 256; 0: none
    };
    /// What the peer's SETTINGS say; the standard's initial values until they came (RFC 9113 section 6.5.2).
    struct PeerSettings
    {
        bool received = false;
        std::uint32_t maxConcurrentStreams = 0xffffffff;
        std::uint32_t initialWindow = 65535;
        std::uint32_t maxFrameSize = 16384;
        std::uint32_t headerTableSize = 4096;
        bool enablePush = true;
        bool connectProtocol = false;
    };

    /// Its first output is the preface (client) and SETTINGS.
    Http2Codec(Role role, Options options);
    ~Http2Codec() override;

    /// The head's headers begin with the pseudo-header fields. Behind CONNECT the sending side stays open for a
    /// tunnel's sendBody() and sendEnd() (RFC 9113 section 8.5, RFC 8441 section 5).
    std::optional<StreamId> sendRequest(const HttpHead &head, ByteView body) override;
    /// `:status` is made of HttpHead::status; fields that HTTP/2 has no place for (RFC 9113 section 8.2.2) are left out
    /// and names lowered.
    void sendHead(StreamId stream, const HttpHead &head) override;
    void sendBody(StreamId stream, ByteView bytes) override;
    void sendEnd(StreamId stream, const Headers &trailers = {}) override;
    void cancel(StreamId stream) override { reset(stream, Http2ErrorCode::Cancel); }
    /// All that windows allow now.
    Bytes takeOutput() override;
    /// The same, but no more than about `limit` bytes: the rest waits in its streams, which share fairly.
    [[nodiscard]] Bytes takeOutput(std::size_t limit);

    void feed(ByteView input) override;
    void finish() override;
    bool next(HttpFact &fact) override;
    /// The next fact about what ends before or at `end`, an offset as in ranges: for who looks at the frames beside it.
    bool next(HttpFact &fact, std::uint64_t end);
    /// None: Http2Splitter tells what is remarkable on the wire.
    [[nodiscard]] std::span<const Finding> findings() const override { return {}; }
    /// A connection error (RFC 9113 section 5.4.1), once next() has given all that came before it: GOAWAY is in the
    /// output, nothing more is taken in. A flood of frames that bring nothing is one too (section 10.5): many in little
    /// input, since there is no clock here.
    [[nodiscard]] const std::optional<Error> &failure() const override;
    [[nodiscard]] HttpVersion version() const override { return HttpVersion::Http2; }
    /// The stream is open or half-closed by us: the peer's END_STREAM is missing.
    [[nodiscard]] bool isInsideMessage(StreamId stream) const override;
    [[nodiscard]] std::uint64_t pendingBytes() const override { return 0; }
    /// END_STREAM came, and ours has not gone out yet.
    [[nodiscard]] bool isHalfClosedByPeer(StreamId stream) const;
    /// Whether another stream may be opened: no GOAWAY, no failure, fewer than the peer's limit.
    [[nodiscard]] bool isReusable() const override;

    // What only HTTP/2 has.
    void reset(StreamId stream, Http2ErrorCode code);
    /// Gives `bytes` of received content back to the stream's window (RFC 9113 section 6.9).
    void consume(StreamId stream, std::size_t bytes);
    void ping(std::uint64_t opaque);
    /// GOAWAY with the last stream that the peer opened; open streams go on.
    void goaway(Http2ErrorCode code, ByteView debugData = {});
    /// Server: the first of the two GOAWAYs of a graceful shutdown (RFC 9113 section 6.8).
    void announceGoaway();
    /// New values of our SETTINGS.
    void submitSettings(std::span<const Http2SettingValue> settings);
    /// Pads from now on as Options::padTo says.
    void pad(std::size_t padTo);
    /// Server: PUSH_PROMISE; the promised stream, to be answered by sendHead() and so on; nullopt when the client
    /// does not want pushes.
    std::optional<StreamId> promise(StreamId stream, const HttpHead &request);
    /// Bytes of sendBody() that no window or limit let out yet.
    [[nodiscard]] std::uint64_t unsent(StreamId stream) const;
    [[nodiscard]] const PeerSettings &peer() const;
    /// Streams that are open, pushed ones left out.
    [[nodiscard]] std::size_t openStreams() const;
    /// The peer's, for us to fill.
    [[nodiscard]] std::int64_t remoteWindow(StreamId stream) const;
    /// Nothing will be written or is expected any more (after a failure or GOAWAY).
    [[nodiscard]] bool isOver() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace pushscope
