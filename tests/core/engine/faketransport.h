#pragma once

#include "core/engine/transport.h"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

namespace pushscope::test {

/// A transport in memory: the test plays the peer and the network.
class FakeTransport final : public Transport
{
public:
    /// `say` is told what the engine does with it; `current` points to the one that was opened last and not let go of.
    FakeTransport(std::function<void(std::string)> say, FakeTransport *&current)
        : m_say(std::move(say)), m_current(current)
    {
    }
    ~FakeTransport() override { letGo(); }

    void open(const Route &route, Handlers handlers) override
    {
        m_handlers = std::move(handlers);
        m_current = this;
        m_open = true;
        m_say("-> open " + route.host + ":" + std::to_string(route.port) +
              (route.address.empty() ? "" : " at " + route.address) +
              (route.proxy.kind == ProxyOptions::Kind::None
                   ? ""
                   : " by " + route.proxy.host + ":" + std::to_string(route.proxy.port)));
    }
    std::size_t read(std::span<char> room) override
    {
        const std::size_t size = std::min({room.size(), m_received.size(), mostARead});
        std::copy_n(m_received.begin(), size, room.begin());
        m_received.erase(0, size);
        return size;
    }
    void setReading(bool reading) override
    {
        if (std::exchange(m_reading, reading) != reading)
            m_say(reading ? "-> read on" : "-> stop reading");
    }
    bool write(ByteView bytes) override
    {
        if (takesWrites)
            written += bytes;
        if (isStalled)
            unsentBytes += bytes.size();
        return takesWrites;
    }
    [[nodiscard]] std::uint64_t unsent() const override { return unsentBytes; }
    void closeSending() override { m_say("-> shut"); }
    void close() override
    {
        if (letGo())
            m_say("-> close");
    }
    void drop() override
    {
        if (letGo())
            m_say("-> drop");
    }

    // What the peer and the network do.
    void resolve(const DnsFacts &facts) { m_handlers.resolved(facts); }
    void connect() { m_handlers.connected({"192.0.2.1:80", "192.0.2.9:4000", "", 1}); }
    void receive(ByteView bytes)
    {
        m_received += bytes;
        while (m_open && m_reading && !m_received.empty())
            m_handlers.readable();
    }
    void drain()
    {
        unsentBytes = 0;
        m_handlers.drained();
    }
    void end(ByteEnd how, Error error = {}) { m_handlers.ended({how, std::move(error)}); }

    std::size_t mostARead = std::string::npos;
    Bytes written;
    bool takesWrites = true;
    bool isStalled = false; ///< the peer takes nothing of what is written
    std::uint64_t unsentBytes = 0;

private:
    bool letGo()
    {
        if (m_current == this)
            m_current = nullptr;
        return std::exchange(m_open, false);
    }

    std::function<void(std::string)> m_say;
    FakeTransport *&m_current;
    Handlers m_handlers;
    Bytes m_received;
    bool m_reading = true;
    bool m_open = false;
};

} // namespace pushscope::test
