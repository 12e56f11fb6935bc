#include "tests/core/demo/demorun.h"

#include "core/wire/http/http1codec.h"
#include "tests/core/demo/http2client.h"

#include <charconv>
#include <utility>

namespace pushscope {

namespace {

QByteArray word(RawClient::End end)
{
    switch (end) {
    case RawClient::End::Open: return "OPEN";
    case RawClient::End::Fin: return "FIN";
    case RawClient::End::Reset: return "RST";
    }
    return {};
}

} // namespace

DemoOptions onFreePorts(std::string bindAddress)
{
    DemoOptions options;
    options.port = 0;
    options.tlsPort = 0;
    options.bindAddress = std::move(bindAddress);
    return options;
}

std::uint16_t portOf(std::string_view url)
{
    std::uint16_t port = 0;
    std::from_chars(url.data() + url.rfind(':') + 1, url.data() + url.size(), port);
    return port;
}

DemoRun::DemoRun(DemoOptions options)
{
    options.port = 0;
    options.tlsPort = 0;
    const auto addresses = m_server.start(options);
    if (!addresses)
        return;
    m_port = portOf(addresses->http);
    m_tlsPort = portOf(addresses->https);
}

QByteArray DemoRun::answer(std::string_view target, std::string_view fields) const
{
    RawClient client(m_port);
    client.send(getRequest(m_port, target, "Connection: close\r\n" + Bytes(fields)));
    const RawClient::End end = client.readToEnd();
    Bytes bytes = withoutDate(client.received());
    if (const std::size_t close = bytes.find("Connection: close\r\n"); close != Bytes::npos)
        bytes.erase(close, 19); // we asked for it
    return QByteArray::fromStdString(bytes) + " " + word(end);
}

QByteArray DemoRun::stream(std::string_view target, std::string_view lastEventId) const
{
    RawClient client(m_port);
    client.send(getRequest(m_port, target,
                           "Connection: close\r\n" +
                               (lastEventId.empty() ? Bytes() : "Last-Event-ID: " + Bytes(lastEventId) + "\r\n")));
    const RawClient::End end = client.readToEnd();
    Http1Parser parser(Http1Parser::Side::Answers);
    parser.expectAnswerTo("GET");
    parser.feed(client.received());
    HttpFact fact;
    QByteArray content;
    bool complete = false;
    while (parser.next(fact)) {
        if (fact.kind == HttpFact::Kind::Head && fact.head->status != 200)
            content += QByteArray::number(fact.head->status) + " ";
        if (fact.kind == HttpFact::Kind::Body)
            content.append(fact.body.data(), static_cast<qsizetype>(fact.body.size()));
        complete = complete || fact.kind == HttpFact::Kind::End;
    }
    return content + (complete ? QByteArray("end") : "cut " + word(end));
}

QByteArray DemoRun::frames(std::string_view target, qsizetype expected) const
{
    RawClient client(m_port);
    client.send(openingRequest(m_port, target));
    if (!client.readUntil("\r\n\r\n"))
        return "no answer";
    const std::size_t head = client.received().find("\r\n\r\n") + 4;
    client.readBytes(head + static_cast<std::size_t>(expected));
    return QByteArray::fromStdString(client.received().substr(head));
}

QByteArray DemoRun::streamOverHttp2(std::string_view target, std::string_view lastEventId) const
{
    Http2Client client(m_port);
    const StreamId stream =
        client.get(target, lastEventId.empty() ? Headers() : Headers{{"last-event-id", std::string(lastEventId)}});
    client.readToEnd(stream);
    const QByteArray text = client.answer(stream).text();
    return text.startsWith("200 ") ? text.mid(4) : text;
}

QByteArray DemoRun::framesOverHttp2(std::string_view target, qsizetype expected) const
{
    Http2Client client(m_port);
    const StreamId stream = client.openWebSocket(target);
    client.readBody(stream, static_cast<std::size_t>(expected));
    return QByteArray::fromStdString(client.answer(stream).body);
}

QByteArray shortFrame(unsigned char firstByte, std::string_view payload)
{
    QByteArray frame;
    frame += static_cast<char>(firstByte);
    frame += static_cast<char>(payload.size());
    return frame.append(payload.data(), static_cast<qsizetype>(payload.size()));
}

} // namespace pushscope
