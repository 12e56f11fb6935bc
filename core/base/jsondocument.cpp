#include "core/base/jsondocument.h"

#include "core/base/jsonstring.h"

#include <rapidjson/reader.h>

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// The text as RapidJSON reads it: each byte at its place, but for what RapidJSON would refuse though the grammar of
/// RFC 8259 allows it, because it wants to make values where we want tokens.
class TokenStream
{
public:
    using Ch = char;

    explicit TokenStream(ByteView text) : m_text(text) {}

    [[nodiscard]] char Peek() const
    {
        if (m_at >= m_text.size())
            return '\0';
        // Section 8.2 allows an escape of a surrogate without its other half: "\uDxxx" is shown as "\u0xxx".
        return m_place == Place::HexDigit && (m_text[m_at] == 'D' || m_text[m_at] == 'd') ? '0' : m_text[m_at];
    }

    char Take()
    {
        const char shown = Peek();
        const char taken = m_text[m_at++];
        switch (m_place) {
        case Place::Outside:
            if (taken == '"')
                m_place = Place::String;
            skipDigits(taken);
            break;
        case Place::String:
            if (taken == '\\')
                m_place = Place::Escape;
            else if (taken == '"')
                m_place = Place::Outside;
            break;
        case Place::Escape: m_place = taken == 'u' ? Place::HexDigit : Place::String; break;
        case Place::HexDigit: m_place = Place::String; break;
        }
        return shown;
    }

    [[nodiscard]] std::size_t Tell() const { return m_at; }

    // What RapidJSON asks of streams that it also writes to.
    [[nodiscard]] char *PutBegin() const { return nullptr; }
    void Put(char /*byte*/) const {}
    [[nodiscard]] std::size_t PutEnd(char * /*begin*/) const { return 0; }

private:
    enum class Place : std::uint8_t { Outside, String, Escape, HexDigit };

    /// Section 6 sets no limits to numbers: a run of digits is as good as its first two.
    void skipDigits(char taken)
    {
        m_digits = isDigit(taken) ? m_digits + 1 : 0;
        while (m_digits == 2 && m_at < m_text.size() && isDigit(m_text[m_at]))
            ++m_at;
    }

    ByteView m_text;
    std::size_t m_at = 0;
    int m_digits = 0; ///< of the run that was taken last
    Place m_place = Place::Outside;
};

} // namespace

/// Takes RapidJSON's tokens and makes nodes of where they stand.
class JsonDocument::Reader
{
public:
    explicit Reader(JsonDocument &document) : m_document(document), m_text(document.m_text), m_stream(m_text) {}

    bool read()
    {
        // Without recursion: the depth is the text's.
        constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;
        rapidjson::Reader reader;
        const rapidjson::ParseResult result = reader.Parse<flags>(m_stream, *this);
        // A NUL ends the text for RapidJSON.
        if (!result.IsError() && m_stream.Tell() == m_text.size())
            return true;
        if (!result.IsError())
            m_stop = m_stream.Tell();
        else if (result.Code() != rapidjson::kParseErrorTermination)
            m_stop = placeOf(result.Code(), result.Offset());
        return false;
    }

    /// The first byte that can't stand where it does.
    [[nodiscard]] std::size_t stop() const { return m_stop; }

    // NOLINTBEGIN(readability-identifier-naming): RapidJSON's names
    bool Null() { return scalar(JsonNode::Kind::Word); }
    bool Bool(bool /*value*/) { return scalar(JsonNode::Kind::Word); }
    bool String(const char * /*text*/, unsigned /*length*/, bool /*copy*/) { return scalar(JsonNode::Kind::String); }
    bool RawNumber(const char * /*text*/, unsigned /*length*/, bool /*copy*/) { return scalar(JsonNode::Kind::Number); }
    // Numbers come raw.
    bool Int(int /*value*/) { return false; }
    bool Uint(unsigned /*value*/) { return false; }
    bool Int64(std::int64_t /*value*/) { return false; }
    bool Uint64(std::uint64_t /*value*/) { return false; }
    bool Double(double /*value*/) { return false; }
    bool Key(const char * /*text*/, unsigned /*length*/, bool /*copy*/)
    {
        m_nameBegin = tokenBegin();
        m_nameEnd = m_done = m_stream.Tell();
        return true;
    }
    bool StartObject() { return open(JsonNode::Kind::Object); }
    bool EndObject(unsigned /*members*/) { return close(); }
    bool StartArray() { return open(JsonNode::Kind::Array); }
    bool EndArray(unsigned /*elements*/) { return close(); }
    // NOLINTEND(readability-identifier-naming)

private:
    /// Between two tokens stand only whitespace, commas and colons.
    [[nodiscard]] std::size_t tokenBegin() const
    {
        return std::min(m_text.find_first_not_of(" \t\n\r,:", m_done), m_text.size());
    }

