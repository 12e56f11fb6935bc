#include "core/base/jsonpathparser.h"

#include "core/base/jsonstring.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace pushscope {

namespace {

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// "name-first" of section 2.5.1.1: a letter, "_" or anything beyond ASCII.
constexpr bool beginsName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

class Parser
{
public:
    explicit Parser(ByteView text) : m_text(text) {}

    Expected<JsonQuery, PlacedError> read()
    {
        JsonQuery query;
        if (!take("$"))
            (void)fail("a JSONPath begins with $");
        else if (segments(query) && m_at < m_text.size())
            (void)fail("here may stand a segment: .name, ..name or [");
        if (m_error)
            return *m_error;
        return query;
    }

private:
    /// Brackets and filters inside each other.
    static constexpr int DepthLimit = 64;
    /// Section 2.1: integers are those that every double holds.
    static constexpr std::int64_t LargestInteger = 9'007'199'254'740'991;

    [[nodiscard]] bool failAt(std::size_t place, std::string reason)
    {
        if (!m_error)
            m_error = PlacedError{place, std::move(reason)};
        return false;
    }
    [[nodiscard]] bool fail(std::string reason) { return failAt(m_at, std::move(reason)); }

    [[nodiscard]] char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    [[nodiscard]] bool take(ByteView token)
    {
        if (!m_text.substr(m_at).starts_with(token))
            return false;
        m_at += token.size();
        return true;
    }
    void skipBlanks() { m_at = std::min(m_text.find_first_not_of(" \t\n\r", m_at), m_text.size()); }

    /// What it skipped comes back when the token is another.
    [[nodiscard]] bool takeAfterBlanks(ByteView token)
    {
        const std::size_t before = m_at;
        skipBlanks();
        if (take(token))
            return true;
        m_at = before;
        return false;
    }

    /// *(S segment): blanks belong to the segment that follows them.
    bool segments(JsonQuery &query)
    {
        for (;;) {
            const std::size_t before = m_at;
            skipBlanks();
            if (peek() != '.' && peek() != '[') {
                m_at = before;
                return true;
            }
            if (!segment(query.segments.emplace_back()))
                return false;
        }
    }

    bool segment(JsonSegment &segment)
    {
        segment.isDescendant = take("..");
        if (!segment.isDescendant && !take("."))
            return bracketed(segment);
        if (segment.isDescendant && peek() == '[')
            return bracketed(segment);
        if (take("*")) {
            segment.selectors.emplace_back(JsonWildcardSelector{});
            return true;
        }
        const std::string name(shorthand());
        if (name.empty())
            return fail("here stands a name or *; other names are written ['like this']");
        segment.selectors.emplace_back(JsonNameSelector{name});
        return true;
    }

    ByteView shorthand()
    {
        const std::size_t begin = m_at;
        if (beginsName(peek())) {
            while (beginsName(peek()) || isDigit(peek()))
                ++m_at;
        }
        return m_text.substr(begin, m_at - begin);
    }

    bool bracketed(JsonSegment &segment)
    {
        if (++m_depth > DepthLimit)
            return fail("too many brackets inside each other");
        (void)take("[");
        do {
            skipBlanks();
            if (!selector(segment))
                return false;
            skipBlanks();
        } while (take(","));
        --m_depth;
        return take("]") || fail("here stands , or ]");
    }

    bool selector(JsonSegment &segment)
    {
        const char c = peek();
        if (c == '\'' || c == '"') {
            JsonNameSelector name;
            if (!stringLiteral(name.name))
                return false;
            segment.selectors.emplace_back(std::move(name));
            return true;
        }
        if (take("*")) {
            segment.selectors.emplace_back(JsonWildcardSelector{});
            return true;
        }
        if (take("?")) {
            skipBlanks();
            auto filter = std::make_shared<JsonFilter>();
            if (!logicalOr(*filter))
                return false;
            segment.selectors.emplace_back(JsonFilterSelector{std::move(filter)});
            return true;
        }
        return indexOrSlice(segment);
    }

    bool indexOrSlice(JsonSegment &segment)
    {
        const bool beginsNumber = peek() == '-' || isDigit(peek());
        if (!beginsNumber && peek() != ':')
            return fail("here stands a selector: a name in quotes, *, a number, a slice or ? and a filter");
        JsonSliceSelector slice;
        if (beginsNumber && !integer(slice.start.emplace()))
            return false;
        if (!takeAfterBlanks(":")) {
            segment.selectors.emplace_back(JsonIndexSelector{*slice.start});
            return true;
        }
        skipBlanks();
        if ((peek() == '-' || isDigit(peek())) && !integer(slice.end.emplace()))
            return false;
        skipBlanks();
        if (take(":")) {
            skipBlanks();
            if ((peek() == '-' || isDigit(peek())) && !integer(slice.step))
                return false;
        }
        segment.selectors.emplace_back(slice);
        return true;
    }

