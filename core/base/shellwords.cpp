#include "core/base/shellwords.h"

#include <QChar>
#include <QString>

#include <algorithm>
#include <cstdint>

namespace pushscope {

namespace {
class ShellReader
{
public:
    explicit ShellReader(std::string_view text) : m_text(text) {}

    Expected<ShellWords, Error> read()
    {
        while (skipBlanks()) {
            if (isOperator(m_text[m_at])) {
                m_result.rest = m_text.substr(m_at);
                break;
            }
            if (!readWord())
                return Error{ErrorCode::UsageInvalid, "a quote in the command is never closed"};
        }
        return std::move(m_result);
    }

private:
    static bool isBlank(char c) { return c == ' ' || c == '\t'; }
    static bool isOperator(char c) { return std::string_view("|&;<>()\n\r").find(c) != std::string_view::npos; }

    bool atEnd() const { return m_at == m_text.size(); }
    bool sees(std::string_view text) const { return m_text.substr(m_at).starts_with(text); }

    /// A backslash before a line break joins the lines; line breaks before the first word mean nothing.
    bool skipContinuation()
    {
        for (const std::string_view continuation : {"\\\n", "\\\r\n"}) {
            if (sees(continuation)) {
                m_at += continuation.size();
                return true;
            }
        }
        return false;
    }

    bool skipBlanks()
    {
        while (!atEnd()) {
            const char c = m_text[m_at];
            const bool leadingBreak = m_result.words.empty() && (c == '\n' || c == '\r');
            if (isBlank(c) || leadingBreak)
                ++m_at;
            else if (c == '#')
                m_at = std::min(m_text.find('\n', m_at), m_text.size());
            else if (!skipContinuation())
                break;
        }
        return !atEnd();
    }

    bool readWord()
    {
        m_word.clear();
        while (!atEnd() && !isBlank(m_text[m_at]) && !isOperator(m_text[m_at])) {
            if (skipContinuation())
                continue;
            if (!readPiece())
                return false;
        }
        m_result.words.push_back(m_word);
        return true;
    }

    bool readPiece()
    {
        if (sees("$'")) {
            m_at += 2;
            return readAnsiQuoted();
        }
        const char c = m_text[m_at++];
        if (c == '\'')
            return readSingleQuoted();
        if (c == '"')
            return readDoubleQuoted();
        if (c == '\\' && !atEnd())
            m_word += m_text[m_at++];
        else
            m_word += c;
        return true;
    }

    bool readSingleQuoted()
    {
        const std::size_t end = m_text.find('\'', m_at);
        if (end == std::string_view::npos)
            return false;
        m_word += m_text.substr(m_at, end - m_at);
        m_at = end + 1;
        return true;
    }

    bool readDoubleQuoted()
    {
        while (!atEnd()) {
            if (skipContinuation())
                continue;
            const char c = m_text[m_at++];
            if (c == '"')
                return true;
            // Inside double quotes the backslash escapes only these (XCU 2.2.3).
            if (c == '\\' && !atEnd() && std::string_view("$`\"\\").find(m_text[m_at]) != std::string_view::npos)
                m_word += m_text[m_at++];
            else
                m_word += c;
        }
        return false;
    }

    bool readAnsiQuoted()
    {
        while (!atEnd()) {
            const char c = m_text[m_at++];
            if (c == '\'')
                return true;
            if (c == '\\' && !atEnd())
                readEscape();
            else
                m_word += c;
        }
        return false;
    }

    void readEscape()
    {
        const char c = m_text[m_at++];
        constexpr std::string_view names = "abeEfnrtv";
        constexpr std::string_view values = "\a\b\x1b\x1b\f\n\r\t\v";
        const std::size_t named = names.find(c);
        if (named != std::string_view::npos)
            m_word += values[named];
        else if (c == 'x')
            m_word += static_cast<char>(readNumber(16, 2));
        else if (c == 'u' || c == 'U')
            appendCodePoint(readNumber(16, c == 'u' ? 4 : 8));
        else if (c >= '0' && c <= '7') {
            --m_at;
            m_word += static_cast<char>(readNumber(8, 3));
        } else if (c == '\\' || c == '\'' || c == '"' || c == '?')
            m_word += c;
        else {
            m_word += '\\';
            m_word += c;
        }
    }

    std::uint32_t readNumber(std::uint32_t base, int digits)
    {
        std::uint32_t value = 0;
        for (; digits > 0 && !atEnd(); --digits, ++m_at) {
            const char c = m_text[m_at];
            const char lower = static_cast<char>(c | 0x20);
            std::uint32_t digit = base;
            if (c >= '0' && c <= '9')
                digit = static_cast<std::uint32_t>(c - '0');
            else if (lower >= 'a' && lower <= 'f')
                digit = static_cast<std::uint32_t>(lower - 'a' + 10);
            if (digit >= base)
                break;
            value = value * base + digit;
        }
        return value;
    }

    void appendCodePoint(std::uint32_t codePoint)
    {
        const bool isScalar = codePoint <= 0x10FFFF && (codePoint < 0xD800 || codePoint > 0xDFFF);
        const char32_t character = isScalar ? codePoint : char32_t(QChar::ReplacementCharacter);
        m_word += QString::fromUcs4(&character, 1).toStdString();
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_word;
    ShellWords m_result;
};
} // namespace

Expected<ShellWords, Error> splitShellWords(std::string_view text)
{
    return ShellReader(text).read();
}

} // namespace pushscope
