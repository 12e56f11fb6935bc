#include "core/demo/democonnection.h"

#include "core/base/finding.h"
#include "core/demo/httpdate.h"
#include "core/demo/router.h"
#include "core/wire/http/http1writer.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace pushscope::demo {

namespace {
constexpr std::uint32_t kHeadLimit = 64 * 1024;
constexpr std::size_t kBodyLimit = 1024 * 1024;
constexpr std::size_t kPipelineLimit = 64 * 1024;
constexpr std::chrono::seconds kRequestPatience{60};
constexpr std::chrono::seconds kPatienceAfterFin{10};
} // namespace

DemoConnection::DemoConnection(qintptr descriptor, std::unique_ptr<TlsChannel> tls, DemoContext &context,
                               QObject *parent)
    : QObject(parent), m_context(context), m_socket(descriptor, std::move(tls), this), m_codec(Role::Server, kHeadLimit)
{
    m_patience.setSingleShot(true);
    connect(&m_socket, &DemoSocket::received, this, &DemoConnection::onReceived);
    connect(&m_socket, &DemoSocket::peerEnded, this, &DemoConnection::onPeerEnded);
    connect(&m_socket, &DemoSocket::drained, this, &DemoConnection::onDrained);
    connect(&m_socket, &DemoSocket::closed, this, [this] {
        dropExchange();
        Q_EMIT closed();
    });
    connect(&m_patience, &QTimer::timeout, &m_socket, &DemoSocket::finish);
    m_patience.start(kRequestPatience);
}

DemoConnection::~DemoConnection()
{
    if (m_exchange)
        --m_context.counters.streams;
}

void DemoConnection::refuse()
{
    refuseAndFinish(textAnswer(503, "this demo server has as many connections as it takes; close some"));
}

void DemoConnection::sendHead(HttpHead head)
{
    if (head.isInterim() && m_request.head->version == HttpVersion::Http10)
        return; // RFC 9110 section 15.2: HTTP/1.0 knows none
    if (!head.isInterim() && head.status != 101) {
        const bool hasFraming =
            head.status == 204 || head.headers.contains("Content-Length") || head.headers.contains("Transfer-Encoding");
        m_request.isPersistent = m_request.isPersistent && hasFraming;
        head.headers.add("Date", httpDate(m_context.clock.wallTime()));
        if (!m_request.corsOrigin.empty()) {
            head.headers.add("Access-Control-Allow-Origin", m_request.corsOrigin);
            head.headers.add("Access-Control-Allow-Credentials", "true");
            head.headers.add("Vary", "Origin");
        }
        if (!m_request.isPersistent)
            head.headers.add("Connection", "close");
    }
    m_codec.sendHead({}, head);
    flushCodec();
}

void DemoConnection::sendBody(ByteView bytes)
{
    m_codec.sendBody({}, bytes);
    flushCodec();
}