    bool add(JsonNode::Kind kind, std::size_t end)
    {
        auto &nodes = m_document.m_nodes;
        m_stop = tokenBegin();
        if (m_open.size() > DepthLimit || nodes.size() >= NodeLimit)
            return false;
        JsonNode node;
        node.kind = kind;
        if (!m_open.empty()) {
            node.parent = m_open.back();
            node.row = nodes[node.parent].childCount++;
        }
        node.begin = std::uint32_t(m_stop);
        node.end = std::uint32_t(end);
        node.nameBegin = std::uint32_t(m_nameBegin);
        node.nameEnd = std::uint32_t(m_nameEnd);
        m_nameBegin = m_nameEnd = 0;
        nodes.push_back(node);
        m_done = end;
        return true;
    }

    bool scalar(JsonNode::Kind kind) { return add(kind, m_stream.Tell()); }

    /// RapidJSON tells of a bracket before it takes it.
    bool open(JsonNode::Kind kind)
    {
        const auto index = std::uint32_t(m_document.m_nodes.size());
        if (!add(kind, m_stream.Tell() + 1))
            return false;
        m_open.push_back(index);
        return true;
    }

    bool close()
    {
        m_done = m_stream.Tell() + 1;
        m_document.m_nodes[m_open.back()].end = std::uint32_t(m_done);
        m_open.pop_back();
        return true;
    }

    /// RapidJSON counts an escape from its backslash and a word to its first wrong letter.
    [[nodiscard]] std::size_t placeOf(rapidjson::ParseErrorCode code, std::size_t offset) const
    {
        const auto endsIn = [this](std::size_t begin, ByteView allowed) {
            return std::min(m_text.find_first_not_of(allowed, begin), m_text.size());
        };
        if (code == rapidjson::kParseErrorStringUnicodeEscapeInvalidHex)
            return endsIn(offset + 2, "0123456789abcdefABCDEF");
        if (code == rapidjson::kParseErrorStringEscapeInvalid && m_text[offset] == '\\')
            return offset + 1;
        const std::size_t begin = tokenBegin();
        const bool isWord = code == rapidjson::kParseErrorValueInvalid && begin < offset && m_text[begin] != '-';
        return isWord && offset < m_text.size() ? begin : offset;
    }

    JsonDocument &m_document;
    ByteView m_text;
    TokenStream m_stream;
    std::vector<std::uint32_t> m_open;
    std::size_t m_done = 0; ///< where the last token ended
    std::size_t m_nameBegin = 0, m_nameEnd = 0;
    std::size_t m_stop = 0;
};

std::optional<JsonDocument> JsonDocument::parse(Bytes text, std::size_t *stop)
{
    JsonDocument document;
    document.m_text = std::move(text);
    Reader reader(document);
    if (!reader.read()) {
        if (stop)
            *stop = reader.stop();
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
    for (const JsonNode &node : m_nodes) {
        if (node.kind == JsonNode::Kind::Object && node.childCount > 1)
            markDuplicates(node);
    }
}

void JsonDocument::markDuplicates(const JsonNode &object)
{
    std::vector<std::pair<std::string, std::uint32_t>> names;
    names.reserve(object.childCount);
    for (std::uint32_t row = 0; row < object.childCount; ++row) {
        const std::uint32_t index = m_children[object.firstChild + row];
        names.emplace_back(memberNameOf(m_nodes[index]), index);
    }
    std::ranges::sort(names);
    for (std::size_t i = 1; i < names.size(); ++i)
        m_nodes[names[i].second].isDuplicate = names[i].first == names[i - 1].first;
}

std::string JsonDocument::stringOf(const JsonNode &node) const
{
    const ByteView text = textOf(node);
    return node.kind == JsonNode::Kind::String ? decodedJsonString(text.substr(1, text.size() - 2)) : std::string();
}

std::string JsonDocument::memberNameOf(const JsonNode &node) const
{
    return decodedJsonString(nameOf(node));
}

std::optional<std::uint32_t> JsonDocument::member(std::uint32_t object, ByteView name) const
{
    if (node(object).kind != JsonNode::Kind::Object)
        return {};
    for (std::uint32_t row = node(object).childCount; row > 0; --row) {
        const std::uint32_t index = child(object, row - 1);
        const ByteView spelled = nameOf(node(index));
        const bool isSame = spelled.find('\\') == ByteView::npos ? spelled == name : memberNameOf(node(index)) == name;
        if (isSame)
            return index;
    }
    return {};
}

std::optional<std::string> JsonDocument::stringAt(std::uint32_t object, ByteView name) const
{
    const auto index = member(object, name);
    if (!index || node(*index).kind != JsonNode::Kind::String)
        return {};
    return stringOf(node(*index));
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
