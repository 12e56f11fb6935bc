#pragma once

#include "core/capture/capture.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace pushscope {

/// A connection as its own records tell it.
struct ConnectionSummary
{
    enum class State : std::uint8_t { Open, GoingAway, Closed };

    std::uint32_t id = 0;
    SessionId opener;
    bool isHttp2 = false;
    State state = State::Open;
    Seq first;
    /// Its connection records, those of all its streams too, and the frames of stream 0 that say something about it
    /// (SETTINGS, PING, GOAWAY, ALTSVC, ORIGIN); ascending.
    std::vector<Seq> records;
};

/// Where the connection records of each session and connection stand, so that the panes find a message's request, TLS
/// facts or SETTINGS without a walk through the capture; and whose HTTP/2 streams are whose.
class ConnectionIndex
{
public:
    /// A session's place: stream 0 over HTTP/1.1.
    struct Place
    {
        std::uint32_t connection = 0;
        std::uint32_t stream = 0;
    };

    explicit ConnectionIndex(std::shared_ptr<const Capture> capture);

    void advance(std::uint64_t published, std::chrono::microseconds slice);
    /// Of a session, ascending.
    [[nodiscard]] const std::vector<Seq> &of(SessionId session) const;
    /// The newest record of a kind in the session at or before `seq`: of its stream's, or of a companion request's when
    /// `seq` is of one.
    [[nodiscard]] Seq last(RecordKind kind, SessionId session, Seq seq) const;
    /// nullptr: no record of it yet.
    [[nodiscard]] const ConnectionSummary *connection(std::uint32_t id) const;
    /// Where the session's newest request for its stream went.
    [[nodiscard]] Place placeOf(SessionId session) const;
    /// The HTTP/2 connections that the session's requests went to though another one had opened them.
    [[nodiscard]] std::vector<std::uint32_t> joined(SessionId session) const;
    /// The session that asked on a stream; none for one that the server pushed.
    [[nodiscard]] SessionId ownerOf(std::uint32_t connection, std::uint32_t stream) const;
    /// Grows whenever a session took another place or a connection another state.
    [[nodiscard]] std::uint64_t revision() const { return m_revision; }

private:
    void takeConnectionRecord(Seq seq, const Record &record);
    void takeFrame(Seq seq, const Record &record);
    void takeRequest(const Record &record);
    ConnectionSummary &summaryOf(Seq seq, const Record &record);
    void enter(ConnectionSummary &summary, ConnectionSummary::State state);

    std::shared_ptr<const Capture> m_capture;
    std::unordered_map<std::uint32_t, std::vector<Seq>> m_bySession;
    std::unordered_map<std::uint32_t, ConnectionSummary> m_connections;
    std::unordered_map<std::uint32_t, std::vector<Place>> m_places; ///< by session
    std::unordered_map<std::uint64_t, std::uint32_t> m_owners;      ///< session by connection and stream
    std::uint64_t m_position = 0;
    std::uint64_t m_revision = 0;
};

} // namespace pushscope
