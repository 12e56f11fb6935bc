#pragma once

#include "core/base/ids.h"
#include "core/capture/details/flowwindow.h"
#include "core/capture/details/http2settings.h"
#include "core/capture/record.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>

namespace pushscope {

class Capture;

/// A stream of an HTTP/2 connection (RFC 9113 section 5.1) and its windows. We are the client.
struct Http2StreamFlow
{
    std::uint32_t session = 0; ///< whose stream it is
    std::int64_t openedAt = 0; ///< capture time, ns
    std::optional<std::int64_t> closedAt;
    bool endedIn = false, endedOut = false; ///< half-closed: that direction had its END_STREAM, or never may send
    FlowWindow in;                          ///< what the peer may send
    FlowWindow out;                         ///< what we may send

    [[nodiscard]] bool isOpen() const { return !closedAt; }
};

/// Flow control of one connection, and what both sides announced.
struct Http2ConnectionFlow
{
    FlowWindow in;
    FlowWindow out;
    Http2Settings ours{Http2Settings::Side::Client};
    Http2Settings theirs{Http2Settings::Side::Server};
    std::map<std::uint32_t, Http2StreamFlow> streams; ///< all that were opened or promised, closed ones too
    std::size_t openStreams = 0;
    std::optional<std::int64_t> endedAt;

    std::int64_t initialIn = 65535; ///< of streams that open now: as far as SETTINGS were acknowledged
    std::int64_t initialOut = 65535;
};

/// Folds the frames of all HTTP/2 connections of a growing capture, a stretch of records at a time. Of DATA only the
/// nine bytes of the header are read.
class Http2Flow
{
public:
    explicit Http2Flow(std::shared_ptr<const Capture> capture);
    ~Http2Flow();
    /// Takes records up to the published count, at most `limit` of them; returns whether there are more.
    bool advance(std::uint64_t limit = ~0ull);
    [[nodiscard]] std::uint64_t position() const { return m_position; }
    /// nullptr when the connection has no HTTP/2 frame yet.
    [[nodiscard]] const Http2ConnectionFlow *connection(ConnectionId id) const;
    [[nodiscard]] const Http2StreamFlow *stream(ConnectionId id, StreamId stream) const;

private:
    void take(Seq seq, const Record &record);
    void takeEnd(const Record &record);

    std::shared_ptr<const Capture> m_capture;
    std::uint64_t m_position = 0;
    std::unordered_map<std::uint32_t, Http2ConnectionFlow> m_connections;
};

} // namespace pushscope
