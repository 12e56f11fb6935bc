#include "tests/core/engine/playbook.h"

#include "core/capture/capture.h"
#include "core/wire/ws/wshandshake.h"
#include "tests/core/engine/http2peer.h"
#include "tests/core/engine/ledgertext.h"
#include "tests/core/engine/recordtext.h"

#include <QtGlobal>

#include <algorithm>
#include <sstream>

namespace pushscope::test {

namespace {

/// "name value..." apart.
std::pair<std::string, std::string> split(const std::string &text)
{
    const std::size_t space = text.find(' ');
    return space == std::string::npos ? std::pair(text, std::string())
                                      : std::pair(text.substr(0, space), text.substr(space + 1));
}

Error networkError(const std::string &name)
{
    if (name == "refused")
        return {ErrorCode::TcpRefused, "refused"};
    if (name == "unreachable")
        return {ErrorCode::TcpUnreachable, "unreachable"};
    if (name == "notfound")
        return {ErrorCode::DnsNotFound, "no such host"};
    qFatal("unknown failure %s", name.c_str());
}

/// METHOD URL [NAME:VALUE...] [=BODY]
CompanionRequest companionRequest(const std::string &text)
{
    CompanionRequest request;
    std::istringstream words(text);
    std::string word;
    words >> request.method >> word;
    request.url = *parseUrl(word);
    while (words >> word) {
        const std::size_t colon = word.find(':');
        if (word.front() == '=')
            request.body = word.substr(1);
        else
            request.headers.push_back({word.substr(0, colon), word.substr(colon + 1)});
    }
    return request;
}

/// Frames that come in one read, with " | " between.
Bytes http2Frames(const std::string &text)
{
    constexpr std::string_view between = " | ";
    const std::size_t end = text.find(between);
    const Bytes frame = http2Frame(text.substr(0, end));
    return end == std::string::npos ? frame : frame + http2Frames(text.substr(end + between.size()));
}

} // namespace

Playbook::Playbook(const std::string &script)
{
    m_target.url = *parseUrl("http://example.test/events");
    m_target.proxy.kind = ProxyOptions::Kind::None;
    std::istringstream lines(script);
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty() && line.front() != '#')
            m_script.push_back(line);
    }
}

Playbook::~Playbook() = default;

std::vector<std::string> Playbook::run()
{
    open();
    play();
    return m_transcript;
}

std::string Playbook::lines()
{
    LineReader reader(m_capture, *m_writer, false);
    reader.follow(true);
    return reader.text();
}

std::string Playbook::runLettingGo()
{
    open();
    m_reader = std::make_unique<LineReader>(m_capture, *m_writer, true);
    play();
    m_reader->follow(true);
    return m_reader->text();
}

void Playbook::open()
{
    m_capture = *Capture::create({}, m_clock);
    m_writer = std::make_unique<CaptureWriter>(m_capture);
    m_services = std::make_unique<EngineServices>(EngineServices{*m_writer, m_moment, m_alarms, m_links,
                                                                 [this] {
                                                                     auto transport = std::make_unique<FakeTransport>(
                                                                         [this](std::string what) {
                                                                             takeRecords();
                                                                             m_transcript.push_back(std::move(what));
                                                                         },
                                                                         m_transport);
                                                                     transport->mostARead = m_mostARead;
                                                                     m_transports.push_back(transport.get());
                                                                     return transport;
                                                                 },
                                                                 [this] { return ConnectionId(++m_connections); },
                                                                 [this] { return m_random += 0x01010101; },
                                                                 [](const char *) { return std::nullopt; }});
}

void Playbook::play()
{
    for (const std::string &line : m_script) {
        const bool isSetting = line.starts_with("@ ");
        const bool isInput = line.starts_with("< ");
        if (!isSetting && !isInput)
            continue;
        m_transcript.push_back(line);
        const auto [name, value] = split(line.substr(2));
        if (isSetting)
            set(name, value);
        else
            input(name, value);
        m_writer->publish();
        takeRecords();
    }
}

void Playbook::takeRecords()
{
    m_writer->publish();
    if (m_reader)
        return m_reader->follow(false);
    while (m_printed < m_capture->counts().records) {
        const Seq seq(++m_printed);
        if (!m_isQuiet && !m_hidden.contains(std::string(word(m_capture->record(seq).kind))))
            m_transcript.push_back(recordText(*m_capture, seq));
    }
}

