#pragma once

#include "core/base/ids.h"
#include "core/engine/linkway.h"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace pushscope {

class Exchange;
class Http2Storey;
struct EngineServices;

/// Who goes over a link: those that have joined and wait for their turn, in order, and those that are in. HTTP/1.1
/// takes one; HTTP/2 as many as the peer allows (RFC 9113 section 5.1.2), and others wait or go elsewhere.
class Admission
{
public:
    /// `enters` is called for each that is in from there on.
    Admission(EngineServices &services, std::function<void(Exchange &)> enters);

    /// HTTP can begin on the connection: HTTP/2 unless `http2` is nullptr. `choice` says which version and why, a
    /// phrase.
    void begin(ConnectionId connection, const Http2Storey *http2, std::string choice);
    /// Whether one more that wants `way` may be let in, now or in its turn.
    [[nodiscard]] bool takes(const LinkWay &way) const;

    void wait(Exchange &exchange) { m_waiting.push_back(&exchange); }
    /// Lets in whoever waits and may go on, or tells why not. The link must outlive the call.
    void admit();
    /// The same for one that has just joined.
    void admit(Exchange &exchange);
    void remove(const Exchange &exchange);
    /// All that wait leave for other connections.
    void sendAllElsewhere(const std::string &why);

    /// HTTP/2: no stream more may be opened now. Streams count until both sides have ended them, whoever left them.
    [[nodiscard]] bool isFull() const;
    /// That it is, in words.
    [[nodiscard]] std::string fullWords() const;
    [[nodiscard]] bool isEmpty() const { return m_waiting.empty() && m_active.empty(); }
    [[nodiscard]] const std::vector<Exchange *> &waiting() const { return m_waiting; }
    [[nodiscard]] const std::vector<Exchange *> &active() const { return m_active; }
    /// Both, those that are in first.
    [[nodiscard]] std::vector<Exchange *> all() const;

private:
    [[nodiscard]] bool mayEnter(Exchange &exchange);
    [[nodiscard]] bool mayEnterHttp2(Exchange &exchange);
    void sendElsewhere(Exchange &exchange, const std::string &why);
    [[nodiscard]] std::string name() const;

    EngineServices &m_services;
    std::function<void(Exchange &)> m_enters;
    ConnectionId m_connection;
    const Http2Storey *m_http2 = nullptr;
    std::string m_choice;
    std::vector<Exchange *> m_waiting; ///< not told to send their request yet
    std::vector<Exchange *> m_active;
};

} // namespace pushscope
