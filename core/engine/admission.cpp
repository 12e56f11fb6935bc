#include "core/engine/admission.h"

#include "core/engine/engineservices.h"
#include "core/engine/exchange.h"
#include "core/engine/http2storey.h"

#include <algorithm>
#include <utility>

namespace pushscope {

Admission::Admission(EngineServices &services, std::function<void(Exchange &)> enters)
    : m_services(services), m_enters(std::move(enters))
{
}

void Admission::begin(ConnectionId connection, const Http2Storey *http2, std::string choice)
{
    m_connection = connection;
    m_http2 = http2;
    m_choice = std::move(choice);
}

bool Admission::takes(const LinkWay &way) const
{
    if (m_http2 == nullptr || m_http2->isLeaving())
        return false;
    const Http2Codec::PeerSettings &peer = m_http2->codec().peer();
    const bool isTaken = m_http2->codec().openStreams() + m_waiting.size() >= peer.maxConcurrentStreams;
    return (!isTaken || way.sharing.whenFull == WhenFull::Queue) &&
           (!way.webSocket || way.http == HttpChoice::Http2 || peer.connectProtocol);
}

/// Thousands may wait, so nobody is looked at behind one who was told to.
void Admission::admit()
{
    const std::vector<Exchange *> all = m_waiting;
    for (Exchange *exchange : all) {
        if (std::find(m_waiting.begin(), m_waiting.end(), exchange) == m_waiting.end())
            continue;
        if (exchange->wasToldWaiting() && isFull())
            return;
        admit(*exchange);
    }
}

void Admission::admit(Exchange &exchange)
{
    if (!mayEnter(exchange))
        return;
    std::erase(m_waiting, &exchange);
    m_active.push_back(&exchange);
    m_enters(exchange);
}

void Admission::remove(const Exchange &exchange)
{
    std::erase(m_waiting, &exchange);
    std::erase(m_active, &exchange);
}

bool Admission::isFull() const
{
    return m_http2 != nullptr && !m_http2->isLeaving() &&
           m_http2->codec().openStreams() >= m_http2->codec().peer().maxConcurrentStreams;
}

std::string Admission::fullWords() const
{
    return name() + " has as many streams as the peer allows (" +
           std::to_string(m_http2->codec().peer().maxConcurrentStreams) + ")";
}

std::vector<Exchange *> Admission::all() const
{
    std::vector<Exchange *> all = m_active;
    all.insert(all.end(), m_waiting.begin(), m_waiting.end());
    return all;
}

bool Admission::mayEnter(Exchange &exchange)
{
    if (m_http2 != nullptr)
        return mayEnterHttp2(exchange);
    if (m_active.empty())
        return true;
    sendElsewhere(exchange, name() + " speaks " + m_choice + ", and HTTP/1.1 has one stream at a time");
    return false;
}

bool Admission::mayEnterHttp2(Exchange &exchange)
{
    if (m_http2->isLeaving()) {
        sendElsewhere(exchange, name() + " is being left by the peer");
        return false;
    }
    // What the peer allows is known with its SETTINGS. The first one takes the chance, as browsers do.
    const Http2Codec::PeerSettings &peer = m_http2->codec().peer();
    if (!peer.received)
        return m_active.empty() && !exchange.way().webSocket;
    if (exchange.way().webSocket && !peer.connectProtocol) {
        exchange.conclude(ByteEnd::None,
                          {ErrorCode::Http2NoConnect, "the peer's SETTINGS do not enable extended CONNECT, so it takes "
                                                      "no WebSocket over HTTP/2 (RFC 8441 section 3)"},
                          OurEnd::GaveUp);
        return false;
    }
    if (!isFull())
        return true;
    if (peer.maxConcurrentStreams == 0)
        exchange.tellWaiting(name() + " may have no stream now, by the peer's SETTINGS: waits for others");
    else if (exchange.way().sharing.whenFull == WhenFull::Connect)
        sendElsewhere(exchange, fullWords());
    else
        exchange.tellWaiting(fullWords() + ": waits for one to end");
    return false;
}

void Admission::sendElsewhere(Exchange &exchange, const std::string &why)
{
    remove(exchange);
    LinkPool &links = m_services.links;
    auto link = m_http2 != nullptr ? links.linkFor(exchange.way(), m_services, exchange.recorder())
                                   : links.newLink(exchange.way(), m_services, exchange.recorder());
    exchange.move(std::move(link), why + ": another connection");
}

void Admission::sendAllElsewhere(const std::string &why)
{
    const std::vector<Exchange *> all = m_waiting;
    for (Exchange *exchange : all) {
        remove(*exchange);
        exchange->move(m_services.links.linkFor(exchange->way(), m_services, exchange->recorder()),
                       why + ": another connection");
    }
}

std::string Admission::name() const
{
    return "connection " + std::to_string(m_connection.value);
}

} // namespace pushscope