void Playbook::set(const std::string &name, const std::string &value)
{
    Reconnection &reconnection = m_target.reconnection;
    const auto number = [&] { return std::stol(value); };
    if (name == "url")
        m_target.url = *parseUrl(value);
    else if (name == "http")
        m_target.http = value == "2" ? HttpChoice::Http2 : value == "1.1" ? HttpChoice::Http11 : HttpChoice::Auto;
    else if (name == "own-connection")
        m_target.sharing.ownConnection = true;
    else if (name == "enable-push")
        m_target.sharing.enablePush = true;
    else if (name == "when-full")
        m_target.sharing.whenFull = value == "queue" ? WhenFull::Queue : WhenFull::Connect;
    else if (name == "transport")
        m_target.transport = value == "sse" ? TransportChoice::Sse : TransportChoice::Auto;
    else if (name == "method")
        m_target.method = value;
    else if (name == "compressed")
        m_target.compressed = true;
    else if (name == "body")
        m_target.body = value;
    else if (name == "header")
        m_target.headers.push_back({split(value).first, split(value).second});
    else if (name == "no-cookies")
        m_target.cookies = false;
    else if (name == "proxy") {
        m_target.proxy.kind = ProxyOptions::Kind::HttpConnect;
        m_target.proxy.host = value;
        m_target.proxy.port = 3128;
    } else if (name == "last-event-id")
        m_target.lastEventId = value;
    else if (name == "retry")
        reconnection.initial = Milliseconds(number());
    else if (name == "override")
        reconnection.overrideTime = Milliseconds(number());
    else if (name == "no-reconnect")
        reconnection.enabled = false;
    else if (name == "reconnect-websocket")
        reconnection.webSocket = true;
    else if (name == "exponential")
        reconnection.backoff = Backoff::Exponential;
    else if (name == "max-reconnects")
        reconnection.maxAttempts = number();
    else if (name == "drop-after")
        reconnection.dropAfter = number();
    else if (name == "idle")
        m_target.timeouts.idle = Milliseconds(number());
    else if (name == "close")
        m_target.webSocket.closeCode = static_cast<std::uint16_t>(number());
    else if (name == "echo")
        m_target.webSocket.echo = true;
    else if (name == "pong-late") {
        m_target.webSocket.pong = PongMode::Late;
        m_target.webSocket.pongDelay = Milliseconds(number());
    } else if (name == "pong-off")
        m_target.webSocket.pong = PongMode::Off;
    else if (name == "head-limit")
        m_target.limits.headBytes = number();
    else if (name == "message-limit")
        m_target.limits.messageBytes = number();
    else if (name == "body-limit")
        m_target.limits.bodyBytes = number();
    else if (name == "quiet")
        m_isQuiet = true;
    else if (name == "show")
        m_hidden.erase(value);
    else if (name == "hide")
        m_hidden.insert(value);
    else
        qFatal("unknown setting %s", name.c_str());
}

void Playbook::input(const std::string &name, const std::string &value)
{
    if (name == "start") {
        m_sessions.push_back(std::make_unique<Session>(
            SessionId(static_cast<std::uint32_t>(m_sessions.size() + 1)), m_target, *m_services,
            Session::Handlers{[this] {
                                  takeRecords();
                                  m_transcript.push_back("-> opened");
                              },
                              [this] {
                                  takeRecords();
                                  if (!m_hidden.contains("shut"))
                                      m_transcript.push_back("-> shut");
                              },
                              [this] { m_transcript.push_back("-> room"); },
                              [this](SessionState state, bool opened) {
                                  takeRecords();
                                  m_transcript.push_back("-> ended " + std::string(word(state)) +
                                                         (opened ? "" : ", never opened"));
                              },
                              [](const Error &) {}}));
        m_session = m_sessions.back().get();
        m_session->start();
    } else if (name == "ledger") {
        if (m_reader)
            return; // it reads the whole capture
        const auto place = std::find_if(m_sessions.begin(), m_sessions.end(),
                                        [this](const auto &session) { return session.get() == m_session; });
        for (std::string &line : ledgerText(m_capture, SessionId(std::uint32_t(place - m_sessions.begin() + 1))))
            m_transcript.push_back(std::move(line));
    } else if (name == "session") {
        m_session = m_sessions.at(std::stoul(value) - 1).get();
    } else if (name == "connection") {
        m_transport = m_transports.at(std::stoul(value) - 1);
    } else if (name == "time") {
        m_alarms.advance(Milliseconds(std::stol(value)));
    } else if (name == "do") {
        const auto [what, argument] = split(value);
        intend(what, argument);
    } else if (m_transport == nullptr) {
        m_transcript.push_back("?? there is no connection");
    } else if (name == "dns") {
        m_transport->resolve({"example.test", {value}, 2});
    } else if (name == "tcp") {
        m_transport->connect();
    } else if (name == "fail") {
        m_transport->end(ByteEnd::Failed, networkError(value));
    } else if (name == "bytes") {
        m_transport->receive(unescaped(value));
    } else if (name == "h2") {
        m_transport->receive(http2Frames(value));
    } else if (name == "many") {
        const auto [count, frame] = split(value);
        Bytes read;
        for (long i = std::stol(count); i > 0; --i)
            read += http2Frame(frame);
        m_transport->receive(read);
    } else if (name == "frame") {
        receiveFrame(value);
    } else if (name == "upgrade") {
        answerUpgrade(value);
    } else if (name == "unsent") {
        m_transport->unsentBytes = std::stoul(value);
    } else if (name == "drained") {
        m_transport->drain();
    } else if (name == "fin" || name == "reset") {
        m_transport->end(name == "fin" ? ByteEnd::Fin : ByteEnd::Reset);
    } else {
        qFatal("unknown input %s", name.c_str());
    }
}

