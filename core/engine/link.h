#pragma once

#include "core/engine/admission.h"
#include "core/engine/alarms.h"
#include "core/engine/connection.h"
#include "core/engine/httpstorey.h"
#include "core/engine/linkway.h"
#include "core/engine/recorder.h"
#include "core/engine/verdict.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pushscope {

class Http2Storey;
struct EngineServices;

/// One connection as far as HTTP goes: dialled, through a proxy and TLS where wanted, then HTTP/1.1 for one exchange or
/// HTTP/2 for many. What belongs to no exchange is recorded as the session's that opened it.
class Link : public std::enable_shared_from_this<Link>
{
public:
    /// A connection without any stream is kept so long for the next one.
    static constexpr Milliseconds IdleTime{10'000};
    /// HTTP/2: a connection on which nothing came for so long is asked with a PING...
    static constexpr Milliseconds SilentTime{15'000};
    /// ... and given up when it does not answer that in time.
    static constexpr Milliseconds PingPatience{10'000};

    Link(EngineServices &services, const Recorder &opener, LinkWay way);
    ~Link();

    [[nodiscard]] ConnectionId connection() const { return m_recorder.connection(); }
    /// Whether an exchange that wants `way` may join.
    [[nodiscard]] bool takes(const LinkWay &way) const;
    /// Why an exchange that could share this link opens another one: too many streams, or "".
    [[nodiscard]] std::string crowding(const LinkWay &way) const;
    [[nodiscard]] bool isOver() const { return m_stage == Stage::Over; }
    /// HTTP can begin.
    [[nodiscard]] bool isUp() const { return m_stage == Stage::Ready; }
    /// TLS: the server's ticket, "" when none came.
    [[nodiscard]] std::string tlsSession() const { return m_connection.tlsSession(); }
    /// Closes it when it carries nothing.
    void closeIdle();

    // For exchanges.
    void join(Exchange &exchange);
    void request(Exchange &exchange, const HttpHead &head, ByteView body);
    void openTunnel(Exchange &exchange) { m_http->openTunnel(exchange); }
    void send(Exchange &exchange, ByteView bytes, SendCause cause);
    [[nodiscard]] bool hasRoom(Exchange &exchange);
    void setPaused(Exchange &exchange, bool paused);
    void closeSending(Exchange &exchange);
    /// The exchange is over; by us if `how` says so.
    void leave(Exchange &exchange, OurEnd how);
    /// Writes what is waiting, unless a read is being worked on.
    void flush();
    /// A tunnel's other half ended inside a read: what was to go out behind it goes out now.
    void flushAnswers();
    /// The HTTP and TCP part of an exchange's ending.
    [[nodiscard]] Ending endingOf(const Exchange &exchange, ByteEnd bytes) const;
    void finish(Exchange &exchange, ByteEnd bytes);
    [[nodiscard]] std::uint64_t pendingBytes() const { return m_http != nullptr ? m_http->pendingBytes() : 0; }
    [[nodiscard]] bool isHeadComing() const;
    /// While a proxy is asked answers are its: true when this was one.
    bool takeProxyAnswer(Exchange &exchange, const HttpHead &head);
    /// Errors before the server was reached are the proxy's.
    void explain(Error &error) const;

private:
    enum class Stage : std::uint8_t { New, Dialling, Proxy, Securing, Ready, Over };
    void open();
    void onConnected();
    void onTunnel();
    void onSecured();
    void onReceived(const Plaintext &plaintext);
    void onReadDone();
    void onEnded(const TransportEnd &end);
    void onDrained();
    void onCaptureFailed(const Error &error);
    void onHttp2Failed();
    void onPingUnanswered();
    void becomeReady();
    void refuseHttp1(const std::string &chosen);
    void startHttp1(Exchange &exchange);
    void startHttp2();
    void admit();
    void onAdmitted(Exchange &exchange);
    /// False when there was nobody to be told.
    bool concludeAll(ByteEnd bytes, const Error &error, OurEnd ours);
    [[nodiscard]] Ending connectionEnding(ByteEnd bytes) const;
    void write(SendCause cause);
    void settleDown();
    void watchSilence();
    void tell(const Error &error);
    void end(const EndFacts &facts, bool drop);

    EngineServices &m_services;
    LinkWay m_way;
    Recorder m_recorder;
    Connection m_connection;
    Admission m_admission;
    Stage m_stage = Stage::New;
    std::unique_ptr<HttpStorey> m_http; ///< with the proxy first, then with the server
    Http2Storey *m_http2 = nullptr;     ///< the same, if it is that
    Exchange *m_proxyAsker = nullptr;   ///< whose the dialogue with the proxy is
    std::vector<Exchange *> m_crowded;  ///< wait for room
    std::string m_choice;               ///< which HTTP version and why, a phrase
    Alarm m_idle;
    Alarm m_silence;
    Alarm m_pingPatience;
    Stamp m_lastRead;
    SessionId m_droppedFor;         ///< who had it dropped
    bool m_connectionEnded = false; ///< by the peer or the network
    bool m_closing = false;         ///< those that are left are being told
    bool m_receiving = false;       ///< a read is being worked on: what is to be written waits for its end
    bool m_feeding = false;         ///< not all of it is known yet
    bool m_tunnelOpen = false;
};

} // namespace pushscope
