#include "tests/core/wire/http/http2facttext.h"

#include <cstdio>
#include <utility>

namespace pushscope::test {

namespace {

std::string printed(const HttpHead &head)
{
    std::string text;
    for (const HeaderField &field : head.headers)
        text += ' ' + field.name + '=' + escaped(field.value);
    if (head.isRequest && head.method.empty())
        return text; // trailers
    const std::string start = head.isRequest ? head.method + ' ' + head.target : std::to_string(head.status);
    return ' ' + start + text;
}

std::string printed(const HttpFact &fact)
{
    using Kind = HttpFact::Kind;
    switch (fact.kind) {
    case Kind::Head: return "head" + printed(*fact.head);
    case Kind::Trailers: {
        HttpHead fields;
        fields.headers = fact.head->headers;
        return "trailers" + printed(fields);
    }
    case Kind::End: return "end";
    case Kind::Promise: return "promise " + std::to_string(fact.other.value) + printed(*fact.head);
    case Kind::Reset:
        return "reset " + errorText(fact.errorCode) + (fact.byPeer ? " by peer" : " by us: " + escaped(fact.detail));
    case Kind::Settings: return "settings";
    case Kind::PingAck: return "ping ack " + std::to_string(fact.opaque);
    case Kind::Goaway:
        return "goaway last " + std::to_string(fact.other.value) + ' ' + errorText(fact.errorCode) + " \"" +
               escaped(fact.detail) + '"';
    case Kind::Body:
    case Kind::Chunk:
    case Kind::ChunkEnd:
    case Kind::Junk: break;
    }
    return "NOT HTTP/2";
}

} // namespace

std::string escaped(ByteView bytes)
{
    std::string text;
    for (const char c : bytes) {
        char code[5];
        std::snprintf(code, sizeof code, "\\x%02x", static_cast<unsigned char>(c));
        if (c == '\n')
            text += "\\n";
        else if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7E)
            text += code;
        else
            text += c;
    }
    return text;
}

void Http2FactText::add(const HttpFact &fact)
{
    if (fact.kind == HttpFact::Kind::Body) {
        if (fact.stream.value != m_runStream)
            flush();
        if (fact.body.size() != fact.range.size() || fact.range.begin < m_runEnd)
            m_text += "WRONG RANGE\n";
        m_runStream = fact.stream.value;
        m_run += fact.body;
        m_runEnd = fact.range.end;
        return;
    }
    flush();
    m_text += std::to_string(fact.stream.value) + ' ' + printed(fact) + '\n';
}

void Http2FactText::drain(Http2Codec &codec)
{
    HttpFact fact;
    while (codec.next(fact))
        add(fact);
}

void Http2FactText::flush()
{
    if (!m_run.empty())
        m_text += std::to_string(m_runStream) + " body \"" + escaped(std::exchange(m_run, Bytes())) + "\"\n";
}

std::string Http2FactText::take()
{
    flush();
    return std::exchange(m_text, std::string());
}

} // namespace pushscope::test
