#include "core/base/shellwords.h"

#include <QChar>
#include <QString>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace pushscope {

namespace {
constexpr std::string_view Digits = "0123456789";
constexpr std::string_view NameCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz0123456789";

class ShellReader
{
public:
    ShellReader(std::string_view text, const ShellVariables &variables) : m_text(text), m_variables(variables) {}

    Expected<ShellWords, Error> read()
    {
        while (skipBlanks()) {
            if (redirectionEnd() != m_at) {
                if (!skipRedirection())
                    return m_error;
            } else if (isOperator(m_text[m_at])) {
                appendRest(m_text.substr(m_at));
                break;
            } else if (!readWord()) {
                return m_error;
            }
        }
        return std::move(m_result);
    }

private:
    static bool isBlank(char c) { return c == ' ' || c == '\t'; }
    static bool isOperator(char c) { return std::string_view("|&;<>()\n\r").find(c) != std::string_view::npos; }

    bool atEnd() const { return m_at == m_text.size(); }
    bool sees(std::string_view text) const { return m_text.substr(m_at).starts_with(text); }
    bool seesOneOf(std::string_view characters) const
    {
        return !atEnd() && characters.find(m_text[m_at]) != std::string_view::npos;
    }

    bool fail(std::string detail)
    {
        m_error = {ErrorCode::UsageInvalid, std::move(detail)};
        return false;
    }
    bool failOpenQuote() { return fail("a quote in the command is never closed"); }

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

    /// Behind the operator of a redirection (XCU 2.7), which may have a number or bash's & before it; here when there
    /// is none.
    std::size_t redirectionEnd() const
    {
        const std::size_t sign = sees("&>") ? m_at + 1 : m_text.find_first_not_of(Digits, m_at);
        if (sign >= m_text.size() || (m_text[sign] != '<' && m_text[sign] != '>'))
            return m_at;
        return std::min(m_text.find_first_not_of("<>&|", sign), m_text.size());
    }

    /// The word behind it is none of the command's.
    bool skipRedirection()
    {
        const std::size_t begin = m_at;
        m_at = redirectionEnd();
        if (m_text.substr(begin, m_at - begin).find('<') != std::string_view::npos)
            return fail("an input by < is not read here: -d @FILE names a file");
        while (!atEnd() && isBlank(m_text[m_at]))
            ++m_at;
        const std::size_t words = m_result.words.size();
        if (!readWord())
            return false;
        m_result.words.resize(words);
        appendRest(m_text.substr(begin, m_at - begin));
        return true;
    }

    void appendRest(std::string_view text) { (m_result.rest += m_result.rest.empty() ? "" : " ") += text; }

    bool readWord()
    {
        while (!atEnd() && !isBlank(m_text[m_at]) && !isOperator(m_text[m_at])) {
            if (skipContinuation())
                continue;
            if (!readPiece())
                return false;
        }
        endWord();
        return true;
    }

    void endWord()
    {
        if (m_word)
            m_result.words.push_back(std::move(*m_word));
        m_word.reset();
    }

    /// What makes a word, be it empty.
    std::string &word() { return m_word ? *m_word : m_word.emplace(); }

    bool readPiece()
    {
        if (sees("$'")) {
            m_at += 2;
            return readAnsiQuoted();
        }
        if (sees("$\"")) // bash's text to be translated
            ++m_at;
        const char c = m_text[m_at++];
        if (c == '\'')
            return readSingleQuoted();
        if (c == '"')
            return readDoubleQuoted();
        if (c == '$' || c == '`')
            return readExpansion(c, false);
        word() += c == '\\' && !atEnd() ? m_text[m_at++] : c;
        return true;
    }

    bool readSingleQuoted()
    {
        const std::size_t end = m_text.find('\'', m_at);
        if (end == std::string_view::npos)
            return failOpenQuote();
        word() += m_text.substr(m_at, end - m_at);
        m_at = end + 1;
        return true;
    }

    bool readDoubleQuoted()
    {
        word();
        while (!atEnd()) {
            if (skipContinuation())
                continue;
            const char c = m_text[m_at++];
            if (c == '"')
                return true;
            if (c == '$' || c == '`') {
                if (!readExpansion(c, true))
                    return false;
            } else if (c == '\\' && seesOneOf("$`\"\\")) { // only these (XCU 2.2.3)
                word() += m_text[m_at++];
            } else {
                word() += c;
            }
        }
        return failOpenQuote();
    }

    /// Behind a $ or a backquote (XCU 2.6). A $ before anything else is itself.
    bool readExpansion(char sign, bool isQuoted)
    {
        if (sign == '`' || sees("("))
            return fail("a command inside the command is not run here");
        if (seesOneOf("0123456789@*#?-$!"))
            return fail(std::string("the shell's $") + m_text[m_at] + " is not known here");
        const bool isBraced = sees("{");
        const std::size_t begin = m_at + (isBraced ? 1 : 0);
        const std::size_t end = std::min(m_text.find_first_not_of(NameCharacters, begin), m_text.size());
        const std::string name(m_text.substr(begin, end - begin));
        if (isBraced && (name.empty() || end == m_text.size() || m_text[end] != '}'))
            return fail("of the shell's ${...} only ${NAME} is known here");
        if (name.empty()) {
            word() += sign;
            return true;
        }
        m_at = end + (isBraced ? 1 : 0);
        const auto value = m_variables ? m_variables(name) : std::nullopt;
        if (!value)
            return fail("the environment has no $" + name + ": set it, or write its value in its place");
        expand(*value, isQuoted);
        return true;
    }

    /// Outside quotes the value's own blanks end words (XCU 2.6.5).
    void expand(std::string_view value, bool isQuoted)
    {
        for (const char c : value) {
            if (!isQuoted && (isBlank(c) || c == '\n'))
                endWord();
            else
                word() += c;
        }
    }

    bool readAnsiQuoted()
    {
        word();
        while (!atEnd()) {
            const char c = m_text[m_at++];
            if (c == '\'')
                return true;
            if (c == '\\' && !atEnd())
                readEscape();
            else
                word() += c;
        }
        return failOpenQuote();
    }

    void readEscape()
    {
        const char c = m_text[m_at++];
        constexpr std::string_view names = "abeEfnrtv";
        constexpr std::string_view values = "\a\b\x1b\x1b\f\n\r\t\v";
        const std::size_t named = names.find(c);
        if (named != std::string_view::npos)
            word() += values[named];
        else if (c == 'x')
            word() += static_cast<char>(readNumber(16, 2));
        else if (c == 'u' || c == 'U')
            appendCodePoint(readNumber(16, c == 'u' ? 4 : 8));
        else if (c >= '0' && c <= '7') {
            --m_at;
            word() += static_cast<char>(readNumber(8, 3));
        } else if (c == '\\' || c == '\'' || c == '"' || c == '?')
            word() += c;
        else {
            word() += '\\';
            word() += c;
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
        word() += QString::fromUcs4(&character, 1).toStdString();
    }

    std::string_view m_text;
    const ShellVariables &m_variables;
    std::size_t m_at = 0;
    std::optional<std::string> m_word;
    ShellWords m_result;
    Error m_error;
};
} // namespace

std::optional<std::string> environmentVariable(const std::string &name)
{
    const char *value = std::getenv(name.c_str());
    return value ? std::optional<std::string>(value) : std::nullopt;
}

Expected<ShellWords, Error> splitShellWords(std::string_view text, const ShellVariables &variables)
{
    return ShellReader(text, variables).read();
}

} // namespace pushscope
