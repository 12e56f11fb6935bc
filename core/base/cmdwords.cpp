#include "core/base/cmdwords.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <optional>

namespace pushscope {

namespace {

constexpr std::string_view HexDigits = "0123456789ABCDEFabcdef";
constexpr std::string_view NameCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz0123456789";

Error usage(std::string detail)
{
    return {ErrorCode::UsageInvalid, std::move(detail)};
}

/// What stands between two percent signs may be a text with percent-encoded bytes (RFC 3986 section 2.1).
bool isVariableName(std::string_view name)
{
    const bool isEncoded = name.size() >= 2 && HexDigits.find(name[0]) != name.npos &&
                           HexDigits.find(name[1]) != name.npos && name.find('_') == name.npos;
    return !name.empty() && name.find_first_not_of(NameCharacters) == name.npos && !isEncoded;
}

/// cmd.exe puts variables in before it reads anything else, and leaves in place what names none.
Expected<std::string, Error> withVariables(std::string_view text, const ShellVariables &variables)
{
    std::string line;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t end = text[i] == '%' ? text.find('%', i + 1) : text.npos;
        const std::string name(end == text.npos ? "" : text.substr(i + 1, end - i - 1));
        const auto value = name.empty() || !variables ? std::nullopt : variables(name);
        if (!value && isVariableName(name))
            return usage("the environment has no %" + name + "%: set it, or write its value in its place");
        line += value.value_or(std::string(1, text[i]));
        if (value)
            i = end;
    }
    return line;
}

/// The command line that cmd.exe hands on.
std::string withoutCarets(std::string_view text)
{
    std::string line;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '^' || quoted) {
            quoted ^= text[i] == '"';
            line += text[i];
            continue;
        }
        // A line end that a caret stands before is gone; the character behind it is taken as it is, whatever it is.
        if (i + 2 < text.size() && text[i + 1] == '\r' && text[i + 2] == '\n')
            i += 2;
        else if (i + 1 < text.size() && text[i + 1] == '\n')
            ++i;
        if (++i < text.size() && text[i] != '\r')
            line += text[i];
    }
    return line;
}

/// The C runtime's arguments: see "Parsing C command-line arguments" at Microsoft.
class ArgumentSplitter
{
public:
    std::optional<std::vector<std::string>> split(std::string_view line)
    {
        for (std::size_t i = 0; i < line.size(); ++i) {
            const char c = line[i];
            if (c == '\\') {
                i = takeBackslashes(line, i);
            } else if (c == '"') {
                m_begun = true;
                m_quoted = !m_quoted;
            } else if (!m_quoted && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
                endWord();
            } else {
                take(c);
            }
        }
        endWord();
        return m_quoted ? std::nullopt : std::optional(std::move(m_words));
    }

private:
    /// Before a quote each pair is one, and an odd one makes the quote a character. Returns the last place taken.
    std::size_t takeBackslashes(std::string_view line, std::size_t at)
    {
        const std::size_t end = std::min(line.find_first_not_of('\\', at), line.size());
        const std::size_t count = end - at;
        const bool beforeQuote = end < line.size() && line[end] == '"';
        m_word.append(beforeQuote ? count / 2 : count, '\\');
        m_begun = true;
        if (!beforeQuote || count % 2 == 0)
            return end - 1;
        m_word += '"';
        return end;
    }
    void take(char c)
    {
        m_begun = true;
        m_word += c;
    }
    void endWord()
    {
        if (m_begun)
            m_words.push_back(std::move(m_word));
        m_word.clear();
        m_begun = false;
    }

    std::vector<std::string> m_words;
    std::string m_word;
    bool m_begun = false;
    bool m_quoted = false;
};

} // namespace

bool isCmdCommand(std::string_view text)
{
    const std::string_view line = withoutTrailing(text.substr(0, text.find('\n')), "\r");
    if (line.size() < text.size() && line.ends_with(" ^"))
        return true;
    const std::size_t quote = text.find_first_of("'\""); // a shell's would hide every caret behind it
    return quote != text.npos && quote >= 2 && text.substr(quote - 2, 3) == " ^\"";
}

Expected<std::vector<std::string>, Error> splitCmdWords(std::string_view text, const ShellVariables &variables)
{
    const auto line = withVariables(text, variables);
    if (!line)
        return line.error();
    auto words = ArgumentSplitter().split(withoutCarets(*line));
    return words ? Expected<std::vector<std::string>, Error>(std::move(*words))
                 : usage("a quote of the command is never closed");
}

} // namespace pushscope
