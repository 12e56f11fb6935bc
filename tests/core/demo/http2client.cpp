#include "tests/core/demo/http2client.h"

#include <algorithm>

namespace pushscope {

QByteArray Http2Answer::text() const
{
    QByteArray text;
    if (head)
        text = QByteArray::number(head->status) + " ";
    text.append(body.data(), static_cast<qsizetype>(body.size()));
    if (reset)
        return text + "cut " + QByteArray::fromStdString(errorText(*reset));
    return text + (isEnded ? "end" : "open");
}

Http2Client::Http2Client(std::uint16_t port, Http2Codec::Options options)
    : m_port(port), m_socket(port), m_codec(Role::Client, options)
{
    flush();
}

StreamId Http2Client::request(std::string_view method, std::string_view target, const Headers &fields, ByteView body)
{
    HttpHead head;
    head.version = HttpVersion::Http2;
    head.method = method;
    head.headers = {{":method", head.method},
                    {":scheme", "http"},
                    {":authority", "localhost:" + std::to_string(m_port)},
                    {":path", std::string(target)}};
    for (const HeaderField &field : fields)
        head.headers.add(field.name, field.value);
    const auto stream = m_codec.sendRequest(head, body);
    flush();
    return stream.value_or(StreamId());
}

StreamId Http2Client::openWebSocket(std::string_view target, const Headers &fields, std::string_view protocol)
{
    readUntil([this] { return m_codec.peer().received; }); // RFC 8441 section 3
    Headers all{{":protocol", std::string(protocol)}, {"sec-websocket-version", "13"}};
    for (const HeaderField &field : fields)
        all.add(field.name, field.value);
    return request("CONNECT", target, all);
}

void Http2Client::send(StreamId stream, ByteView bytes)
{
    m_codec.sendBody(stream, bytes);
    flush();
}

bool Http2Client::readMore()
{
    if (!m_socket.readBytes(m_fed + 1))
        return false;
    const Bytes &received = m_socket.received();
    m_codec.feed(ByteView(received).substr(m_fed));
    m_fed = received.size();
    HttpFact fact;
    while (m_codec.next(fact))
        take(fact);
    splitFrames();
    flush();
    return true;
}

bool Http2Client::readUntil(const std::function<bool()> &condition)
{
    while (!condition()) {
        if (!readMore())
            return condition();
    }
    return true;
}

bool Http2Client::readToEnd(StreamId stream)
{
    return readUntil([this, stream] { return answer(stream).isOver(); });
}

bool Http2Client::readBody(StreamId stream, std::size_t bytes)
{
    return readUntil([this, stream, bytes] { return answer(stream).body.size() >= bytes; });
}

void Http2Client::take(const HttpFact &fact)
{
    Http2Answer &answer = m_answers[fact.stream.value];
    switch (fact.kind) {
    case HttpFact::Kind::Head:
        if (fact.head->isInterim())
            answer.interim.push_back(*fact.head);
        else
            answer.head = *fact.head;
        return;
    case HttpFact::Kind::Body:
        answer.body.append(fact.body);
        if (m_consuming)
            m_codec.consume(fact.stream, fact.body.size());
        return;
    case HttpFact::Kind::Trailers: answer.trailers = fact.head->headers; return;
    case HttpFact::Kind::End: answer.isEnded = true; return;
    case HttpFact::Kind::Reset: answer.reset = fact.errorCode; return;
    case HttpFact::Kind::Promise:
    case HttpFact::Kind::Settings:
    case HttpFact::Kind::PingAck:
    case HttpFact::Kind::Goaway: m_connectionFacts.push_back(fact); return;
    case HttpFact::Kind::Chunk:
    case HttpFact::Kind::ChunkEnd:
    case HttpFact::Kind::Junk: return;
    }
}

void Http2Client::splitFrames()
{
    for (;;) {
        const ByteView rest = ByteView(m_socket.received()).substr(m_split);
        if (rest.size() < Http2FrameHeader::Size)
            return;
        const Http2FrameHeader header = parseHttp2FrameHeader(rest);
        if (rest.size() < Http2FrameHeader::Size + header.length)
            return;
        m_frames.push_back({header, Bytes(rest.substr(Http2FrameHeader::Size, header.length))});
        m_split += Http2FrameHeader::Size + header.length;
    }
}

std::size_t Http2Client::count(Http2FrameType type, StreamId stream) const
{
    return static_cast<std::size_t>(std::count_if(m_frames.begin(), m_frames.end(), [&](const Http2SentFrame &frame) {
        return frame.header.type == type && frame.header.stream == stream.value;
    }));
}

} // namespace pushscope