void DemoConnection::endAnswer(const Headers &trailers)
{
    m_codec.sendEnd({}, trailers);
    flushCodec();
    dropExchange();
    if (!m_request.isPersistent || !m_codec.isReusable()) {
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

void DemoConnection::takeOver()
{
    m_taken = true;
    m_socket.setReading(true);
}

void DemoConnection::onReceived(ByteView plain)
{
    if (m_ending)
        return;
    if (m_taken && m_exchange) {
        m_exchange->receive(plain);
        return;
    }
    // A TLS record (RFC 8446 section 5.1) is no request line, and no line end may ever follow to say so.
    constexpr char tlsHandshake = 0x16;
    if (m_feedingBegin == 0 && m_feeding.empty() && plain.front() == tlsHandshake) {
        refuseAndFinish(textAnswer(400, "this port speaks cleartext HTTP; the other one speaks TLS"));
        return;
    }
    m_waiting.append(plain);
    if (isBusy())
        m_socket.setReading(m_waiting.size() < kPipelineLimit);
    else
        parse();
}

void DemoConnection::onDrained()
{
    if (m_exchange)
        m_exchange->drained();
    else if (std::exchange(m_awaitsTurn, false))
        parse();
}

void DemoConnection::parse()
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

void DemoConnection::take(const HttpFact &fact)
{
    m_consumed = fact.range.end;
    switch (fact.kind) {
    case HttpFact::Kind::Head: onHead(fact.head); return;
    case HttpFact::Kind::Body:
        m_request.body.append(fact.body);
        if (m_request.body.size() > kBodyLimit)
            refuseAndFinish(textAnswer(413, "a request's content may have up to 1 MiB here"));
        return;
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

void DemoConnection::onHead(std::shared_ptr<const HttpHead> head)
{
    // An inspector reads on behind what is wrong with a head; a server that guesses can be made to guess wrong (RFC
    // 9112 section 11.2).
    const auto findings = m_codec.findings();
    const auto wrong = std::find_if(findings.begin(), findings.end(), [](const Finding &finding) {
        return ruleInfo(finding.rule).severity == Severity::Error;
    });
    m_request = makeRequest(std::move(head));
    m_request.isSecure = m_socket.isSecure();
    if (wrong != findings.end()) {
        refuseAndFinish(textAnswer(400, "the request is malformed (" + std::string(ruleInfo(wrong->rule).id) + ")"));
        return;
    }
    if (const auto refusal = m_context.guard.check(*m_request.head, m_request.isSecure, m_socket.localAddress())) {
        refuseAndFinish(textAnswer(refusal->status, refusal->detail));
        return;
    }
    m_request.corsOrigin = m_context.guard.corsOrigin(*m_request.head);
    if (m_request.head->headers.hasToken("Expect", "100-continue")) {
        HttpHead goOn = answerHead(100);
        goOn.reason = "Continue";
        sendHead(std::move(goOn));
    }
}

void DemoConnection::onRequest()
{
    m_patience.stop();
    Routed routed = route(*this);
    if (auto *whole = std::get_if<Answer>(&routed))
        answer(*whole);
    else
        startExchange(std::get<std::unique_ptr<Exchange>>(std::move(routed)));
}

void DemoConnection::answer(const Answer &answer)
{
    HttpHead head = answerHead(answer.status, answer.headers);
    if (answer.status != 204 && answer.hasLength)
        head.headers.add("Content-Length", std::to_string(answer.body.size()));
    sendHead(std::move(head));
    if (!answer.body.empty() && m_request.head->method != "HEAD")
        sendBody(answer.body);
    endAnswer();
}

void DemoConnection::refuseAndFinish(const Answer &refusal)
{
    m_request.isPersistent = false;
    if (!m_request.head) { // nothing readable came: no codec state to answer from
        HttpHead head = answerHead(refusal.status, refusal.headers);
        head.headers.add("Content-Length", std::to_string(refusal.body.size()));
        head.headers.add("Connection", "close");
        m_socket.write(writeHttp1Head(head) + refusal.body);
        m_ending = true;
        m_socket.finish();
        return;
    }
    answer(refusal);
}

void DemoConnection::onFailure()
{
    m_request.head = nullptr;
    if (m_codec.failure()->code == ErrorCode::HttpHeadTooLarge)
        refuseAndFinish(textAnswer(431, "a request's head may have up to 64 KiB here"));
    else
        refuseAndFinish(textAnswer(400, "this is not an HTTP/1.1 request: " + m_codec.failure()->detail));
}

void DemoConnection::onPeerEnded()
{
    m_peerEnded = true;
    if (m_awaitsTurn) // there may be requests left
        return;
    if (!m_exchange) {
        m_socket.finish();
        return;
    }
    // Behind its FIN a client may still read (RFC 9112 section 9.6) or be gone: TCP can't tell, so it gets some time.
    if (m_exchange->peerEnded())
        return;
    if (m_taken)
        m_socket.finish();
    else
        m_patience.start(kPatienceAfterFin);
}

void DemoConnection::startExchange(std::unique_ptr<Exchange> exchange)
{
    m_exchange = std::move(exchange);
    ++m_context.counters.streams;
    m_exchange->start();
    if (m_taken && m_exchange) {
        const Bytes rest = m_feeding.substr(m_consumed - m_feedingBegin) + std::exchange(m_waiting, {});
        if (!rest.empty())
            m_exchange->receive(rest);
    }
    if (m_peerEnded && m_exchange)
        onPeerEnded();
}

void DemoConnection::dropExchange()
{
    if (!m_exchange)
        return;
    --m_context.counters.streams;
    // It may be the exchange itself that ended the answer; and it must not outlive the connection.
    m_ended.push_back(std::move(m_exchange));
    QMetaObject::invokeMethod(
        this, [this] { m_ended.clear(); }, Qt::QueuedConnection);
}

void DemoConnection::flushCodec()
{
    m_socket.write(m_codec.takeOutput());
}

} // namespace pushscope::demo
