#include "core/demo/http1connection.h"

#include "core/base/finding.h"
#include "core/demo/plainrefusal.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace pushscope::demo {

namespace {
constexpr std::uint32_t kHeadLimit = 64 * 1024;
constexpr std::size_t kPipelineLimit = 64 * 1024;
constexpr std::chrono::seconds kRequestPatience{60};
constexpr std::chrono::seconds kPatienceAfterFin{10};
} // namespace

Http1Connection::Http1Connection(DemoSocket &socket, DemoContext &context)
    : m_context(context), m_socket(socket), m_codec(Role::Server, kHeadLimit)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, &m_socket, &DemoSocket::finish);
    m_patience.start(kRequestPatience);
}

void Http1Connection::onAnswered()
{
    const bool goesOn = m_stream->request().isPersistent && m_codec.isReusable();
    dropStream();
    if (!goesOn) {
        m_ending = true;
        m_socket.finish();
        return;
    }
    m_patience.start(kRequestPatience);
    // A client that sends one request behind the other leaves others their turn, and gets no answer before it has read
    // the last ones.
    m_awaitsTurn = true;
    m_socket.setReading(m_waiting.size() < kPipelineLimit);
    m_socket.requestTurn();
}

void Http1Connection::receive(ByteView plain)
{
    if (m_ending)
        return;
    m_waiting.append(plain);
    if (exchange() && m_stream->isTunnel())
        handOver();
    else if (isBusy())
        m_socket.setReading(m_waiting.size() < kPipelineLimit);
    else
        parse();
}

void Http1Connection::drained()
{
    if (Exchange *current = exchange())
        current->drained();
    else if (std::exchange(m_awaitsTurn, false))
        parse();
}

void Http1Connection::parse()
{
    HttpFact fact;
    for (;;) {
        while (!isBusy() && m_codec.next(fact))
            take(fact);
        if (isBusy())
            return;
        if (m_codec.failure()) {
            onFailure();
            return;
        }
        if (m_waiting.empty()) {
            if (m_peerEnded)
                m_socket.finish();
            return;
        }
        m_feedingBegin += m_feeding.size();
        m_feeding = std::exchange(m_waiting, {});
        m_socket.setReading(true);
        m_codec.feed(m_feeding);
    }
}

void Http1Connection::take(const HttpFact &fact)
{
    m_consumed = fact.range.end;
    switch (fact.kind) {
    case HttpFact::Kind::Head: onHead(fact.head); return;
    case HttpFact::Kind::Body: m_stream->appendContent(fact.body); return;
    case HttpFact::Kind::End: onRequest(); return;
    case HttpFact::Kind::Chunk:
    case HttpFact::Kind::ChunkEnd:
    case HttpFact::Kind::Trailers:
    case HttpFact::Kind::Junk:
    case HttpFact::Kind::Promise:
    case HttpFact::Kind::Reset:
    case HttpFact::Kind::Settings:
    case HttpFact::Kind::PingAck:
    case HttpFact::Kind::Goaway: return;
    }
}

void Http1Connection::onHead(std::shared_ptr<const HttpHead> head)
{
    // An inspector reads on behind what is wrong with a head; a server that guesses can be made to guess wrong (RFC
    // 9112 section 11.2).
    const auto findings = m_codec.findings();
    const auto wrong = std::find_if(findings.begin(), findings.end(), [](const Finding &finding) {
        return ruleInfo(finding.rule).severity == Severity::Error;
    });
    Request request = makeRequest(std::move(head));
    request.isSecure = m_socket.isSecure();
    m_stream = std::make_unique<Http1Stream>(*this, m_context, std::move(request));
    if (wrong != findings.end())
        m_stream->refuse(textAnswer(400, "the request is malformed (" + std::string(ruleInfo(wrong->rule).id) + ")"));
    else
        m_stream->admit(m_socket.localAddress());
}

void Http1Connection::onRequest()
{
    m_patience.stop();
    m_stream->respond();
    handOver();
    if (m_peerEnded && exchange())
        peerEnded();
}

void Http1Connection::onAccepted()
{
    m_socket.setReading(true);
    // Not here: the exchange is in the middle of it.
    QMetaObject::invokeMethod(this, &Http1Connection::handOver, Qt::QueuedConnection);
}

void Http1Connection::handOver()
{
    if (!exchange() || !m_stream->isTunnel())
        return;
    const Bytes rest = m_feeding.substr(m_consumed - m_feedingBegin) + std::exchange(m_waiting, {});
    m_feedingBegin += m_feeding.size();
    m_consumed = m_feedingBegin;
    m_feeding.clear();
    if (!rest.empty())
        exchange()->receive(rest);
}

void Http1Connection::onFailure()
{
    m_ending = true;
    if (m_codec.failure()->code == ErrorCode::HttpHeadTooLarge)
        refusePlainly(m_socket, textAnswer(431, "a request's head may have up to 64 KiB here"));
    else
        refusePlainly(m_socket, textAnswer(400, "this is not an HTTP/1.1 request: " + m_codec.failure()->detail));
}

void Http1Connection::peerEnded()
{
    m_peerEnded = true;
    if (m_awaitsTurn) // there may be requests left
        return;
    if (!exchange()) {
        m_socket.finish();
        return;
    }
    // Behind its FIN a client may still read (RFC 9112 section 9.6) or be gone: TCP can't tell, so it gets some time.
    if (exchange()->peerEnded())
        return;
    if (m_stream->isTunnel())
        m_socket.finish();
    else
        m_patience.start(kPatienceAfterFin);
}

void Http1Connection::dropStream()
{
    if (!m_stream)
        return;
    m_stream->retire();
    // It may be the stream's exchange itself that ended the answer; and it must not outlive the connection.
    m_ended.push_back(std::move(m_stream));
    QMetaObject::invokeMethod(
        this, [this] { m_ended.clear(); }, Qt::QueuedConnection);
}

} // namespace pushscope::demo
