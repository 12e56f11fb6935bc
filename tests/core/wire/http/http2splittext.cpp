#include "tests/core/wire/http/http2splittext.h"

#include "tests/core/wire/ws/wstext.h"

namespace pushscope::test {

namespace {

std::string printed(ByteRange range)
{
    return std::to_string(range.begin) + '-' + std::to_string(range.end);
}

std::string content(ByteView bytes)
{
    return bytes.empty() ? std::string() : ' ' + show(bytes).toStdString();
}

std::string printed(const HpackBlock &block, std::uint32_t stream)
{
    std::string text = "  block of " + std::to_string(stream) + " table " + std::to_string(block.tableSize);
    if (block.leftOut > 0)
        text += " left out " + std::to_string(block.leftOut);
    if (!block.error.empty())
        text += " error: " + block.error;
    text += '\n';
    for (const HpackField &field : block.fields)
        text += "    " + std::string(word(field.coding)) + ' ' + field.name + ": " + field.value + '\n';
    return text;
}

} // namespace

void Http2SplitText::expect(bool holds, const char *what)
{
    if (!holds)
        m_text.append("BROKEN ").append(what).append(1, '\n');
}

void Http2SplitText::feed(ByteView part)
{
    m_part = part;
    m_fed += part.size();
    m_splitter.feed(part);
    drain();
}

std::string Http2SplitText::finish()
{
    m_splitter.finish();
    drain();
    expect(!m_isInside, "a frame without End");
    expect(m_splitter.pendingBytes() == 0, "pending bytes behind the end");
    if (!m_junk.empty())
        m_text += printed({m_end - m_junk.size(), m_end}) + " junk" + content(m_junk) + m_findings + '\n';
    expect(m_end == m_fed, "bytes in no fact");
    return m_text;
}

void Http2SplitText::drain()
{
    Http2Fact fact;
    while (m_splitter.next(fact))
        take(fact);
    expect(m_splitter.findings().empty(), "Findings without a fact");
    expect(m_splitter.pendingBytes() == 0 || m_end + m_splitter.pendingBytes() == m_fed, "pending bytes");
}

void Http2SplitText::take(const Http2Fact &fact)
{
    for (const Finding &finding : m_splitter.findings())
        expect(finding.begin >= fact.range.begin, "a Finding before its fact");
    switch (fact.kind) {
    case Http2Fact::Kind::Preface:
        expect(m_end == 0, "a preface inside");
        m_end = fact.range.end;
        m_text += printed(fact.range) + " preface\n";
        break;
    case Http2Fact::Kind::Begin: takeBegin(fact); break;
    case Http2Fact::Kind::Data: takeData(fact); break;
    case Http2Fact::Kind::End: takeEnd(fact); break;
    case Http2Fact::Kind::Junk: takeJunk(fact); break;
    }
}

void Http2SplitText::takeBegin(const Http2Fact &fact)
{
    expect(!m_isInside, "a frame inside another");
    expect(fact.range.begin == m_end, "a frame that does not begin where the one before ended");
    expect(fact.range.size() == fact.frame.length + Http2FrameHeader::Size, "a frame's range");
    m_isInside = true;
    m_frame = fact.frame;
    m_begin = fact.range.begin;
    m_data.clear();
    m_findings = show(m_splitter.findings()).toStdString();
}

void Http2SplitText::takeData(const Http2Fact &fact)
{
    expect(m_isInside && fact.frame == m_frame, "data of another frame");
    expect(!fact.bytes.empty() && fact.bytes.size() == fact.range.size(), "data and range differ");
    expect(fact.bytes.data() >= m_part.data() && fact.bytes.data() + fact.bytes.size() <= m_part.data() + m_part.size(),
           "data outside the input");
    expect(fact.range.end <= m_fed && fact.range.begin >= m_begin + Http2FrameHeader::Size + m_data.size(),
           "data in another place");
    expect(m_splitter.findings().empty(), "Findings about data");
    m_data += fact.bytes;
}

void Http2SplitText::takeEnd(const Http2Fact &fact)
{
    expect(m_isInside && fact.frame == m_frame && fact.range.begin == m_begin, "the end of another frame");
    expect(fact.payload.empty() || m_data.empty(), "both data and payload");
    m_isInside = false;
    m_end = fact.range.end;
    const std::string_view known = word(fact.frame.type);
    m_text += printed(fact.range) + ' ';
    m_text += known.empty() ? "type " + std::to_string(static_cast<unsigned>(fact.frame.type)) : std::string(known);
    if (fact.frame.flags != 0)
        m_text += " flags " + std::to_string(fact.frame.flags);
    if (fact.frame.stream != 0)
        m_text += " stream " + std::to_string(fact.frame.stream);
    if (fact.range.size() != fact.frame.length + Http2FrameHeader::Size)
        m_text += " of " + std::to_string(fact.frame.length);
    m_text += content(fact.payload) + content(m_data) + m_findings + show(m_splitter.findings()).toStdString() + '\n';
    if (fact.block)
        m_text += printed(*fact.block, fact.blockStream);
}

void Http2SplitText::takeJunk(const Http2Fact &fact)
{
    expect(!m_isInside && fact.range.begin == m_end, "junk in another place");
    expect(fact.bytes.size() == fact.range.size(), "junk and range differ");
    if (m_junk.empty())
        m_findings.clear();
    m_junk += fact.bytes;
    m_end = fact.range.end;
    m_findings += show(m_splitter.findings()).toStdString();
}

std::string showSplit(const std::vector<ByteView> &parts, Http2Splitter::Sender sender, std::uint64_t headLimit)
{
    Http2Splitter splitter(sender, headLimit);
    Http2SplitText text(splitter);
    for (const ByteView part : parts)
        text.feed(part);
    return text.finish();
}

} // namespace pushscope::test
