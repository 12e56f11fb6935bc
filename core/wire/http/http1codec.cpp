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

struct Http1Codec::Private
{
    /// A request and its answer, of which the sender of the answer is not done yet.
    struct Exchange
    {
        AnswerTo request = AnswerTo::Other;
        bool persistent = true; ///< as far as heads have said
    };

    Private(Role r, std::uint32_t headLimit)
        : role(r), parser(r == Role::Client ? Http1Parser::Side::Answers : Http1Parser::Side::Requests, headLimit)
    {
    }

    void received(const HttpFact &fact);
    void receivedHead(const HttpHead &head);
    void endExchange();

    Role role;
    Http1Parser parser;
    Bytes output;
    std::vector<Exchange> exchanges; ///< a server's are in the order of the requests; a client has one at the most
    BodyFraming sending = BodyFraming::None; ///< server: of the answer whose head was sent
    bool reusable = true;                    ///< nothing has spoken against a further exchange
    bool tunnel = false;
};

void Http1Codec::Private::received(const HttpFact &fact)
{
    switch (fact.kind) {
    case HttpFact::Kind::Head: receivedHead(*fact.head); break;
    case HttpFact::Kind::End:
        if (role == Role::Client)
            endExchange();
        break;
    case HttpFact::Kind::Junk: reusable = false; break;
    case HttpFact::Kind::Chunk:
    case HttpFact::Kind::Body:
    case HttpFact::Kind::ChunkEnd:
    case HttpFact::Kind::Trailers:
    case HttpFact::Kind::Promise:
    case HttpFact::Kind::Reset:
    case HttpFact::Kind::Settings:
    case HttpFact::Kind::PingAck:
    case HttpFact::Kind::Goaway: break;
    }
}

void Http1Codec::Private::receivedHead(const HttpHead &head)
{
    if (role == Role::Server) {
        exchanges.push_back({answerTo(head.method), isPersistent(head)});
        return;
    }
    if (head.isInterim())
        return;
    const BodyFraming framing = parser.framing();
    tunnel = framing == BodyFraming::Tunnel;
    if (!isPersistent(head) || framing == BodyFraming::UntilClose || tunnel)
        reusable = false;
}

void Http1Codec::Private::endExchange()
{
    if (exchanges.empty())
        return;
    if (!exchanges.front().persistent)
        reusable = false;
    exchanges.erase(exchanges.begin());
}

Http1Codec::Http1Codec(Role role, std::uint32_t headLimit) : d(std::make_unique<Private>(role, headLimit)) {}

Http1Codec::~Http1Codec() = default;

std::optional<StreamId> Http1Codec::sendRequest(const HttpHead &head, ByteView body)
{
    Q_ASSERT(d->role == Role::Client);
    if (!isReusable())
        return std::nullopt;
    const HttpHead framed = framedRequest(head, body);
    d->output += writeHttp1Head(framed);
    if (isChunked(framed)) {
        if (!body.empty())
            appendChunk(d->output, body);
        d->output += writeLastChunk({});
    } else {
        d->output += body;
    }
    d->parser.expectAnswerTo(head.method);
    d->exchanges.push_back({answerTo(head.method), isPersistent(head)});
    return StreamId{};
}

void Http1Codec::sendHead(StreamId, const HttpHead &head)
{
    Q_ASSERT(d->role == Role::Server);
    d->output += writeHttp1Head(head);
    if (head.isInterim())
        return;
    // An answer without a request (408 to an idle peer) is framed like any other.
    const AnswerTo request = d->exchanges.empty() ? AnswerTo::Other : d->exchanges.front().request;
    std::vector<Finding> ours;
    const auto framing = messageFraming(head, request, {}, ours);
    d->sending = framing ? framing->kind : BodyFraming::UntilClose;
    if (d->sending == BodyFraming::Tunnel) {
        d->tunnel = true;
        d->parser.switchToTunnel();
    }
    if (d->tunnel || d->sending == BodyFraming::UntilClose || !isPersistent(head))
        d->reusable = false;
}

void Http1Codec::sendBody(StreamId, ByteView bytes)
{
    if (d->tunnel || d->role == Role::Client) {
        d->output += bytes;
        return;
    }
    switch (d->sending) {
    case BodyFraming::Chunked:
        if (!bytes.empty()) // an empty chunk would be the last one
            appendChunk(d->output, bytes);
        break;
    case BodyFraming::None: break; // RFC 9110 section 6.4.1: an answer to HEAD, a 204 or a 304 has no content
    case BodyFraming::ContentLength:
    case BodyFraming::UntilClose:
    case BodyFraming::Tunnel: d->output += bytes; break;
    }
}

void Http1Codec::sendEnd(StreamId, const Headers &trailers)
{
    if (d->tunnel || d->role == Role::Client)
        return;
    if (d->sending == BodyFraming::Chunked)
        d->output += writeLastChunk(trailers);
    d->sending = BodyFraming::None;
    d->endExchange();
}

void Http1Codec::cancel(StreamId)
{
    d->reusable = false;
}

Bytes Http1Codec::takeOutput()
{
    return std::exchange(d->output, {});
}

void Http1Codec::feed(ByteView input)
{
    d->parser.feed(input);
}

void Http1Codec::finish()
{
    d->reusable = false;
    d->parser.finish();
}

bool Http1Codec::next(HttpFact &fact)
{
    if (!d->parser.next(fact))
        return false;
    d->received(fact);
    return true;
}

std::span<const Finding> Http1Codec::findings() const
{
    return d->parser.findings();
}

const std::optional<Error> &Http1Codec::failure() const
{
    return d->parser.failure();
}

bool Http1Codec::isInsideMessage(StreamId) const
{
    return d->parser.isInsideMessage();
}

std::uint64_t Http1Codec::pendingBytes() const
{
    return d->parser.pendingBytes();
}

bool Http1Codec::isReusable() const
{
    return d->reusable && d->exchanges.empty() && !d->parser.failure();
}

} // namespace pushscope