void Playbook::intend(const std::string &name, const std::string &value)
{
    if (name == "room")
        m_session->askForRoom();
    else if (name == "connect")
        m_session->post(intent::Connect{});
    else if (name == "disconnect")
        m_session->post(intent::Disconnect{});
    else if (name == "drop")
        m_session->post(intent::Drop{});
    else if (name == "reconnect")
        m_session->post(intent::ReconnectNow{});
    else if (name == "pause")
        m_session->post(intent::PauseReading{true});
    else if (name == "resume")
        m_session->post(intent::PauseReading{false});
    else if (name == "half-close")
        m_session->post(intent::HalfClose{});
    else if (name == "id")
        m_session->post(intent::SetLastEventId{value});
    else if (name == "resume-from")
        m_session->post(intent::ResumeFrom{value});
    else if (name == "set") {
        // Another policy, by the words of the settings.
        set(split(value).first, split(value).second);
        m_session->post(intent::SetReconnection{m_target.reconnection});
    } else if (name == "idle")
        m_session->post(
            intent::SetIdleTimeout{value.empty() ? std::nullopt : std::optional(Milliseconds(std::stol(value)))});
    else if (name == "freeze" || name == "thaw")
        m_session->post(intent::Freeze{name == "freeze"});
    else if (name == "send-request")
        m_session->post(intent::SendRequest{companionRequest(value)});
    else if (name == "text")
        m_session->post(intent::SendText{unescaped(value)});
    else if (name == "binary")
        m_session->post(intent::SendBinary{unescaped(value)});
    else if (name == "ping")
        m_session->post(intent::SendPing{value});
    else if (name == "pong")
        m_session->post(intent::SendPong{value});
    else if (name == "close")
        m_session->post(intent::SendClose{static_cast<std::uint16_t>(std::stoi(value)), split(value).second});
    else if (name == "bad-frame") {
        WsFrameSpec frame;
        frame.rsv = 4;
        frame.payload = value;
        m_session->post(intent::SendFrame{frame, false});
    } else
        qFatal("unknown intent %s", name.c_str());
}

/// [+]OPCODE PAYLOAD; "+" leaves FIN off. A close's payload begins with its code.
void Playbook::receiveFrame(const std::string &value)
{
    auto [opcode, payload] = split(value);
    WsFrameSpec frame;
    frame.fin = !opcode.starts_with('+');
    opcode = frame.fin ? opcode : opcode.substr(1);
    frame.payload = unescaped(payload);
    if (opcode == "text")
        frame.opcode = WsOpcode::Text;
    else if (opcode == "binary")
        frame.opcode = WsOpcode::Binary;
    else if (opcode == "continuation")
        frame.opcode = WsOpcode::Continuation;
    else if (opcode == "ping")
        frame.opcode = WsOpcode::Ping;
    else if (opcode == "pong")
        frame.opcode = WsOpcode::Pong;
    else {
        frame.opcode = WsOpcode::Close;
        if (!payload.empty())
            frame.payload = closePayload(static_cast<std::uint16_t>(std::stoi(payload)), split(payload).second);
    }
    m_transport->receive(encodeWsFrame(frame));
}

/// Agrees; `field` is a further line of the answer.
void Playbook::answerUpgrade(const std::string &field)
{
    constexpr std::string_view keyField = "Sec-WebSocket-Key: ";
    const std::size_t at = m_transport->written.find(keyField) + keyField.size();
    const std::string key = m_transport->written.substr(at, m_transport->written.find('\r', at) - at);
    m_transport->receive(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
        webSocketAccept(key) + (field.empty() ? "" : "\r\n" + field) + "\r\n\r\n");
}

std::string difference(const std::vector<std::string> &expected, const std::vector<std::string> &actual)
{
    if (expected == actual)
        return {};
    std::string text = "\n";
    std::size_t same = 0;
    for (; same < expected.size() && same < actual.size() && expected[same] == actual[same]; ++same)
        text += "  " + actual[same] + "\n";
    for (std::size_t i = same; i < expected.size(); ++i)
        text += "- " + expected[i] + "\n";
    for (std::size_t i = same; i < actual.size(); ++i)
        text += "+ " + actual[i] + "\n";
    return text;
}

} // namespace pushscope::test
