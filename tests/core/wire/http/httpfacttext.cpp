#include "tests/core/wire/http/httpfacttext.h"

#include <cstdio>

namespace pushscope::test {

namespace {

std::string escaped(ByteView bytes)
{
    std::string text;
    for (const char c : bytes) {
        char code[5];
        std::snprintf(code, sizeof code, "\\x%02x", static_cast<unsigned char>(c));
        if (c == '\r')
            text += "\\r";
        else if (c == '\n')
            text += "\\n";
        else if (c < 0x20 || c == 0x7F)
            text += code;
        else
            text += c;
    }
    return text;
}

std::string printed(ByteRange range)
{
    return std::to_string(range.begin) + '-' + std::to_string(range.end);
}

std::string printed(const Headers &headers)
{
    std::string text;
    for (const HeaderField &field : headers)
        text += ' ' + field.name + '=' + escaped(field.value);
    return text;
}

std::string printed(const HttpHead &head)
{
    std::string text = " head ";
    if (head.version != HttpVersion::Http11)
        text.append(word(head.version)).append(1, ' ');
    if (head.isRequest)
        text += head.method + ' ' + head.target;
    else
        text += std::to_string(head.status) + " \"" + head.reason + '"';
    return text + printed(head.headers);
}

} // namespace

std::string HttpFactText::printed(std::span<const Finding> findings)
{
    std::string text;
    for (const Finding &finding : findings) {
        text.append(" {").append(ruleInfo(finding.rule).id).append(1, ' ').append(std::to_string(finding.begin));
        if (finding.rule == Rule::HttpBytesAfterMessage) { // how many came with the first depends on the cut
            text += '}';
            continue;
        }
        if (finding.length > 0)
            text += '+' + std::to_string(finding.length);
        if (finding.argument != 0)
            text += " =" + std::to_string(finding.argument);
        text += '}';
    }
    return text;
}

void HttpFactText::add(const HttpFact &fact, std::span<const Finding> findings)
{
    using Kind = HttpFact::Kind;
    if (fact.range.begin != m_end)
        m_text += "GAP\n";
    const bool continues = fact.kind == m_runKind && !m_run.empty();
    if (!continues)
        flush();
    m_end = fact.range.end;
    if (fact.kind == Kind::Body || fact.kind == Kind::Junk) {
        if (!continues)
            m_runBegin = fact.range.begin;
        if (fact.body.size() != fact.range.size())
            m_text += "BODY AND RANGE DIFFER\n";
        m_runKind = fact.kind;
        m_run += fact.body;
        m_runFindings += printed(findings);
        return;
    }
    m_text += test::printed(fact.range);
    switch (fact.kind) {
    case Kind::Head: m_text += test::printed(*fact.head); break;
    case Kind::Chunk:
        m_text += " chunk " + std::to_string(fact.length);
        if (fact.extension.begin > 0)
            m_text += " ext " + test::printed(fact.extension);
        break;
    case Kind::ChunkEnd: m_text += " chunk end"; break;
    case Kind::Trailers: m_text += " trailers" + test::printed(fact.head->headers); break;
    case Kind::End: m_text += " end"; break;
    case Kind::Promise:
    case Kind::Reset:
    case Kind::Settings:
    case Kind::PingAck:
    case Kind::Goaway: m_text += " NOT HTTP/1"; break;
    case Kind::Body:
    case Kind::Junk: break;
    }
    m_text += printed(findings) + '\n';
}

void HttpFactText::flush()
{
    if (m_run.empty())
        return;
    m_text += test::printed(ByteRange{m_runBegin, m_runBegin + m_run.size()});
    m_text += m_runKind == HttpFact::Kind::Body ? " body \"" : " junk \"";
    m_text += escaped(m_run) + '"' + m_runFindings + '\n';
    m_run.clear();
    m_runFindings.clear();
}

std::string HttpFactText::text()
{
    flush();
    return m_text;
}

} // namespace pushscope::test
