#include "core/wire/sse/ssedecoder.h"

#include "core/wire/sse/linescan.h"

#include <QtGlobal>

#include <algorithm>
#include <cstring>
#include <limits>

namespace pushscope {

namespace {
constexpr ByteView byteOrderMark = "\xEF\xBB\xBF";

Finding findingAt(Rule rule, ByteRange range, std::int64_t argument = 0)
{
    constexpr std::uint64_t longest = std::numeric_limits<std::uint32_t>::max();
    return {rule, range.begin, static_cast<std::uint32_t>(std::min(range.size(), longest)), argument};
}
} // namespace

SseDecoder::SseDecoder(ByteView lastEventId, std::uint64_t limit)
    : m_limit(limit), m_limitAt(limit), m_ids{Bytes(lastEventId), Bytes()}
{
}

void SseDecoder::feed(ByteView input)
{
    Q_ASSERT(m_at == m_input.size());
    m_base += m_input.size();
    m_input = input;
    m_at = 0;
    m_validUntil = 0;
    if (m_skipLf && !input.empty()) {
        m_skipLf = false;
        m_at = input.front() == '\n' ? 1 : 0;
        if (m_blockBegin == m_base)
            m_limitAt = position() + m_limit; // the same as when CR and LF came together
        m_lineBegin = position();
    }
}

void SseDecoder::finish()
{
    m_finished = true;
}

inline void SseDecoder::consumeLineEnd(std::size_t end)
{
    m_at = end + 1;
    if (m_input[end] == '\n')
        return;
    if (m_at == m_input.size())
        m_skipLf = true;
    else if (m_input[m_at] == '\n')
        ++m_at;
}

/// The short way for what most lines of most streams are.
inline bool SseDecoder::takeDataLine(ByteView line)
{
    constexpr ByteView start = "data:";
    if (!line.starts_with(start))
        return false;
    const bool hasSpace = line.size() > start.size() && line[start.size()] == ' ';
    m_dataBytes += line.size() - start.size() - (hasSpace ? 1 : 0);
    ++m_dataLines;
    m_hasFields = true;
    return true;
}

/// The same for an id; one with a flaw goes the long way.
inline bool SseDecoder::takeIdLine(ByteView line)
{
    constexpr ByteView start = "id:";
    if (!line.starts_with(start))
        return false;
    line.remove_prefix(start.size());
    if (line.starts_with(' '))
        line.remove_prefix(1);
    if (line.size() > idLimit || line.find('\0') != ByteView::npos)
        return false;
    Bytes &id = blockId();
    if (id.size() == line.size())
        std::memcpy(id.data(), line.data(), line.size()); // most are as long as the one before
    else
        id = line;
    m_idSet = true;
    m_hasFields = true;
    return true;
}

/// Begins a fact that ends here.
inline void SseDecoder::tell(SseFact::Kind kind, std::uint64_t begin, SseFact &fact)
{
    fact = {kind, false, false, {begin, position()}, 0, 0};
    if (m_hasByteOrderMark && begin == 0) {
        m_findings.push_back({Rule::SseBom, 0, byteOrderMark.size(), 0});
        m_hasByteOrderMark = false;
    }
}

inline void SseDecoder::beginBlock()
{
    m_blockBegin = m_lineBegin = position();
    m_limitAt = m_blockBegin + m_limit;
    m_dataBytes = 0;
    m_dataLines = 0;
    m_hasFields = false;
    m_idSet = false;
    m_blockFindings.clear();
}

/// A blank line: dispatches the event, or ends what is none.
inline bool SseDecoder::endBlock(SseFact &fact)
{
    const bool isTold = m_hasFields;
    if (isTold) {
        if (m_idSet)
            m_committed = 1 - m_committed;
        tell(m_dataLines > 0 ? SseFact::Kind::Event : SseFact::Kind::Block, m_blockBegin, fact);
        fact.idSet = m_idSet;
        fact.dataBytes = m_dataLines > 0 ? m_dataBytes + m_dataLines - 1 : 0;
        if (!m_blockFindings.empty())
            m_findings.insert(m_findings.end(), m_blockFindings.begin(), m_blockFindings.end());
    }
    beginBlock();
    return isTold;
}

bool SseDecoder::next(SseFact &fact)
{
    m_findings.clear();
    if (m_atStart)
        skipByteOrderMark();
    if (m_skip != Skip::No)
        skipRest();
    while (m_at != m_input.size()) {
        const char *const begin = m_input.data() + m_at;
        if (m_cut == Cut::No && (*begin == '\n' || *begin == '\r')) {
            consumeLineEnd(m_at);
            if (endBlock(fact))
                return true;
            continue;
        }
        const LineScan scan = scanLine({begin, m_input.size() - m_at});
        const ByteView piece(begin, scan.length);
        const std::size_t end = m_at + scan.length;
        const bool isEnded = end != m_input.size();
        if (m_base + end > m_limitAt) {
            if (m_hasFields || m_blockBegin == m_lineBegin) {
                cutAtLimit(piece, fact);
                return true;
            }
            m_blockBegin = m_lineBegin; // of what there was each line had a fact of its own
            m_limitAt = m_blockBegin + m_limit;
            continue;
        }
        const bool isWhole = isEnded && m_cut == Cut::No;
        const bool isValid = scan.isAscii || (isWhole && (end < m_validUntil || isValidAhead(end)));
        if (isWhole && isValid && (takeDataLine(piece) || takeIdLine(piece))) {
            consumeLineEnd(end);
            m_lineBegin = position();
            continue;
        }
        if (!isValid || !m_utf8.isComplete())
            checkUtf8(piece, isEnded);
        if (!isEnded) {
            takePiece(piece);
            m_at = end;
            break;
        }
        m_cut == Cut::No ? takeWhole(piece) : takePiece(piece);
        consumeLineEnd(end);
        if (endLine(fact))
            return true;
    }
    return m_finished && cutOff(fact);
}

std::uint64_t SseDecoder::pendingBytes() const
{
    return isInsideBlock() ? position() - m_blockBegin : 0;
}

/// Whether anything came since the last block that no fact stands for yet. Comments and the like do that by themselves.
bool SseDecoder::isInsideBlock() const
{
    return m_hasFields || m_cut != Cut::No || (m_atStart && m_markLength > 0);
}

/// The UTF-8 decode algorithm skips one byte order mark, which may come in pieces; a piece that stays alone belongs to
/// the first line.
void SseDecoder::skipByteOrderMark()
{
    while (m_markLength < byteOrderMark.size() && m_at != m_input.size() &&
           m_input[m_at] == byteOrderMark[m_markLength]) {
        ++m_markLength;
        ++m_at;
    }
    if (m_markLength == byteOrderMark.size()) {
        m_hasByteOrderMark = true;
        m_atStart = false;
    } else if (m_at != m_input.size()) {
        m_atStart = false;
        const ByteView piece = byteOrderMark.substr(0, m_markLength);
        m_utf8.feed(piece);
        if (!piece.empty())
            takePiece(piece);
    }
}

void SseDecoder::takeWhole(ByteView line)
{
    const std::size_t longest = std::min(line.size(), m_name.size() + 1);
    std::size_t colon = 0;
    while (colon != longest && line[colon] != ':')
        ++colon;
    beginField(line.substr(0, colon));
    if (colon == longest)
        return;
    line.remove_prefix(colon + 1);
    if (line.starts_with(' '))
        line.remove_prefix(1);
    takeValue(line);
}

/// A part of a line that an input cut. Of the name no more is kept than the standard's names have.
void SseDecoder::takePiece(ByteView piece)
{
    if (m_cut == Cut::No) {
        m_cut = Cut::InName;
        m_nameLength = 0;
    }
    for (; m_cut == Cut::InName && !piece.empty(); piece.remove_prefix(1)) {
        if (piece.front() == ':') {
            beginField({m_name.data(), m_nameLength});
            m_cut = Cut::BehindColon;
        } else if (m_nameLength == m_name.size()) {
            m_field = Field::Unknown;
            m_cut = Cut::InValue;
        } else {
            m_name[m_nameLength++] = piece.front();
        }
    }
    if (piece.empty())
        return;
    if (m_cut == Cut::BehindColon && piece.front() == ' ')
        piece.remove_prefix(1);
    m_cut = Cut::InValue;
    takeValue(piece);
}

void SseDecoder::beginField(ByteView name)
{
    if (name == "data") {
        m_field = Field::Data;
    } else if (name == "event") {
        m_field = Field::Event;
    } else if (name == "id") {
        m_field = Field::Id;
        m_id.clear();
    } else if (name == "retry") {
        m_field = Field::Retry;
        m_retry = 0;
        m_hasDigits = false;
        m_isNoTime = false;
    } else {
        m_field = name.empty() ? Field::Comment : Field::Unknown;
    }
}

void SseDecoder::takeValue(ByteView value)
{
    switch (m_field) {
    case Field::Data: m_dataBytes += value.size(); break;
    case Field::Id: m_id.append(value.substr(0, idLimit + 1 - m_id.size())); break;
    case Field::Retry: takeDigits(value); break;
    case Field::Event:
    case Field::Comment:
    case Field::Unknown: break;
    }
}

void SseDecoder::takeDigits(ByteView value)
{
    constexpr std::uint64_t longest = std::numeric_limits<std::uint64_t>::max();
    for (const char c : value) {
        if (c < '0' || c > '9') {
            m_isNoTime = true;
            return;
        }
        m_hasDigits = true;
        const auto digit = static_cast<std::uint64_t>(c - '0');
        m_isNoTime = m_isNoTime || m_retry > (longest - digit) / 10; // Chromium ignores it too
        m_retry = m_retry * 10 + digit;
    }
}

/// Lines behind one with more than ASCII are mostly like it, and a validator is fastest on long texts: it looks ahead,
/// as far as the cache holds what is looked at again. The line's end is ASCII: where it was accepted, no sequence was
/// open.
bool SseDecoder::isValidAhead(std::size_t end)
{
    constexpr std::size_t ahead = 4096;
    Utf8Validator validator;
    validator.feed(m_input.substr(m_at, std::max(end + 1 - m_at, ahead)));
    m_validUntil = m_at + validator.errorOffset();
    return end < m_validUntil;
}

/// Looks at what this input has of the line. A line ending is never inside a sequence, so each line stands for itself.
void SseDecoder::checkUtf8(ByteView piece, bool isEnded)
{
    const std::uint64_t before = m_utf8.errorOffset();
    const bool isValid = m_utf8.feed(piece);
    if (!m_invalidAt && !isValid)
        m_invalidAt = position() + (m_utf8.errorOffset() - before);
    else if (isValid && isEnded && !m_utf8.isComplete())
        m_invalidAt = position() + piece.size() - 1;
    if (isEnded)
        m_utf8.reset();
}

bool SseDecoder::endLine(SseFact &fact)
{
    if (m_cut == Cut::InName)
        beginField({m_name.data(), m_nameLength});
    m_cut = Cut::No;
    bool isTold = false;
    switch (m_field) {
    case Field::Data:
        ++m_dataLines;
        m_hasFields = true;
        break;
    case Field::Event: m_hasFields = true; break;
    case Field::Id: endId(); break;
    case Field::Retry:
        isTold = true;
        if (m_hasDigits && !m_isNoTime) {
            tell(SseFact::Kind::Retry, m_lineBegin, fact);
            fact.retry = m_retry;
        } else {
            tell(SseFact::Kind::Unknown, m_lineBegin, fact);
            m_findings.push_back(findingAt(Rule::SseRetryInvalid, fact.range));
        }
        break;
    case Field::Comment:
        isTold = true;
        tell(SseFact::Kind::Comment, m_lineBegin, fact);
        break;
    case Field::Unknown:
        isTold = true;
        tell(SseFact::Kind::Unknown, m_lineBegin, fact);
        m_findings.push_back(findingAt(Rule::SseUnknownField, fact.range));
        break;
    }
    if (m_invalidAt) {
        const Finding finding = {Rule::SseInvalidUtf8, *m_invalidAt, 1, 0};
        isTold ? m_findings.push_back(finding) : noteBlock(finding);
        m_invalidAt.reset();
    }
    m_lineBegin = position();
    return isTold;
}

void SseDecoder::endId()
{
    m_hasFields = true;
    const ByteRange line{m_lineBegin, position()};
    if (m_id.find('\0') != Bytes::npos) {
        noteBlock(findingAt(Rule::SseNulInId, line));
    } else if (m_id.size() > idLimit) {
        noteBlock(findingAt(Rule::SseLineTooLong, line, idLimit));
    } else {
        blockId().swap(m_id);
        m_idSet = true;
    }
}

/// "Once the end of the file is reached, any pending data must be discarded": told as one fact, but not acted on.
bool SseDecoder::cutOff(SseFact &fact)
{
    if (!isInsideBlock())
        return false;
    tell(SseFact::Kind::Incomplete, m_blockBegin, fact);
    m_findings.insert(m_findings.end(), m_blockFindings.begin(), m_blockFindings.end());
    m_findings.push_back(findingAt(Rule::SseIncompleteBlock, fact.range));
    if (m_invalidAt)
        m_findings.push_back({Rule::SseInvalidUtf8, *m_invalidAt, 1, 0});
    m_invalidAt.reset();
    m_cut = Cut::No;
    m_atStart = false;
    beginBlock();
    return true;
}

/// Hands out what is kept of a block, or of a line outside of one, that gets larger than the limit with this piece of a
/// line. What such an event says of the last event ID counts as far as it was seen.
void SseDecoder::cutAtLimit(ByteView piece, SseFact &fact)
{
    piece = piece.substr(0, m_limitAt - std::min(m_limitAt, position()));
    checkUtf8(piece, false);
    takePiece(piece);
    m_at += piece.size();
    if (m_cut == Cut::InName)
        beginField({m_name.data(), m_nameLength});
    const SseFact::Kind kind = kindAtLimit();
    tell(kind, m_blockBegin, fact);
    fact.isCut = true;
    const bool isBlock = kind == SseFact::Kind::Event || kind == SseFact::Kind::Block;
    if (isBlock && m_idSet) {
        m_committed = 1 - m_committed;
        fact.idSet = true;
    }
    if (m_cut != Cut::No && m_field == Field::Id && m_lineBegin != m_blockBegin)
        fact.range.end = m_lineBegin; // half an id is none
    if (kind == SseFact::Kind::Event)
        fact.dataBytes = m_dataBytes + m_dataLines - (m_cut != Cut::No && m_field == Field::Data ? 0 : 1);
    m_findings.insert(m_findings.end(), m_blockFindings.begin(), m_blockFindings.end());
    if (m_invalidAt)
        m_findings.push_back({Rule::SseInvalidUtf8, *m_invalidAt, 1, 0});
    m_findings.push_back({Rule::SseEventTooLarge, fact.range.end, 0, static_cast<std::int64_t>(m_limit)});
    m_invalidAt.reset();
    m_utf8.reset();
    m_cut = Cut::No;
    m_skip = isBlock ? Skip::Block : Skip::Line;
    m_isInSkippedLine = true;
    beginBlock();
}

SseFact::Kind SseDecoder::kindAtLimit() const
{
    const bool isInLine = m_cut != Cut::No;
    if (m_dataLines > 0 || (isInLine && m_field == Field::Data))
        return SseFact::Kind::Event;
    if (m_hasFields || (isInLine && (m_field == Field::Event || m_field == Field::Id)))
        return SseFact::Kind::Block;
    return isInLine && m_field == Field::Comment ? SseFact::Kind::Comment : SseFact::Kind::Unknown;
}

void SseDecoder::skipRest()
{
    while (m_skip != Skip::No && m_at != m_input.size()) {
        const std::size_t length = scanLine(m_input.substr(m_at)).length;
        m_isInSkippedLine |= length > 0;
        m_at += length;
        if (m_at == m_input.size())
            break;
        consumeLineEnd(m_at);
        if (m_skip == Skip::Line || !m_isInSkippedLine)
            m_skip = Skip::No;
        m_isInSkippedLine = false;
    }
    beginBlock();
}

/// A hostile block may break a rule in each of its lines; the first tells enough.
void SseDecoder::noteBlock(const Finding &finding)
{
    if (std::ranges::find(m_blockFindings, finding.rule, &Finding::rule) == m_blockFindings.end())
        m_blockFindings.push_back(finding);
}

} // namespace pushscope
