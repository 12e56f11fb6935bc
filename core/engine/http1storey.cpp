#include "core/engine/http1storey.h"

#include "core/engine/exchange.h"

namespace pushscope {

Http1Storey::Http1Storey(Exchange &exchange, std::uint32_t headLimit)
    : m_exchange(exchange), m_codec(Role::Client, headLimit), m_in(exchange, m_codec),
      m_out(exchange), m_touched{&exchange}
{
}

bool Http1Storey::request(Exchange &, const HttpHead &head, ByteView body)
{
    m_out.expectRequest(body.size());
    return m_codec.sendRequest(head, body).has_value();
}

void Http1Storey::openTunnel(Exchange &)
{
    m_out.becomeTunnel();
}

void Http1Storey::send(Exchange &, ByteView bytes, SendCause)
{
    m_codec.sendBody({}, bytes);
}

void Http1Storey::feed(const Plaintext &plaintext)
{
    m_in.feed(plaintext);
    HttpFact fact;
    while (!m_exchange.isOver() && m_in.next(fact))
        take(fact);
    if (m_exchange.isOver())
        return;
    if (!m_in.isChunked())
        m_exchange.endPiece();
    if (const auto &failure = m_codec.failure())
        m_exchange.conclude(ByteEnd::None, *failure);
    else if (m_exchange.isMessageEnded())
        m_exchange.conclude(ByteEnd::None, {});
    else
        m_exchange.settle();
}

void Http1Storey::take(const HttpFact &fact)
{
    switch (fact.kind) {
    case HttpFact::Kind::Head:
        if (!fact.head->isInterim() && !m_codec.failure())
            m_exchange.takeAnswer(*fact.head, m_in.headRecord());
        return;
    case HttpFact::Kind::Body: m_exchange.takeContent(fact.body); return;
    case HttpFact::Kind::ChunkEnd: m_exchange.endPiece(); return;
    case HttpFact::Kind::End: m_exchange.noteMessageEnd(); return;
    case HttpFact::Kind::Chunk:
    case HttpFact::Kind::Trailers:
    case HttpFact::Kind::Junk:
    case HttpFact::Kind::Promise:
    case HttpFact::Kind::Reset:
    case HttpFact::Kind::Settings:
    case HttpFact::Kind::PingAck:
    case HttpFact::Kind::Goaway: return;
    }
}

void Http1Storey::finish(Exchange &exchange, ByteEnd bytes)
{
    if (m_codec.failure() || exchange.isMessageEnded())
        return;
    if (bytes != ByteEnd::None)
        m_codec.finish(); // what we end ourselves the peer did not cut
    HttpFact fact;
    while (m_in.next(fact)) {
        if (fact.kind == HttpFact::Kind::Body)
            exchange.takeContent(fact.body);
    }
}

bool Http1Storey::isInsideMessage(const Exchange &exchange) const
{
    return !exchange.isMessageEnded() && (m_codec.failure().has_value() || m_codec.isInsideMessage(StreamId()));
}

} // namespace pushscope
