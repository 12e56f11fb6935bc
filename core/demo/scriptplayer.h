#pragma once

#include "core/demo/exchange.h"
#include "core/demo/script.h"
#include "core/demo/websocketpeer.h"
#include "core/demo/windowfeed.h"

#include <QTimer>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace pushscope::demo {

/// Plays a scenario's script as the answer to a request.
class ScriptPlayer : public Exchange
{
public:
    ScriptPlayer(DemoStream &stream, Script script);
    void start() override { run(); }
    void receive(ByteView bytes) override;
    void drained() override;
    bool peerEnded() override { return m_halfClosed; }

private:
    /// Whether the next step follows at once.
    enum class Pace { GoOn, Pause };

    void run();
    Pace play(const step::Head &head);
    Pace play(const step::Body &body);
    Pace play(const step::Raw &raw);
    Pace play(const step::End &end);
    Pace play(const step::Wait &wait);
    Pace play(const step::Again &again);
    Pace play(const step::Close &close);
    Pace play(const step::Reset &reset);
    Pace play(const step::HalfClose &halfClose);
    Pace play(const step::Accept &accept);
    Pace play(const step::AcceptWith &accept);
    Pace play(const step::Frame &frame);
    Pace play(const step::LargeText &text);
    Pace play(const step::AwaitPong &await);
    Pace play(const step::ReadSlowly &slowly);
    Pace play(const step::AwaitClose &await);
    Pace play(const step::OnHttp2 &step);
    Pace play(const step::FillWindow &fill);

    void openPeer();
    Pace fillWindow();
    Pace sendFiller();
    Pace stop();

    Script m_script;
    std::size_t m_next = 0;
    QTimer m_timer;
    QTimer m_readTimer;
    std::unique_ptr<WebSocketPeer> m_peer;
    std::unique_ptr<WindowFeed> m_windowFeed;
    std::uint64_t m_fillerLeft = 0;
    std::uint64_t m_readRate = 0;
    bool m_awaitsPong = false;
    bool m_stalled = false; ///< the next step waits for room
    bool m_halfClosed = false;
    bool m_done = false;
};

} // namespace pushscope::demo
