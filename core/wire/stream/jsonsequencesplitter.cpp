#include "core/wire/stream/jsonsequencesplitter.h"

#include <utility>

namespace pushscope {

namespace {

constexpr char RecordSeparator = '\x1E';

/// JSON's whitespace (RFC 8259 section 2).
bool isSpace(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

} // namespace

void JsonSequenceSplitter::finish(bool cut)
{
    m_isFinished = true;
    m_isCut = cut;
}

/// RFC 7464 section 2.4: objects, arrays and strings delimit themselves; of a number or a word nobody can tell whether
/// it is whole before whitespace follows.
bool JsonSequenceSplitter::mayBeCut() const
{
    return m_isInText && (m_depth > 0 || m_isInString || !m_endsItself);
}

void JsonSequenceSplitter::tell(StreamUnit &unit, bool isCut, std::uint64_t end)
{
    unit = {StreamUnit::Kind::Line, isCut, {m_begin, end}};
    if (!std::exchange(m_isSeparated, false))
        m_findings.push_back({Rule::JsonSequenceNoSeparator, m_begin, 1, 0});
    m_begin = m_input.position();
    m_isInText = false;
}

bool JsonSequenceSplitter::endAtSeparator(StreamUnit &unit)
{
    const bool wasInText = m_isInText;
    if (wasInText) {
        const bool cut = mayBeCut();
        const std::uint64_t end = m_input.position() - 1;
        tell(unit, cut, end);
        if (cut)
            m_findings.push_back({Rule::JsonSequenceCut, end, 0, 0});
    }
    m_isSeparated = true;
    m_isSkipping = false;
    m_begin = m_input.position(); // several RS in a row stand for no empty texts (section 2.1)
    return wasInText;
}

void JsonSequenceSplitter::beginText(char byte)
{
    m_begin = m_input.position() - 1;
    m_isInText = true;
    m_depth = 0;
    m_isInString = m_isEscaped = false;
    m_endsItself = byte == '{' || byte == '[' || byte == '"';
}

void JsonSequenceSplitter::follow(char byte)
{
    if (m_isInString) {
        m_isInString = m_isEscaped || byte != '"';
        m_isEscaped = !m_isEscaped && byte == '\\';
    } else if (byte == '"') {
        m_isInString = true;
    } else if (byte == '{' || byte == '[') {
        ++m_depth;
    } else if ((byte == '}' || byte == ']') && m_depth > 0) {
        --m_depth;
    }
}

/// Whether a unit ends with this byte.
bool JsonSequenceSplitter::takeByte(char byte, StreamUnit &unit)
{
    if (byte == RecordSeparator)
        return endAtSeparator(unit);
    if (m_isSkipping || (!m_isInText && isSpace(byte))) {
        m_begin = m_input.position();
        return false;
    }
    if (!m_isInText)
        beginText(byte);
    follow(byte);
    if (pendingBytes() > m_limit) {
        const std::uint64_t end = m_begin + m_limit;
        tell(unit, true, end);
        m_findings.push_back({Rule::SessionLineKeptInPart, end, 0, static_cast<std::int64_t>(m_limit)});
        m_isSkipping = true;
        return true;
    }
    if (byte != '\n' || m_depth > 0 || m_isInString)
        return false;
    tell(unit, false, m_input.position());
    return true;
}

bool JsonSequenceSplitter::next(StreamUnit &unit)
{
    m_findings.clear();
    for (const char byte : m_input.rest()) {
        m_input.advance(1);
        if (takeByte(byte, unit))
            return true;
    }
    if (!std::exchange(m_isFinished, false) || !m_isInText)
        return false;
    const bool isSuspect = mayBeCut();
    tell(unit, m_isCut || isSuspect, m_input.position());
    if (isSuspect)
        m_findings.push_back({Rule::JsonSequenceCut, m_input.position(), 0, 0});
    return true;
}

} // namespace pushscope