    bool integer(std::int64_t &value)
    {
        const std::size_t begin = m_at;
        const bool isNegative = take("-");
        const std::size_t digits = m_at;
        while (isDigit(peek()))
            ++m_at;
        if (digits == m_at)
            return fail("here stands a digit");
        if (m_text[digits] == '0' && (isNegative || m_at > digits + 1))
            return failAt(digits, "an integer has no leading zero, and there is no -0");
        const auto read = std::from_chars(m_text.data() + begin, m_text.data() + m_at, value);
        if (read.ec != std::errc() || value > LargestInteger || value < -LargestInteger)
            return failAt(begin, "the integer is beyond 2^53 - 1");
        return true;
    }

    bool stringLiteral(std::string &out)
    {
        const char quote = peek();
        ++m_at;
        for (;;) {
            const char c = peek();
            if (m_at >= m_text.size())
                return fail("the closing quote is missing");
            if (static_cast<unsigned char>(c) < 0x20)
                return fail("a control character is written as an escape");
            if (c == '\\') {
                if (!escape(out, quote))
                    return false;
                continue;
            }
            ++m_at;
            if (c == quote)
                return true;
            out.push_back(c);
        }
    }

    bool escape(std::string &out, char quote)
    {
        constexpr ByteView names = "bfnrt/\\";
        constexpr ByteView meanings = "\b\f\n\r\t/\\";
        const std::size_t begin = m_at++;
        const char c = peek();
        if (const std::size_t place = names.find(c); m_at < m_text.size() && place != ByteView::npos)
            out.push_back(meanings[place]);
        else if (m_at < m_text.size() && c == quote)
            out.push_back(quote);
        else if (c == 'u')
            return unicodeEscape(out, begin);
        else
            return fail("there is no such escape");
        ++m_at;
        return true;
    }

    /// Unlike JSON's, a surrogate has its other half here (section 2.3.1.1).
    bool unicodeEscape(std::string &out, std::size_t begin)
    {
        char32_t unit = 0;
        if (!hexUnit(unit))
            return false;
        if (unit >= 0xD800 && unit <= 0xDFFF) {
            char32_t other = 0;
            if (unit >= 0xDC00 || peek() != '\\' || peek(1) != 'u')
                return failAt(begin, "a surrogate without its other half");
            ++m_at;
            if (!hexUnit(other))
                return false;
            if (other < 0xDC00 || other > 0xDFFF)
                return failAt(begin, "a surrogate without its other half");
            unit = 0x10000 + ((unit - 0xD800) << 10) + (other - 0xDC00);
        }
        appendUtf8(out, unit);
        return true;
    }

    /// From the "u" of an escape on.
    bool hexUnit(char32_t &unit)
    {
        ++m_at;
        for (int i = 0; i < 4; ++i, ++m_at) {
            const std::size_t digit = ByteView("0123456789abcdef0123456789ABCDEF").find(peek());
            if (m_at >= m_text.size() || digit == ByteView::npos)
                return fail("here stands a hexadecimal digit");
            unit = unit * 16 + static_cast<char32_t>(digit % 16);
        }
        return true;
    }

    bool logicalOr(JsonFilter &filter)
    {
        return chain(filter, JsonFilter::Kind::Or, "||", [this](JsonFilter &operand) { return logicalAnd(operand); });
    }
    bool logicalAnd(JsonFilter &filter)
    {
        return chain(filter, JsonFilter::Kind::And, "&&", [this](JsonFilter &operand) { return basic(operand); });
    }
    template <class Operand>
    bool chain(JsonFilter &filter, JsonFilter::Kind kind, ByteView word, Operand operand)
    {
        std::vector<JsonFilter> operands;
        do {
            skipBlanks();
            if (!operand(operands.emplace_back()))
                return false;
        } while (takeAfterBlanks(word));
        if (operands.size() == 1) {
            filter = std::move(operands[0]);
            return true;
        }
        filter.kind = kind;
        filter.operands = std::move(operands);
        return true;
    }

