#include "core/demo/relayexchange.h"

#include "core/demo/demostream.h"

#include <QHostAddress>

#include <array>
#include <utility>

namespace pushscope::demo {

namespace {
constexpr qint64 kBuffer = 256 * 1024;

/// The client's opening request as HTTP/1.1 has it.
HttpHead openingRequest(const Request &request)
{
    if (request.head->version != HttpVersion::Http2)
        return *request.head;
    HttpHead opening;
    opening.method = "GET";
    opening.target = request.head->target;
    opening.headers = {{"Host", request.authority}, {"Upgrade", "websocket"}, {"Connection", "Upgrade"}};
    for (const HeaderField &field : request.head->headers) {
        if (!field.name.starts_with(':'))
            opening.headers.add(field.name, field.value);
    }
    // Nobody checks the answer to it: RFC 8441 section 5 has no key. This is the one of RFC 6455 section 1.3.
    opening.headers.set("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    return opening;
}
} // namespace

RelayExchange::~RelayExchange()
{
    m_server.disconnect(this); // its own end would be reported to what is half gone
}

void RelayExchange::start()
{
    HttpHead request = openingRequest(stream().request());
    request.headers.set("Origin", stream().context().referenceOrigin);
    m_server.setReadBufferSize(kBuffer);
    connect(&m_server, &QTcpSocket::readyRead, this, &RelayExchange::carryBack);
    connect(&m_server, &QTcpSocket::bytesWritten, this, [this] {
        if (m_server.bytesToWrite() < kBuffer)
            stream().setReading(true);
    });
    connect(&m_server, &QTcpSocket::disconnected, this, [this] {
        carryBack();
        stream().finish();
    });
    connect(&m_server, &QTcpSocket::errorOccurred, this, [this] { stream().finish(); });
    m_server.connectToHost(QHostAddress(QHostAddress::LocalHost), stream().context().referencePort);
    m_codec.sendRequest(request, {});
    const Bytes head = m_codec.takeOutput();
    m_server.write(head.data(), static_cast<qint64>(head.size()));
}

void RelayExchange::receive(ByteView bytes)
{
    m_server.write(bytes.data(), static_cast<qint64>(bytes.size()));
    if (m_server.bytesToWrite() >= kBuffer)
        stream().setReading(false);
}

void RelayExchange::carryBack()
{
    std::array<char, 16 * 1024> buffer;
    HttpFact fact;
    while (m_server.bytesAvailable() > 0 && stream().hasRoom()) {
        const qint64 size = m_server.read(buffer.data(), buffer.size());
        if (size <= 0)
            return;
        m_codec.feed(ByteView(buffer.data(), static_cast<std::size_t>(size)));
        while (m_codec.next(fact))
            take(fact);
    }
}

void RelayExchange::take(const HttpFact &fact)
{
    if (fact.kind == HttpFact::Kind::Head && fact.head->status == 101) {
        stream().accept(*fact.head);
    } else if (fact.kind == HttpFact::Kind::Head) {
        HttpHead refusal = *fact.head;
        refusal.headers.remove("Connection"); // was about the connection behind us
        stream().sendHead(std::move(refusal));
    } else if (fact.kind == HttpFact::Kind::Body) {
        stream().write(fact.body);
    }
}

} // namespace pushscope::demo
