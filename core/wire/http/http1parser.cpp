#include "core/wire/http/http1parser.h"

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <utility>

namespace pushscope {

namespace {

/// So many bytes of a start line tell HTTP from other protocols; none that is shorter can be HTTP.
constexpr std::size_t startBytes = 7;

constexpr std::array<std::int8_t, 256> hexDigits = [] {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (int i = 0; i < 10; ++i)
        values['0' + i] = static_cast<std::int8_t>(i);
    for (int i = 0; i < 6; ++i)
        values['a' + i] = values['A' + i] = static_cast<std::int8_t>(10 + i);
    return values;
}();

} // namespace

// Three facts for each chunk go through these: they are to be inlined.

inline void Http1Parser::take(std::size_t count)
{
    m_input.remove_prefix(count);
    m_offset += count;
}

inline bool Http1Parser::emit(HttpFact &fact, HttpFact::Kind kind, std::uint64_t begin) const
{
    fact.kind = kind;
    fact.stream = {};
    fact.range = {begin, m_offset};
    fact.body = {};
    fact.length = 0;
    fact.extension = {};
    if (fact.head)
        fact.head.reset();
    return true;
}

Http1Parser::Http1Parser(Side side, std::uint32_t headLimit) : m_side(side), m_headLimit(headLimit) {}

void Http1Parser::expectAnswerTo(std::string_view method)
{
    m_expected.push_back(answerTo(method));
}

void Http1Parser::switchToTunnel()
{
    if (m_state == State::Head)
        m_state = State::Tunnel;
    else
        m_tunnelAfterMessage = true;
}

void Http1Parser::feed(ByteView input)
{
    Q_ASSERT(m_input.empty());
    m_input = input;
}

void Http1Parser::finish()
{
    m_finished = true;
}

bool Http1Parser::isInsideMessage() const
{
    return m_inside || (m_state == State::Head && !m_pending.empty());
}

inline bool Http1Parser::read(HttpFact &fact)
{
    switch (m_state) {
    case State::Head: return readHead(fact);
    case State::Length: return readBody(fact, State::End);
    case State::ChunkSize: return readPlainChunkLine(fact) || readChunkLine(fact);
    case State::ChunkData: return readBody(fact, State::ChunkEnd);
    case State::ChunkEnd: return readPlainChunkEnd(fact) || readChunkEnd(fact);
    case State::Trailers: return readTrailers(fact);
    case State::End: return readEnd(fact);
    case State::UntilClose:
    case State::Tunnel: return readAll(fact, HttpFact::Kind::Body);
    case State::AfterMessage: return readAfterMessage(fact);
    case State::Failed: return readAll(fact, HttpFact::Kind::Junk);
    }
    return false;
}

bool Http1Parser::next(HttpFact &fact)
{
    m_findings.clear();
    return read(fact) || (m_finished && readCut(fact));
}

void Http1Parser::enter(State state)
{
    m_state = state;
    m_lineBegin = m_offset;
    m_startChecked = false;
}

bool Http1Parser::readHead(HttpFact &fact)
{
    if (!m_startChecked)
        keepBlankLines();
    if (m_lineBegin == m_offset && m_pending.size() > m_headLimit) // nothing but empty lines
        return refuseLargeHead(fact);
    if (m_input.empty())
        return false;
    if (!m_startChecked) {
        const Scan start = scanStart();
        if (start == Scan::Bad)
            return refuseStart(fact);
        if (start == Scan::Partial) {
            keepInput();
            return false;
        }
    }
    std::size_t count = 0;
    const Scan scan = scanSection(count);
    if (scan == Scan::Bad)
        return refuseLargeHead(fact);
    if (scan == Scan::Partial)
        return false;
    const std::uint64_t begin = unitBegin();
    auto head = readHttp1Head(openSection(count), m_side, begin, m_findings);
    if (!head) {
        Error error = head.error();
        if (begin > 0)
            error.detail += " (at byte " + std::to_string(begin) + ')';
        return fail(fact, std::move(error));
    }
    closeSection(count);
    emit(fact, HttpFact::Kind::Head, begin);
    fact.head = std::make_shared<const HttpHead>(std::move(*head));
    enterBody(*fact.head, fact.range);
    return true;
}

void Http1Parser::enterBody(const HttpHead &head, ByteRange range)
{
    if (head.isInterim()) {
        m_interimBytes += range.size();
        enter(State::Head);
        return;
    }
    m_interimBytes = 0;
    AnswerTo request = AnswerTo::Other;
    if (!m_expected.empty()) {
        request = m_expected.front();
        m_expected.erase(m_expected.begin());
    }
    m_sawBareLf = false;
    m_inside = true;
    const auto framing = messageFraming(head, request, range, m_findings);
    if (!framing) {
        m_failure = framing.error();
        enter(State::Failed);
        return;
    }
    m_framing = framing->kind;
    m_remaining = framing->length;
    switch (m_framing) {
    case BodyFraming::None: enter(State::End); break;
    case BodyFraming::ContentLength: enter(m_remaining > 0 ? State::Length : State::End); break;
    case BodyFraming::Chunked: enter(State::ChunkSize); break;
    case BodyFraming::UntilClose: enter(State::UntilClose); break;
    case BodyFraming::Tunnel: enter(State::Tunnel); break;
    }
    m_inside = m_state != State::UntilClose && m_state != State::Tunnel;
}

bool Http1Parser::readBody(HttpFact &fact, State after)
{
    if (m_input.empty())
        return false;
    const std::uint64_t begin = m_offset;
    const ByteView body = m_input.substr(0, m_remaining);
    take(body.size());
    m_remaining -= body.size();
    if (m_remaining == 0)
        m_state = after;
    emit(fact, HttpFact::Kind::Body, begin);
    fact.body = body;
    return true;
}

bool Http1Parser::readChunkLine(HttpFact &fact)
{
    std::size_t count = 0;
    const Scan scan = scanChunkLine(count);
    if (scan == Scan::Bad || m_pending.size() + count > m_headLimit)
        return refuseChunkLine(fact, count);
    if (scan == Scan::Partial) {
        keepInput();
        return false;
    }
    const std::uint64_t begin = unitBegin();
    const bool bareLf = inputBefore(count - 1) != '\r';
    closeLine(count);
    emit(fact, HttpFact::Kind::Chunk, begin);
    fact.length = m_chunk.size;
    if (m_chunk.extensionBegin > 0)
        fact.extension = {m_chunk.extensionBegin, m_offset - (bareLf ? 1 : 2)};
    if (bareLf && !m_sawBareLf) {
        m_sawBareLf = true;
        find(Rule::HttpBareLf, m_offset - 1, 1);
    }
    m_remaining = std::exchange(m_chunk, {}).size;
    m_state = State::ChunkData;
    if (m_remaining == 0)
        enter(State::Trailers);
    return true;
}

/// The usual chunk-size line, whole in the input: digits and CR LF. False for any other one: readChunkLine() takes it.
bool Http1Parser::readPlainChunkLine(HttpFact &fact)
{
    if (!m_pending.empty())
        return false;
    constexpr std::size_t mostDigits = 15; // can't overflow
    const char *text = m_input.data();
    const std::size_t most = std::min(m_input.size(), mostDigits + 2);
    std::uint64_t size = 0;
    std::size_t i = 0;
    for (; i < most; ++i) {
        const std::int8_t digit = hexDigits[static_cast<std::uint8_t>(text[i])];
        if (digit < 0)
            break;
        size = size << 4 | static_cast<std::uint64_t>(digit);
    }
    if (i == 0 || i + 2 > most || i + 2 > m_headLimit || text[i] != '\r' || text[i + 1] != '\n' || size == 0)
        return false;
    const std::uint64_t begin = m_offset;
    take(i + 2);
    m_remaining = size;
    m_state = State::ChunkData;
    emit(fact, HttpFact::Kind::Chunk, begin);
    fact.length = size;
    return true;
}

/// RFC 9112 section 7.1. `count` is how much of the input belongs to the line, the first bad byte included.
Http1Parser::Scan Http1Parser::scanChunkLine(std::size_t &count)
{
    using Part = ChunkLine::Part;
    for (std::size_t i = 0; i < m_input.size(); ++i) {
        const char c = m_input[i];
        count = i + 1;
        if (m_chunk.part == Part::Size) {
            const std::int8_t digit = hexDigits[static_cast<std::uint8_t>(c)];
            if (digit >= 0) {
                if (m_chunk.size >> 60 != 0)
                    return Scan::Bad;
                m_chunk.size = m_chunk.size << 4 | static_cast<std::uint64_t>(digit);
                m_chunk.hasDigits = true;
                continue;
            }
            if (!m_chunk.hasDigits)
                return Scan::Bad;
            m_chunk.part = Part::Space;
        }
        if (m_chunk.part == Part::Extension) {
            const std::size_t lineFeed = m_input.find('\n', i);
            count = std::min(lineFeed, m_input.size() - 1) + 1;
            return lineFeed == ByteView::npos ? Scan::Partial : Scan::Whole;
        }
        if (c == '\n')
            return Scan::Whole;
        if (m_chunk.part == Part::LineFeed)
            return Scan::Bad;
        if (c == '\r') {
            m_chunk.part = Part::LineFeed;
        } else if (c == ';') {
            m_chunk.part = Part::Extension;
            m_chunk.extensionBegin = m_offset + i + 1;
        } else if (c != ' ' && c != '\t') { // bad whitespace is common: sizes padded to a fixed width
            return Scan::Bad;
        }
    }
    count = m_input.size();
    return Scan::Partial;
}

bool Http1Parser::refuseChunkLine(HttpFact &fact, std::size_t count)
{
    const std::uint64_t begin = unitBegin();
    const std::uint64_t length = std::min<std::uint64_t>(m_pending.size() + count, std::uint64_t{m_headLimit} + 1);
    if (length > m_headLimit) {
        find(Rule::HttpChunkLineTooLong, begin, length - 1, m_headLimit);
        return fail(fact, {ErrorCode::HttpMalformed, "the line of the chunk at byte " + std::to_string(begin) +
                                                         " is longer than " + std::to_string(m_headLimit) + " bytes"});
    }
    find(Rule::HttpBadChunkSize, begin, length);
    return fail(fact, {ErrorCode::HttpMalformed, "the chunk size at byte " + std::to_string(begin) +
                                                     " is malformed: " + quotedBytes(unitStart(begin, length))});
}

/// CR LF, whole in the input. False for any other end: readChunkEnd() takes it.
bool Http1Parser::readPlainChunkEnd(HttpFact &fact)
{
    if (!m_pending.empty() || m_input.size() < 2 || m_input[0] != '\r' || m_input[1] != '\n')
        return false;
    const std::uint64_t begin = m_offset;
    take(2);
    m_state = State::ChunkSize;
    return emit(fact, HttpFact::Kind::ChunkEnd, begin);
}

bool Http1Parser::readChunkEnd(HttpFact &fact)
{
    const std::uint64_t begin = unitBegin();
    if (m_input.empty())
        return false;
    const bool carriageReturn = !m_pending.empty() || m_input.front() == '\r';
    const std::size_t lineFeed = carriageReturn && m_pending.empty() ? 1 : 0;
    if (lineFeed == m_input.size()) {
        keepInput();
        return false;
    }
    if (m_input[lineFeed] != '\n') {
        find(Rule::HttpBadChunkEnd, begin, m_pending.size() + lineFeed + 1);
        return fail(fact,
                    {ErrorCode::HttpMalformed, "chunk data is not followed by CR LF at byte " + std::to_string(begin) +
                                                   ": " + quotedBytes(unitStart(begin, 2))});
    }
    closeLine(lineFeed + 1);
    if (!carriageReturn && !m_sawBareLf) {
        m_sawBareLf = true;
        find(Rule::HttpBareLf, begin, 1);
    }
    enter(State::ChunkSize);
    return emit(fact, HttpFact::Kind::ChunkEnd, begin);
}

bool Http1Parser::readTrailers(HttpFact &fact)
{
    std::size_t count = 0;
    const Scan scan = scanSection(count);
    if (scan == Scan::Bad)
        return refuseLargeHead(fact);
    if (scan == Scan::Partial)
        return false;
    const std::uint64_t begin = unitBegin();
    auto trailers = readHttp1Trailers(openSection(count), m_side, begin, m_findings);
    closeSection(count);
    emit(fact, HttpFact::Kind::Trailers, begin);
    fact.head = std::make_shared<const HttpHead>(std::move(trailers));
    m_state = State::End;
    return true;
}

bool Http1Parser::readEnd(HttpFact &fact)
{
    m_inside = false;
    if (m_tunnelAfterMessage)
        enter(State::Tunnel);
    else
        enter(m_side == Side::Requests ? State::Head : State::AfterMessage);
    return emit(fact, HttpFact::Kind::End, m_offset);
}

/// RFC 9112 section 6.3: nobody may take bytes behind the last answer that was asked for as another answer.
bool Http1Parser::readAfterMessage(HttpFact &fact)
{
    if (!m_expected.empty() && !m_sawBytesAfterMessage) {
        enter(State::Head);
        return readHead(fact);
    }
    if (!m_input.empty() && !m_sawBytesAfterMessage) {
        m_sawBytesAfterMessage = true;
        find(Rule::HttpBytesAfterMessage, m_offset, m_input.size(), static_cast<std::int64_t>(m_input.size()));
    }
    return readAll(fact, HttpFact::Kind::Junk);
}

/// Everything there is; first what was held back for a unit that never came to be.
bool Http1Parser::readAll(HttpFact &fact, HttpFact::Kind kind)
{
    const std::uint64_t begin = unitBegin();
    if (!m_pending.empty()) {
        m_flushed.swap(m_pending);
        m_pending.clear();
        emit(fact, kind, begin);
        fact.body = m_flushed;
        return true;
    }
    if (m_input.empty())
        return false;
    const ByteView body = m_input;
    take(body.size());
    emit(fact, kind, begin);
    fact.body = body;
    return true;
}

/// What the end of the input completes or cuts, once everything else was handed out.
bool Http1Parser::readCut(HttpFact &fact)
{
    std::int64_t missing = 0;
    switch (m_state) {
    case State::Head:
        if (m_pending.find_first_not_of("\r\n") == Bytes::npos)
            return readAll(fact, HttpFact::Kind::Junk);
        m_inside = true;
        if (!m_startChecked && scanStart() == Scan::Bad)
            return refuseStart(fact);
        return fail(fact, {ErrorCode::HttpMalformed, "the connection ended inside a head, after " +
                                                         quotedBytes(unitStart(unitBegin(), m_pending.size()))});
    case State::UntilClose: return readEnd(fact);
    case State::End:
    case State::Tunnel:
    case State::AfterMessage:
    case State::Failed: return false;
    case State::Length:
    case State::ChunkData: missing = static_cast<std::int64_t>(m_remaining); break;
    case State::ChunkSize:
    case State::ChunkEnd:
    case State::Trailers: break;
    }
    find(Rule::HttpBodyCut, m_offset, 0, missing);
    m_state = State::Failed;
    return readAll(fact, HttpFact::Kind::Junk);
}

/// Looks at the first bytes of a start line as soon as they tell.
Http1Parser::Scan Http1Parser::scanStart()
{
    const Bytes start = unitStart(m_lineBegin, startBytes);
    const std::size_t lineFeed = start.find('\n');
    if (start.size() < startBytes && lineFeed == Bytes::npos && !m_finished)
        return Scan::Partial;
    m_startChecked = true;
    return mayStartHttp1(ByteView(start).substr(0, lineFeed), m_side) ? Scan::Whole : Scan::Bad;
}

/// Looks for the blank line behind field lines: `count` bytes of the input are up to there. Bad: the section is over
/// the limit. What is Partial is kept.
Http1Parser::Scan Http1Parser::scanSection(std::size_t &count)
{
    bool whole = false;
    count = m_input.size();
    for (std::size_t lineFeed = m_input.find('\n'); lineFeed != ByteView::npos && !whole;
         lineFeed = m_input.find('\n', lineFeed + 1)) {
        const std::uint64_t length = m_offset + lineFeed - m_lineBegin;
        whole = length == 0 || (length == 1 && inputBefore(lineFeed) == '\r');
        if (whole)
            count = lineFeed + 1;
        m_lineBegin = m_offset + lineFeed + 1;
    }
    if (m_interimBytes + m_pending.size() + count > m_headLimit)
        return Scan::Bad;
    if (whole)
        return Scan::Whole;
    keepInput();
    return Scan::Partial;
}

bool Http1Parser::refuseStart(HttpFact &fact)
{
    const Bytes start = unitStart(m_lineBegin, startBytes);
    find(Rule::HttpNotHttp, m_lineBegin, std::min(start.find('\n'), start.size() - 1) + 1);
    constexpr std::size_t shown = 64;
    return fail(fact, notHttp(unitStart(m_lineBegin, shown)));
}

bool Http1Parser::refuseLargeHead(HttpFact &fact)
{
    const std::uint64_t begin = unitBegin();
    find(Rule::HttpHeadTooLarge, begin, m_headLimit - m_interimBytes, m_headLimit);
    const char *const what = m_state == State::Trailers ? "the trailers at byte "
                             : m_interimBytes > 0       ? "the interim answers and the head at byte "
                                                        : "the head at byte ";
    const char *const are = m_state == State::Trailers || m_interimBytes > 0 ? " are" : " is";
    return fail(fact, {ErrorCode::HttpHeadTooLarge,
                       what + std::to_string(begin) + are + " longer than " + std::to_string(m_headLimit) + " bytes"});
}

bool Http1Parser::fail(HttpFact &fact, Error error)
{
    m_failure = std::move(error);
    m_state = State::Failed;
    return readAll(fact, HttpFact::Kind::Junk);
}

/// The first bytes from `begin` on, which lies in the unit being read.
Bytes Http1Parser::unitStart(std::uint64_t begin, std::size_t most) const
{
    Bytes start = m_pending.substr(begin - unitBegin(), most);
    return start.append(m_input.substr(0, most - start.size()));
}

/// The head or trailer section that ends with the input's first `count` bytes, in one piece.
ByteView Http1Parser::openSection(std::size_t count)
{
    if (m_pending.empty())
        return m_input.substr(0, count);
    m_pending.append(m_input.substr(0, count));
    take(count);
    return m_pending;
}

void Http1Parser::closeSection(std::size_t count)
{
    if (m_pending.empty())
        take(count);
    m_pending.clear();
}

void Http1Parser::closeLine(std::size_t count)
{
    take(count);
    m_pending.clear();
}

/// RFC 9112 section 2.2: empty lines before a start line are skipped; they belong to the head's range.
void Http1Parser::keepBlankLines()
{
    while (m_lineBegin == m_offset && !m_input.empty() && (m_input.front() == '\r' || m_input.front() == '\n')) {
        m_pending.push_back(m_input.front());
        take(1);
        m_lineBegin = m_offset;
    }
}

void Http1Parser::keepInput()
{
    m_pending.append(m_input);
    take(m_input.size());
}

void Http1Parser::find(Rule rule, std::uint64_t begin, std::uint64_t length, std::int64_t argument)
{
    m_findings.push_back({rule, begin, static_cast<std::uint32_t>(length), argument});
}

} // namespace pushscope
