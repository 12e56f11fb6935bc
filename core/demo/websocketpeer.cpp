#include "core/demo/websocketpeer.h"

#include "core/demo/demostream.h"
#include "core/demo/websocketopening.h"

#include <chrono>
#include <utility>

namespace pushscope::demo {

namespace {
constexpr std::uint32_t kMessageLimit = 64 * 1024 * 1024;
constexpr std::size_t kFragmentLimit = 65'536;
constexpr std::uint16_t kMessageTooBig = 1009; // RFC 6455 section 7.4.1
constexpr std::chrono::seconds kClosePatience{5};
} // namespace

WebSocketPeer::WebSocketPeer(DemoStream &stream, Options options, MessageHandler onMessage)
    : m_stream(stream), m_onMessage(std::move(onMessage)), m_decoder(Role::Client, kMessageLimit),
      m_assembler(WsAssembler::Options{.keepPayloads = true, .messageLimit = kMessageLimit}),
      m_endpoint(WsEndpoint::Options{Role::Server, options.autoPong, options.failOnViolation, {}}),
      m_keepsFrameLengths(options.keepsFrameLengths)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_done = true;
        m_stream.finish();
    });
}

void WebSocketPeer::accept(std::string_view subprotocol)
{
    const auto offer = readOpening(m_stream.request());
    if (offer) // the router looked before it made the exchange
        accept(webSocketAnswer(*offer, subprotocol));
}

void WebSocketPeer::accept(const HttpHead &answer)
{
    m_stream.accept(answer);
}

void WebSocketPeer::receive(ByteView bytes)
{
    m_collecting = true;
    m_decoder.feed(bytes);
    WsFrameFact fact;
    while (!m_done && m_decoder.next(fact))
        take(fact);
    m_collecting = false;
    m_stream.write(std::exchange(m_output, {}));
    if (m_done)
        m_stream.finish();
}

void WebSocketPeer::take(const WsFrameFact &fact)
{
    if (m_keepsFrameLengths && fact.kind == WsFrameFact::Kind::Frame && !isControl(fact.header.opcode) &&
        !keepLength(fact.header))
        return;
    std::vector<Finding> findings;
    if (fact.kind == WsFrameFact::Kind::Frame)
        findings.assign(m_decoder.findings().begin(), m_decoder.findings().end());
    const auto message = m_assembler.take(fact);
    findings.insert(findings.end(), m_assembler.findings().begin(), m_assembler.findings().end());

    for (const WsFrameSpec &answer : m_endpoint.take(message ? &*message : nullptr, findings))
        send(encodeWsFrame(answer));
    m_done = m_done || m_endpoint.shouldDisconnect();
    if (!message || m_endpoint.failureCode())
        return;
    if (m_onMessage)
        m_onMessage(*message, m_frameLengths);
    if (message->kind == WsMessage::Kind::Text || message->kind == WsMessage::Kind::Binary)
        m_frameLengths.clear();
}

bool WebSocketPeer::keepLength(const WsFrameHeader &frame)
{
    if (m_frameLengths.size() < kFragmentLimit) {
        m_frameLengths.push_back(frame.payloadLength);
        return true;
    }
    close(kMessageTooBig, "a message may have up to 65,536 fragments here");
    m_done = true;
    return false;
}

void WebSocketPeer::send(ByteView frames)
{
    if (m_collecting)
        m_output.append(frames);
    else
        m_stream.write(frames);
}

void WebSocketPeer::sendFrame(const WsFrameSpec &frame)
{
    m_endpoint.noteRaw(frame);
    send(encodeWsFrame(frame));
}

void WebSocketPeer::close(std::uint16_t code, std::string_view reason)
{
    if (const auto frame = m_endpoint.close(code, reason))
        send(encodeWsFrame(*frame));
    awaitClose();
}

void WebSocketPeer::awaitClose()
{
    m_patience.start(kClosePatience);
}

} // namespace pushscope::demo