    bool basic(JsonFilter &filter)
    {
        const std::size_t begin = m_at;
        if (take("!")) {
            skipBlanks();
            filter.kind = JsonFilter::Kind::Not;
            JsonFilter &operand = filter.operands.emplace_back();
            if (peek() == '(')
                return bracket(operand);
            if (!queryOrComparison(operand))
                return false;
            return operand.kind == JsonFilter::Kind::Exists ||
                   failAt(begin, "! stands before a query or a bracket, not before a comparison");
        }
        return peek() == '(' ? bracket(filter) : queryOrComparison(filter);
    }

    bool bracket(JsonFilter &filter)
    {
        if (++m_depth > DepthLimit)
            return fail("too many brackets inside each other");
        (void)take("(");
        skipBlanks();
        if (!logicalOr(filter))
            return false;
        skipBlanks();
        --m_depth;
        return take(")") || fail("here stands && or || or )");
    }

    bool queryOrComparison(JsonFilter &filter)
    {
        const std::size_t begin = m_at;
        if (!comparable(filter.left))
            return false;
        const std::size_t after = m_at;
        skipBlanks();
        if (!relation(filter.relation)) {
            m_at = after;
            if (!std::holds_alternative<JsonQuery>(filter.left))
                return fail("a literal is compared with something: ==, !=, <, <=, > or >=");
            filter.kind = JsonFilter::Kind::Exists;
            filter.query = std::move(std::get<JsonQuery>(filter.left));
            return true;
        }
        filter.kind = JsonFilter::Kind::Compares;
        skipBlanks();
        const std::size_t second = m_at;
        return comparable(filter.right) && isOne(filter.left, begin) && isOne(filter.right, second);
    }

    bool isOne(const JsonComparable &side, std::size_t place)
    {
        const auto *query = std::get_if<JsonQuery>(&side);
        return !query || query->isSingular() ||
               failAt(place, "what is compared selects one value: only names and numbers as selectors");
    }

    bool relation(JsonRelation &relation)
    {
        // Longer ones first.
        constexpr std::array<std::pair<ByteView, JsonRelation>, 6> relations = {{
            {"==", JsonRelation::Equal},
            {"!=", JsonRelation::Unequal},
            {"<=", JsonRelation::LessOrEqual},
            {">=", JsonRelation::GreaterOrEqual},
            {"<", JsonRelation::Less},
            {">", JsonRelation::Greater},
        }};
        for (const auto &[token, meaning] : relations) {
            if (take(token)) {
                relation = meaning;
                return true;
            }
        }
        return false;
    }

    bool comparable(JsonComparable &side)
    {
        const char c = peek();
        if (c == '$' || c == '@') {
            ++m_at;
            JsonQuery &query = side.emplace<JsonQuery>();
            query.isRelative = c == '@';
            return segments(query);
        }
        if (c == '\'' || c == '"')
            return stringLiteral(side.emplace<std::string>());
        if (c == '-' || isDigit(c))
            return number(side.emplace<double>());
        return wordLiteral(side);
    }

    bool wordLiteral(JsonComparable &side)
    {
        constexpr std::array<std::pair<ByteView, JsonWord>, 3> literals = {
            {{"true", JsonWord::True}, {"false", JsonWord::False}, {"null", JsonWord::Null}}};
        const std::size_t begin = m_at;
        const ByteView name = shorthand();
        if (peek() == '(' && !name.empty())
            return failAt(begin, "functions such as " + std::string(name) + "() are not known here");
        for (const auto &[text, meaning] : literals) {
            if (name == text) {
                side = meaning;
                return true;
            }
        }
        return failAt(begin, "here stands a query that begins with @ or $, a string, a number, true, false or null");
    }

    /// Section 2.3.5.1: as in JSON; "-0" too.
    bool number(double &value)
    {
        const std::size_t begin = m_at;
        const auto digits = [this] {
            const std::size_t first = m_at;
            while (isDigit(peek()))
                ++m_at;
            return m_at > first || fail("here stands a digit");
        };
        (void)take("-");
        if (peek() == '0' && isDigit(peek(1)))
            return fail("a number has no leading zero");
        if (!digits() || (take(".") && !digits()))
            return false;
        if (take("e") || take("E")) {
            if (!take("+"))
                (void)take("-");
            if (!digits())
                return false;
        }
        (void)std::from_chars(m_text.data() + begin, m_text.data() + m_at, value);
        return true;
    }

    ByteView m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
    std::optional<PlacedError> m_error;
};

} // namespace

Expected<JsonQuery, PlacedError> parseJsonPath(ByteView text)
{
    return Parser(text).read();
}

} // namespace pushscope
