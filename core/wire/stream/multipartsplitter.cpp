#include "core/wire/stream/multipartsplitter.h"

#include "core/wire/stream/parthead.h"

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

constexpr std::string_view Blank = " \t\r\n";

/// Some servers name the whole delimiter where the boundary belongs.
Bytes sloppyDelimiter(std::string_view boundary)
{
    const bool mayBeOne = boundary.starts_with("--") && boundary.find_first_not_of('-') != std::string_view::npos;
    return mayBeOne ? Bytes(boundary) : Bytes();
}

} // namespace

MultipartSplitter::MultipartSplitter(std::string_view boundary, std::uint64_t limit)
    : m_delimiter("--" + Bytes(boundary)), m_otherDelimiter(sloppyDelimiter(boundary)), m_limit(limit)
{
}

bool MultipartSplitter::isBoundary(std::string_view text)
{
    constexpr std::size_t Longest = 70;
    // bchars: letters and digits, what is here, and the space; servers use more of ASCII without harm.
    return !text.empty() && text.size() <= Longest && !text.ends_with(' ') &&
           std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

bool MultipartSplitter::next(StreamUnit &unit)
{
    m_findings.clear();
    for (;;) {
        if (pendingBytes() > m_limit) {
            cutAtLimit(unit);
            return true;
        }
        if (isAtLength()) {
            if (endAtLength(unit))
                return true;
        } else if (m_input.isUsedUp()) {
            break;
        } else if (step(unit)) {
            return true;
        }
    }
    if (m_where == Where::Outside || m_where == Where::Epilogue) {
        const bool mayBeDelimiter = m_where == Where::Outside && m_isCandidate;
        if (tellOutside(mayBeDelimiter ? m_lineBegin : m_input.position(), unit))
            return true;
    }
    return std::exchange(m_isFinished, false) && endAtEnd(unit);
}

/// A line that may be the delimiter has to be seen first: then the length was wrong.
bool MultipartSplitter::isAtLength() const
{
    return m_where == Where::Content && m_contentLength && m_lineStart.empty() &&
           m_input.position() >= m_contentBegin + *m_contentLength;
}

bool MultipartSplitter::step(StreamUnit &unit)
{
    if (m_where == Where::DelimiterLine)
        readDelimiterLine();
    else if (m_isCandidate && m_where != Where::Epilogue)
        return matchDelimiter(unit);
    else
        takeLine();
    return false;
}

/// RFC 2046 section 5.1.1: it is enough that the boundary stands at the beginning of the line.
bool MultipartSplitter::matchDelimiter(StreamUnit &unit)
{
    m_lineStart += m_input.rest().front();
    if (m_lineStart == m_delimiter || m_lineStart == m_otherDelimiter) {
        m_input.advance(1);
        m_delimiter = m_lineStart;
        m_otherDelimiter.clear();
        return endAtDelimiter(unit);
    }
    if (m_delimiter.starts_with(m_lineStart) || m_otherDelimiter.starts_with(m_lineStart)) {
        m_input.advance(1);
        return false;
    }
    m_lineStart.pop_back();
    m_isCandidate = false;
    m_isBlank = m_isBlank && m_lineStart.empty();
    if (m_where == Where::Head)
        m_head += m_lineStart;
    m_lineStart.clear();
    return false;
}

void MultipartSplitter::readDelimiterLine()
{
    for (const char byte : m_input.rest()) {
        m_input.advance(1);
        m_begin = m_input.position();
        if (byte == '-' && m_hyphens < 2 && ++m_hyphens == 2) {
            m_where = Where::Epilogue;
            return;
        }
        if (byte != '-')
            m_hyphens = 3; // no closing one: transport padding, or more of the line
        if (byte == '\n')
            return beginPart();
    }
}

void MultipartSplitter::beginPart()
{
    m_where = Where::Head;
    m_head.clear();
    m_badHead.reset();
    m_contentLength.reset();
    m_isTold = false;
    beginLine(0);
}

void MultipartSplitter::beginLine(std::uint8_t endingBefore)
{
    m_lineBegin = m_input.position();
    m_lineStart.clear();
    m_isCandidate = true;
    m_endsWithCr = false;
    m_endingBefore = endingBefore;
}

void MultipartSplitter::takeLine()
{
    ByteView piece = m_input.rest();
    if (m_where == Where::Content && m_contentLength)
        piece = piece.substr(0, m_contentBegin + *m_contentLength - m_input.position());
    const std::size_t lf = piece.find('\n');
    piece = piece.substr(0, lf == ByteView::npos ? lf : lf + 1);
    m_input.advance(piece.size());
    if (m_where == Where::Head) {
        m_head += piece;
        if (m_head.size() > HeadLimit && lf == ByteView::npos)
            readHead();
    }
    m_isBlank = m_isBlank && piece.find_first_not_of(Blank) == ByteView::npos;
    if (m_isTold)
        m_begin = m_input.position();
    const bool hadCr = piece.size() > 1 ? piece[piece.size() - 2] == '\r' : m_endsWithCr;
    if (lf == ByteView::npos)
        m_endsWithCr = piece.ends_with('\r');
    else if (const bool isBlankLine = m_input.position() - m_lineBegin == (hadCr ? 2U : 1U);
             m_where == Where::Head && (isBlankLine || m_head.size() > HeadLimit))
        readHead();
    else
        beginLine(hadCr ? 2 : 1);
}

void MultipartSplitter::readHead()
{
    const PartHead head = readPartHead(m_head);
    if (head.badLine)
        m_badHead = {Rule::MultipartBadHead, m_begin + head.badLine->begin,
                     static_cast<std::uint32_t>(head.badLine->size()), 0};
    else if (m_head.size() > HeadLimit)
        m_badHead = {Rule::MultipartBadHead, m_begin, static_cast<std::uint32_t>(m_head.size()), 0};
    m_contentLength = contentLengthOf(head);
    m_contentBegin = m_input.position();
    m_where = Where::Content;
    beginLine(0);
}

bool MultipartSplitter::endAtDelimiter(StreamUnit &unit)
{
    bool isTold = false;
    if (m_where == Where::Outside) {
        isTold = tellOutside(m_lineBegin, unit);
    } else if (m_where == Where::Content) {
        const std::uint64_t end = std::max(m_contentBegin, m_lineBegin - m_endingBefore);
        isTold = tellPart(end, false, unit);
        if (isTold && m_contentLength)
            noteLength(end);
    } else {
        isTold = m_lineBegin != m_begin && tellPart(m_lineBegin, false, unit); // a head without the blank line
    }
    m_where = Where::DelimiterLine;
    m_hyphens = 0;
    m_isBlank = true;
    m_isBehindLength = false;
    m_begin = m_input.position();
    return isTold;
}

bool MultipartSplitter::endAtLength(StreamUnit &unit)
{
    const std::uint64_t end = m_contentBegin + *m_contentLength;
    const bool isTold = tellPart(end, false, unit);
    m_where = Where::Outside;
    m_begin = isTold ? end : m_input.position(); // of a part that the limit cut nothing more is told
    m_isBehindLength = true;
    m_isBlank = m_input.position() == end;
    if (m_isBlank)
        beginLine(0); // where a delimiter may follow at once
    return isTold;
}

void MultipartSplitter::cutAtLimit(StreamUnit &unit)
{
    const std::uint64_t end = m_begin + m_limit;
    tellPart(end, true, unit);
    m_findings.push_back({Rule::SessionLineKeptInPart, end, 0, static_cast<std::int64_t>(m_limit)});
    m_isTold = true;
    m_begin = m_input.position();
}

bool MultipartSplitter::endAtEnd(StreamUnit &unit)
{
    if (m_where == Where::Outside) {
        m_isBlank = m_isBlank && m_lineStart.empty();
        m_isCandidate = false;
        return tellOutside(m_input.position(), unit);
    }
    if (pendingBytes() == 0 || !tellPart(m_input.position(), true, unit))
        return false;
    m_findings.push_back({Rule::MultipartCut, m_input.position(), 0, 0});
    return true;
}

bool MultipartSplitter::tellOutside(std::uint64_t end, StreamUnit &unit)
{
    unit = {StreamUnit::Kind::Chunk, false, {m_begin, end}};
    m_begin = end;
    if (std::exchange(m_isBlank, true) || unit.range.isEmpty())
        return false;
    if (std::exchange(m_isBehindLength, false))
        noteLength(unit.range.begin);
    return true;
}

bool MultipartSplitter::tellPart(std::uint64_t end, bool isCut, StreamUnit &unit)
{
    if (m_isTold)
        return false;
    unit = {StreamUnit::Kind::Part, isCut, {m_begin, end}};
    if (m_badHead)
        m_findings.push_back(*m_badHead);
    m_begin = m_input.position();
    return true;
}

void MultipartSplitter::noteLength(std::uint64_t at)
{
    m_findings.push_back({Rule::MultipartLength, at, 0, static_cast<std::int64_t>(*m_contentLength)});
}

} // namespace pushscope
