#include "core/wire/http/http1codec.h"

#include "core/wire/http/http1writer.h"

#include <QtGlobal>

#include <utility>
#include <vector>

namespace pushscope {

namespace {

HttpHead framedRequest(const HttpHead &head, ByteView body)
{
    HttpHead framed = head;
    if (!body.empty() && !head.headers.contains("Content-Length") && !head.headers.contains("Transfer-Encoding"))
        framed.headers.add("Content-Length", std::to_string(body.size()));
    return framed;
}

bool isChunked(const HttpHead &head)
{
    return head.headers.hasToken("Transfer-Encoding", "chunked");
}

} // namespace

Http1Codec::Http1Codec(Role role, std::uint32_t headLimit)
    : m_role(role), m_parser(role == Role::Client ? Http1Parser::Side::Answers : Http1Parser::Side::Requests, headLimit)
{
}

void Http1Codec::receivedHead(const HttpHead &head)
{
    if (m_role == Role::Server) {
        m_exchanges.push_back({answerTo(head.method), isPersistent(head)});
        return;
    }
    if (head.isInterim())
        return;
    const BodyFraming framing = m_parser.framing();
    m_tunnel = framing == BodyFraming::Tunnel;
    if (!isPersistent(head) || framing == BodyFraming::UntilClose || m_tunnel)
        m_reusable = false;
}

/// The end of a message, or bytes that are none.
void Http1Codec::receivedEnd(HttpFact::Kind kind)
{
    if (kind == HttpFact::Kind::Junk)
        m_reusable = false;
    else if (m_role == Role::Client)
        endExchange();
}

void Http1Codec::endExchange()
{
    if (m_exchanges.empty())
        return;
    if (!m_exchanges.front().persistent)
        m_reusable = false;
    m_exchanges.erase(m_exchanges.begin());
}

std::optional<StreamId> Http1Codec::sendRequest(const HttpHead &head, ByteView body)
{
    Q_ASSERT(m_role == Role::Client);
    if (!isReusable())
        return std::nullopt;
    const HttpHead framed = framedRequest(head, body);
    m_output += writeHttp1Head(framed);
    if (isChunked(framed)) {
        if (!body.empty())
            appendChunk(m_output, body);
        m_output += writeLastChunk({});
    } else {
        m_output += body;
    }
    m_parser.expectAnswerTo(head.method);
    m_exchanges.push_back({answerTo(head.method), isPersistent(head)});
    return StreamId{};
}

void Http1Codec::sendHead(StreamId, const HttpHead &head)
{
    Q_ASSERT(m_role == Role::Server);
    m_output += writeHttp1Head(head);
    if (head.isInterim())
        return;
    // An answer without a request (408 to an idle peer) is framed like any other.
    const AnswerTo request = m_exchanges.empty() ? AnswerTo::Other : m_exchanges.front().request;
    std::vector<Finding> ours;
    const auto framing = messageFraming(head, request, {}, ours);
    m_sending = framing ? framing->kind : BodyFraming::UntilClose;
    if (m_sending == BodyFraming::Tunnel) {
        m_tunnel = true;
        m_parser.switchToTunnel();
    }
    if (m_tunnel || m_sending == BodyFraming::UntilClose || !isPersistent(head))
        m_reusable = false;
}

void Http1Codec::sendBody(StreamId, ByteView bytes)
{
    if (m_tunnel || m_role == Role::Client) {
        m_output += bytes;
        return;
    }
    switch (m_sending) {
    case BodyFraming::Chunked:
        if (!bytes.empty()) // an empty chunk would be the last one
            appendChunk(m_output, bytes);
        break;
    case BodyFraming::None: break; // RFC 9110 section 6.4.1: an answer to HEAD, a 204 or a 304 has no content
    case BodyFraming::ContentLength:
    case BodyFraming::UntilClose:
    case BodyFraming::Tunnel: m_output += bytes; break;
    }
}

void Http1Codec::sendEnd(StreamId, const Headers &trailers)
{
    if (m_tunnel || m_role == Role::Client)
        return;
    if (m_sending == BodyFraming::Chunked)
        m_output += writeLastChunk(trailers);
    m_sending = BodyFraming::None;
    endExchange();
}

void Http1Codec::cancel(StreamId)
{
    m_reusable = false;
}

Bytes Http1Codec::takeOutput()
{
    return std::exchange(m_output, {});
}

void Http1Codec::feed(ByteView input)
{
    m_parser.feed(input);
}

void Http1Codec::finish()
{
    m_reusable = false;
    m_parser.finish();
}

bool Http1Codec::isInsideMessage(StreamId) const
{
    return m_parser.isInsideMessage();
}

bool Http1Codec::isReusable() const
{
    return m_reusable && m_exchanges.empty() && !m_parser.failure();
}

} // namespace pushscope
