#pragma once

#include "core/base/error.h"
#include "core/wire/http/http2codec.h"
#include "core/wire/http/http2guard.h"
#include "core/wire/http/http2stream.h"
#include "core/wire/http/httpfact.h"
#include "core/wire/role.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace pushscope {

/// The receiving half of Http2Codec: what nghttp2's callbacks tell becomes facts, and its streams have their state
/// here.
class Http2Receiver
{
public:
    Http2Receiver(Role role, std::size_t headLimit) : m_role(role), m_headLimit(headLimit), m_guard(role) {}

    /// Another read: the patience with floods grows.
    void readBegins() { m_guard.inputBegins(); }
    /// The input that the following calls are about.
    void begin(ByteView input);
    /// The same, by pieces: all but content is said behind the first `bytes` of it.
    void reach(std::size_t bytes) { m_reached = m_offset + bytes; }
    /// What nghttp2 was given so far is dealt with, and a connection error has shown.
    void settle();
    /// What speaks against looking at a frame.
    [[nodiscard]] std::optional<Http2Guard::Violation> check(const Http2FrameHeader &frame)
    {
        return m_guard.check(frame, find(frame.stream));
    }
    static constexpr std::uint64_t NoEnd = ~0ull;
    /// The next fact about what lies before `end`, an offset of the connection.
    bool next(HttpFact &fact, std::uint64_t end = NoEnd);

    [[nodiscard]] Http2Stream *find(std::uint32_t id) { return id == m_lastId ? m_last : lookUp(id); }
    [[nodiscard]] const Http2Stream *find(std::uint32_t id) const;
    Http2Stream &open(std::uint32_t id);
    [[nodiscard]] std::size_t openStreams() const { return m_streams.size() - m_pushed; }

    // In the order of the frames.
    void headBegins(std::uint32_t id, bool isPromise);
    /// False when the head is over the limit, which ends the stream.
    [[nodiscard]] bool field(std::uint32_t id, ByteView name, ByteView value);
    void headEnds(std::uint32_t id, bool endsStream);
    void promise(std::uint32_t id, std::uint32_t promised);
    void openPush(std::uint32_t promised);
    void content(std::uint32_t id, ByteView bytes);
    void streamEnds(std::uint32_t id);
    void resetByPeer(std::uint32_t id, std::uint32_t code);
    void settings(std::span<const Http2SettingValue> values);
    void pingAck(std::uint64_t opaque);
    void goaway(std::uint32_t lastStream, std::uint32_t code, ByteView debugData);

    /// The peer broke a rule, on the stream or on the connection as will turn out.
    void broken(std::uint32_t id, Http2ErrorCode code, std::string detail);
    /// A request of ours could not be sent.
    void notSent(std::uint32_t id, bool isRefused);
    /// nghttp2 has no such stream any more.
    void closed(std::uint32_t id, std::uint32_t code);
    /// The peer was told that a stream is not taken on.
    void refused(std::uint32_t id) { m_guard.closed(id, Http2Guard::Closed::ResetByUs); }
    void fail(ErrorCode code, std::string detail);
    /// By GOAWAY, for nghttp2's reason.
    void failFor(ByteView reason, Http2ErrorCode code);

    [[nodiscard]] bool isFailed() const { return m_failure.has_value(); }
    /// Shows behind the last fact.
    [[nodiscard]] const std::optional<Error> &failure() const { return m_given == m_told.size() ? m_failure : m_none; }
    [[nodiscard]] const Http2Codec::PeerSettings &peer() const { return m_peer; }
    [[nodiscard]] bool isLeaving() const { return m_leaving; }

private:
    struct Trouble
    {
        std::uint32_t stream = 0;
        Http2ErrorCode code = Http2ErrorCode::NoError;
        std::string detail;
    };
    /// A fact that was not given yet. Most of all facts are content.
    struct Told
    {
        std::uint64_t end = 0; ///< of what it is about, in the connection
        ByteView content;
        std::uint32_t stream = 0;
        bool isContent = false; ///< else it is the next one of m_facts
    };

    Http2Stream *lookUp(std::uint32_t id);
    HttpFact &add(HttpFact::Kind kind, std::uint32_t id);
    void report(std::uint32_t id, Http2ErrorCode code, std::string detail);

    Role m_role;
    std::size_t m_headLimit;
    std::unordered_map<std::uint32_t, Http2Stream> m_streams;
    std::size_t m_pushed = 0;      ///< of m_streams
    std::uint32_t m_lastId = 0;    ///< found last: mostly the next one's too
    Http2Stream *m_last = nullptr; ///< the same
    std::vector<Told> m_told;
    std::size_t m_given = 0;       ///< of m_told
    std::vector<HttpFact> m_facts; ///< but content
    std::size_t m_factsGiven = 0;
    ByteView m_input;
    std::uint64_t m_offset = 0;  ///< of m_input's first byte in the connection
    std::uint64_t m_reached = 0; ///< in the connection
    std::optional<Trouble> m_trouble;
    std::optional<Error> m_failure;
    std::optional<Error> m_none;
    Http2Guard m_guard;
    Http2Codec::PeerSettings m_peer;
    bool m_leaving = false; ///< the peer sent GOAWAY
};

} // namespace pushscope
