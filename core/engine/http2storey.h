#pragma once

#include "core/engine/http2frames.h"
#include "core/engine/httpstorey.h"
#include "core/engine/linkway.h"
#include "core/engine/pingledger.h"
#include "core/engine/pushedstream.h"
#include "core/wire/http/http2codec.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace pushscope {

/// HTTP/2 (RFC 9113) on a link: every frame recorded as it was on the wire, beside what Http2Codec makes of it for the
/// exchanges. A stream's window is given back as its exchange takes the content, unless that is paused or behind.
class Http2Storey final : public HttpStorey
{
public:
    /// `recorder` is the link's. `admits` is called when a stream more may have become possible.
    Http2Storey(Recorder &recorder, const LinkWay &way, std::function<void()> admits);
    ~Http2Storey() override;

    [[nodiscard]] HttpVersion version() const override { return HttpVersion::Http2; }
    [[nodiscard]] bool request(Exchange &exchange, const HttpHead &head, ByteView body) override;
    void openTunnel(Exchange &exchange) override;
    void send(Exchange &exchange, ByteView bytes, SendCause cause) override;
    bool endSending(Exchange &exchange) override;
    bool setPaused(Exchange &exchange, bool paused) override;
    void leave(Exchange &exchange, OurEnd how) override;
    [[nodiscard]] std::uint64_t unsent(const Exchange &exchange) const override;
    [[nodiscard]] Bytes takeOutput() override;
    void noteWritten(const Plaintext &written) override;
    void feed(const Plaintext &plaintext) override;
    [[nodiscard]] std::span<Exchange *const> touched() override;
    void finish(Exchange &, ByteEnd) override {}
    [[nodiscard]] const std::optional<Error> &failure() const override { return m_codec.failure(); }
    [[nodiscard]] bool isInsideMessage(const Exchange &exchange) const override;
    [[nodiscard]] std::uint64_t pendingBytes() const override { return 0; }

    [[nodiscard]] const Http2Codec &codec() const { return m_codec; }
    /// The peer said GOAWAY.
    [[nodiscard]] bool isLeaving() const { return m_leaving; }
    /// What its GOAWAY said: the error code, its meaning and the debug data, which may hold anything.
    [[nodiscard]] const std::string &farewell() const { return m_farewell; }
    /// There was a stream already.
    [[nodiscard]] bool hadStreams() const { return m_hadStreams; }
    void ping();
    void goaway() { m_codec.goaway(Http2ErrorCode::NoError); }
    /// The connection is over: frames that it cut off are recorded, pushed bodies too.
    void finishFrames();

private:
    struct Stream
    {
        StreamOwner owner;
        Exchange *exchange = nullptr; ///< nullptr: pushed, or nobody's any more
        std::unique_ptr<PushedStream> pushed;
        std::unique_ptr<UnsentAnswers> answers; ///< a tunnel's
        std::uint64_t bodyBytes = 0;            ///< of the request
        std::uint64_t withheld = 0;             ///< content that its window was not given back for
        bool requested = false;                 ///< its request is recorded; an exchange may have asked a proxy before
        bool paused = false;
        bool touched = false;
        bool behind = false; ///< the peer does not take the answers to what it sends
    };
    using Streams = std::unordered_map<std::uint32_t, Stream>;
    [[nodiscard]] StreamOwner owner(StreamId stream);
    [[nodiscard]] Stream *find(StreamId stream);
    void forget(StreamId stream);
    void takeUpTo(std::uint64_t end);
    void endPiece(StreamId id);
    void take(const HttpFact &fact);
    void takeHead(const HttpFact &fact);
    void takeBody(const HttpFact &fact);
    void takeTrailers(const HttpFact &fact);
    void takeEnd(const HttpFact &fact);
    void takePromise(const HttpFact &fact);
    void takeReset(const HttpFact &fact);
    void takeGoaway(const HttpFact &fact);
    void giveBack(StreamId id, Stream &stream);
    void cancelStuck();
    void touch(Stream &stream);
    void takeWritten(const Http2Fact &fact);
    void recordRequest(Stream &stream);
    [[nodiscard]] Error refusal(const Exchange &exchange) const;

    Recorder &m_recorder;
    Limits m_limits;
    std::function<void()> m_admits;
    Http2Codec m_codec;
    PingLedger m_pings;
    Http2Frames m_in;
    Http2Frames m_out;
    HttpFact m_fact; ///< at hand
    Streams m_streams;
    Streams::value_type *m_found = nullptr; ///< the one that was asked for last
    std::vector<StreamId> m_left;           ///< nobody's any more; forgotten when their last frame went out
    std::vector<StreamId> m_behind;
    std::vector<Exchange *> m_touched;
    std::vector<Exchange *> m_touchedBefore;
    std::uint64_t m_lastPing = 0;
    bool m_leaving = false;
    Http2ErrorCode m_farewellCode = Http2ErrorCode::NoError; ///< of the GOAWAY that m_farewell is from
    std::string m_farewell;                                  ///< the words of the peer's GOAWAY
    bool m_hadStreams = false;
};

} // namespace pushscope
