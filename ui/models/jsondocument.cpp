#include "ui/models/jsondocument.h"

#include <algorithm>
#include <set>

namespace pushscope {

/// Recursive descent over RFC 8259, strict.
class JsonDocument::Parser
{
public:
    explicit Parser(JsonDocument &document) : m_document(document), m_text(document.m_text) {}

    bool parse()
    {
        skipSpace();
        if (!value(0, 0, {}, 0))
            return false;
        skipSpace();
        return m_at == m_text.size();
    }

    [[nodiscard]] std::size_t place() const { return m_at; }

private:
    void skipSpace()
    {
        while (m_at < m_text.size() &&
               (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n' || m_text[m_at] == '\r'))
            ++m_at;
    }
    [[nodiscard]] bool take(char c)
    {
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    bool value(std::uint32_t parent, std::uint32_t row, std::pair<std::size_t, std::size_t> name, std::size_t depth)
    {
        auto &nodes = m_document.m_nodes;
        if (m_at >= m_text.size() || depth > DepthLimit || nodes.size() >= NodeLimit)
            return false;
        const auto index = std::uint32_t(nodes.size());
        JsonNode node;
        node.parent = parent;
        node.row = row;
        node.begin = std::uint32_t(m_at);
        node.nameBegin = std::uint32_t(name.first);
        node.nameEnd = std::uint32_t(name.second);
        nodes.push_back(node);
        const bool ok = content(index, depth);
        nodes[index].end = std::uint32_t(m_at);
        return ok;
    }

    bool content(std::uint32_t index, std::size_t depth)
    {
        JsonNode::Kind kind = JsonNode::Kind::Word;
        bool ok = false;
        const char c = m_text[m_at];
        if (c == '{') {
            kind = JsonNode::Kind::Object;
            ok = members(index, depth, '}');
        } else if (c == '[') {
            kind = JsonNode::Kind::Array;
            ok = members(index, depth, ']');
        } else if (c == '"') {
            kind = JsonNode::Kind::String;
            ok = string();
        } else if (c == '-' || (c >= '0' && c <= '9')) {
            kind = JsonNode::Kind::Number;
            ok = number();
        } else {
            ok = word("true") || word("false") || word("null");
        }
        m_document.m_nodes[index].kind = kind;
        return ok;
    }

    bool members(std::uint32_t index, std::size_t depth, char close)
    {
        ++m_at;
        std::set<ByteView> names;
        std::uint32_t row = 0;
        skipSpace();
        if (take(close))
            return true;
        do {
            skipSpace();
            std::pair<std::size_t, std::size_t> name{};
            if (close == '}') {
                name.first = m_at;
                if (!string())
                    return false;
                name.second = m_at;
                skipSpace();
                if (!take(':'))
                    return false;
                skipSpace();
            }
            const std::size_t child = m_document.m_nodes.size();
            if (!value(index, row++, name, depth + 1))
                return false;
            if (close == '}')
                m_document.m_nodes[child].isDuplicate =
                    !names.insert(m_text.substr(name.first, name.second - name.first)).second;
            skipSpace();
        } while (take(','));
        m_document.m_nodes[index].childCount = row;
        return take(close);
    }

    bool string()
    {
        if (!take('"'))
            return false;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (static_cast<unsigned char>(c) < 0x20)
                return false;
            ++m_at;
            if (c == '"')
                return true;
            if (c == '\\' && !escape())
                return false;
        }
        return false;
    }

    bool escape()
    {
        if (m_at >= m_text.size())
            return false;
        const char c = m_text[m_at];
        if (c != 'u' && ByteView("\"\\/bfnrt").find(c) == ByteView::npos)
            return false;
        ++m_at;
        if (c != 'u')
            return true;
        for (int i = 0; i < 4; ++i, ++m_at) {
            if (m_at >= m_text.size() || ByteView("0123456789abcdefABCDEF").find(m_text[m_at]) == ByteView::npos)
                return false;
        }
        return true;
    }

    bool digits()
    {
        const std::size_t first = m_at;
        while (m_at < m_text.size() && m_text[m_at] >= '0' && m_text[m_at] <= '9')
            ++m_at;
        return m_at > first;
    }

    bool number()
    {
        (void)take('-');
        if (!take('0') && !digits())
            return false;
        if (take('.') && !digits())
            return false;
        if (m_at < m_text.size() && (m_text[m_at] == 'e' || m_text[m_at] == 'E')) {
            ++m_at;
            if (!take('+'))
                (void)take('-');
            return digits();
        }
        return true;
    }

    bool word(ByteView name)
    {
        if (m_text.substr(m_at, name.size()) != name)
            return false;
        m_at += name.size();
        return true;
    }

    JsonDocument &m_document;
    ByteView m_text;
    std::size_t m_at = 0;
};

std::optional<JsonDocument> JsonDocument::parse(Bytes text, std::size_t *stop)
{
    JsonDocument document;
    document.m_text = std::move(text);
    Parser parser(document);
    if (!parser.parse()) {
        if (stop)
            *stop = parser.place();
        return {};
    }
    document.link();
    return document;
}

void JsonDocument::link()
{
    std::uint32_t next = 0;
    for (JsonNode &node : m_nodes) {
        node.firstChild = next;
        next += node.childCount;
    }
    m_children.resize(next);
    for (std::uint32_t index = 1; index < m_nodes.size(); ++index)
        m_children[m_nodes[m_nodes[index].parent].firstChild + m_nodes[index].row] = index;
}

ByteView JsonDocument::textOf(const JsonNode &node) const
{
    return ByteView(m_text).substr(node.begin, node.end - node.begin);
}

ByteView JsonDocument::nameOf(const JsonNode &node) const
{
    return node.nameEnd > node.nameBegin + 1
               ? ByteView(m_text).substr(node.nameBegin + 1, node.nameEnd - node.nameBegin - 2)
               : ByteView();
}

std::string JsonDocument::pathOf(std::uint32_t index) const
{
    if (index == 0)
        return "$";
    const JsonNode &entry = node(index);
    const std::string base = pathOf(entry.parent);
    if (node(entry.parent).kind == JsonNode::Kind::Array)
        return base + "[" + std::to_string(entry.row) + "]";
    const ByteView name = nameOf(entry);
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    const bool isIdentifier =
        !name.empty() && std::all_of(name.begin(), name.end(), isPlain) && !(name[0] >= '0' && name[0] <= '9');
    return isIdentifier ? base + "." + std::string(name) : base + "[\"" + std::string(name) + "\"]";
}

std::string JsonDocument::indented() const
{
    std::string out;
    out.reserve(m_text.size() * 2);
    writeIndented(out, 0, 0);
    return out;
}

void JsonDocument::writeIndented(std::string &out, std::uint32_t index, std::size_t depth) const
{
    const JsonNode &entry = node(index);
    if (entry.nameEnd > entry.nameBegin)
        out.append(m_text, entry.nameBegin, entry.nameEnd - entry.nameBegin).append(": ");
    if (entry.childCount == 0) {
        const bool isContainer = entry.kind == JsonNode::Kind::Object || entry.kind == JsonNode::Kind::Array;
        if (isContainer)
            out.append(entry.kind == JsonNode::Kind::Object ? "{}" : "[]");
        else
            out.append(textOf(entry));
        return;
    }
    out.push_back(entry.kind == JsonNode::Kind::Object ? '{' : '[');
    for (std::uint32_t row = 0; row < entry.childCount; ++row) {
        out.append(row > 0 ? ",\n" : "\n").append((depth + 1) * 2, ' ');
        writeIndented(out, child(index, row), depth + 1);
    }
    out.append("\n").append(depth * 2, ' ').push_back(entry.kind == JsonNode::Kind::Object ? '}' : ']');
}

} // namespace pushscope
