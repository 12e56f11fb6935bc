#include "core/engine/connection.h"

#include <utility>

namespace pushscope {

namespace {

constexpr std::size_t CipherTextSize = 64 * 1024;

std::string proxyText(const ProxyOptions &proxy)
{
    const std::string host = proxy.host.find(':') == std::string::npos ? proxy.host : '[' + proxy.host + ']';
    switch (proxy.kind) {
    case ProxyOptions::Kind::HttpConnect: return "http://" + host + ":" + std::to_string(proxy.port);
    case ProxyOptions::Kind::Socks5: return "socks5://" + host + ":" + std::to_string(proxy.port);
    case ProxyOptions::Kind::None:
    case ProxyOptions::Kind::FromEnvironment: break;
    }
    return {};
}

TlsRecordFacts recordFacts(const TlsFacts &facts, double ms)
{
    TlsRecordFacts record;
    record.version = facts.version;
    record.cipher = facts.cipher;
    record.group = facts.group;
    record.alpn = facts.alpn;
    record.resumed = facts.resumed;
    record.ms = ms;
    record.verified = facts.verified;
    record.verifyError = facts.verifyError;
    record.chain = static_cast<std::uint32_t>(facts.chain.size());
    if (!facts.chain.empty()) {
        const TlsCertificateFacts &leaf = facts.chain.front();
        record.subject = leaf.subject;
        record.issuer = leaf.issuer;
        record.notAfter = leaf.notAfter;
        record.sans = leaf.subjectAltNames;
    }
    return record;
}

} // namespace

Connection::Connection(Recorder &recorder, std::unique_ptr<Transport> transport, Handlers handlers)
    : m_recorder(recorder), m_transport(std::move(transport)), m_handlers(std::move(handlers))
{
}

void Connection::open(const Route &route)
{
    m_proxy = proxyText(route.proxy);
    Transport::Handlers handlers;
    handlers.resolved = [this](const DnsFacts &facts) {
        m_recorder.tick();
        m_recorder.appendFacts(RecordKind::Dns, facts);
        m_recorder.publish();
    };
    handlers.connected = [this](const TcpFacts &facts) { onConnected(facts); };
    handlers.readable = [this] { onReadable(); };
    handlers.drained = [this] { onDrained(); };
    handlers.ended = [this](const TransportEnd &end) { onEnded(end); };
    m_transport->open(route, std::move(handlers));
}

void Connection::onConnected(const TcpFacts &facts)
{
    m_recorder.tick();
    TcpFacts whole = facts;
    whole.proxy = m_proxy;
    m_recorder.appendFacts(RecordKind::Tcp, whole);
    m_handlers.connected();
    m_recorder.publish();
}

void Connection::startTls(const std::shared_ptr<const TlsContext> &context, std::string_view session)
{
    m_tls = TlsChannel::create(context, session);
    m_tlsStart = m_recorder.now();
    m_cipherText.resize(CipherTextSize);
    m_tls->start();
    flushTls();
}

Seq Connection::recordTransfer(RecordKind kind, std::uint64_t logOffset, std::uint64_t plain, std::uint64_t wire)
{
    Record record = m_recorder.begin(kind, kind == RecordKind::TcpRead ? Direction::In : Direction::Out);
    record.origin = logOffset;
    record.originLength = static_cast<std::uint32_t>(plain);
    if (plain != wire)
        m_recorder.setDerived(record, encode(ReadFacts{wire}));
    return m_recorder.append(record);
}

bool Connection::write(ByteView wire, SendCause cause)
{
    if (!m_transport->write(wire))
        return false;
    m_unsentAnswers.noteWritten(wire.size(), cause);
    return true;
}

Plaintext Connection::send(ByteView plaintext, SendCause cause)
{
    const std::uint64_t offset = m_recorder.writer().appendBytes(plaintext);
    if (offset == CaptureWriter::NoOffset) {
        refuseMore();
        return {};
    }
    Bytes cipherText;
    if (m_tls) {
        m_tls->write(plaintext);
        cipherText = m_tls->takeOutput();
    }
    const ByteView wire = m_tls ? cipherText : plaintext;
    if (!write(wire, cause))
        return {};
    const Seq carrier = recordTransfer(RecordKind::TcpWrite, offset, plaintext.size(), wire.size());
    m_behind = m_unsentAnswers.among(m_transport->unsent()) > AnswerLimit;
    updateReading();
    return {plaintext, offset, carrier};
}

void Connection::flushTls()
{
    const Bytes cipherText = m_tls->takeOutput();
    if (!cipherText.empty() && write(cipherText, SendCause::Own))
        recordTransfer(RecordKind::TcpWrite, 0, 0, cipherText.size());
}

void Connection::onReadable()
{
    if (m_over)
        return;
    {
        const ReleaseMarks::Pause pause(m_recorder.writer().marks()); // who hears of an end publishes in between
        if (m_tls)
            readSecure();
        else
            readPlain();
    }
    m_recorder.publish();
}

void Connection::readPlain()
{
    CaptureWriter &writer = m_recorder.writer();
    const std::span<char> room = writer.reserve(ReadSize);
    if (room.empty())
        return refuseMore();
    const std::size_t size = m_transport->read(room);
    if (size == 0)
        return;
    m_recorder.tick();
    const std::uint64_t offset = writer.commit(size);
    const Seq carrier = recordTransfer(RecordKind::TcpRead, offset, size, size);
    m_handlers.received({{room.data(), size}, offset, carrier});
    if (!m_over)
        m_handlers.readDone();
}

void Connection::readSecure()
{
    const std::size_t size = m_transport->read(m_cipherText);
    if (size == 0)
        return;
    m_recorder.tick();
    m_tls->feed({m_cipherText.data(), size});
    decrypt();
    if (m_captureFull)
        return;
    std::uint64_t plain = 0;
    for (const Plaintext &piece : m_pieces)
        plain += piece.bytes.size();
    const Seq carrier =
        recordTransfer(RecordKind::TcpRead, m_pieces.empty() ? 0 : m_pieces.front().logOffset, plain, size);
    flushTls(); // handshake answers, alerts, key updates
    recordTls();
    for (Plaintext &piece : m_pieces) {
        piece.carrier = carrier;
        if (!m_over)
            m_handlers.received(piece);
    }
    if (m_over)
        return;
    m_handlers.readDone();
    if (m_over)
        return;
    // close_notify ends the peer's data whatever TCP does afterwards (RFC 8446 section 6.1).
    if (m_tls->state() == TlsChannel::State::PeerClosed) {
        m_closeNotify = true;
        end({ByteEnd::Fin, {}});
    } else if (m_tls->state() == TlsChannel::State::Failed) {
        end({ByteEnd::Failed, m_tls->error()});
    }
}

/// Moves what was decrypted to the byte log, before the record of the read that brought it is appended: its length is
/// known then.
void Connection::decrypt()
{
    CaptureWriter &writer = m_recorder.writer();
    m_pieces.clear();
    while (true) {
        const std::span<char> room = writer.reserve(ReadSize);
        if (room.empty())
            return refuseMore();
        const std::size_t size = m_tls->read(room.data(), room.size());
        if (size == 0)
            return;
        m_pieces.push_back({{room.data(), size}, writer.commit(size), Seq()});
    }
}

/// Once: when the handshake is done, or with what is known when it failed.
void Connection::recordTls()
{
    if (m_handshakeDone || m_tls->state() == TlsChannel::State::Handshaking)
        return;
    m_handshakeDone = true;
    const TlsFacts &facts = m_tls->facts();
    const double ms = milliseconds(m_recorder.now() - m_tlsStart);
    const Seq seq = m_recorder.appendFacts(RecordKind::Tls, recordFacts(facts, ms));
    if (m_tls->state() == TlsChannel::State::Failed)
        return;
    if (!facts.verified) {
        const Finding unverified{Rule::TlsUnverified};
        m_recorder.findings(seq, 0, {&unverified, 1});
    }
    m_handlers.secured();
}

void Connection::onDrained()
{
    m_behind = false;
    updateReading();
    m_handlers.drained();
}

void Connection::onEnded(const TransportEnd &end)
{
    m_recorder.tick();
    this->end(end);
    m_recorder.publish();
}

void Connection::end(const TransportEnd &end)
{
    if (!std::exchange(m_over, true))
        m_handlers.ended(end);
}

void Connection::setPaused(bool paused)
{
    m_paused = paused;
    updateReading();
}

void Connection::updateReading()
{
    m_transport->setReading(!m_paused && !m_behind && !m_captureFull);
}

void Connection::refuseMore()
{
    if (std::exchange(m_captureFull, true))
        return;
    updateReading();
    m_handlers.captureFailed(m_recorder.writer().failure().value_or(Error{ErrorCode::DiskFull, "the capture is full"}));
}

void Connection::closeSending()
{
    if (m_tls) {
        m_tls->close();
        flushTls();
    }
    m_transport->closeSending();
}

void Connection::close()
{
    m_over = true;
    if (m_tls) {
        m_tls->close();
        flushTls();
    }
    m_transport->close();
}

void Connection::drop()
{
    m_over = true;
    m_transport->drop();
}

} // namespace pushscope
