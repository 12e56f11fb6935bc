#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pushscope {

/// A node of a JSON text: where it stands, never what it was turned into. Key order, spelling of numbers, escapes and
/// duplicate names are those of the text (RFC 8259).
struct JsonNode
{
    enum class Kind : std::uint8_t { Object, Array, String, Number, Word };
    Kind kind = Kind::Word;
    bool isDuplicate = false;     ///< its name stands in the same object before, however it is spelled
    std::uint32_t parent = 0;     ///< index; the root's is its own
    std::uint32_t row = 0;        ///< among its parent's children
    std::uint32_t firstChild = 0; ///< in JsonDocument::children()
    std::uint32_t childCount = 0;
    std::uint32_t begin = 0, end = 0;
    std::uint32_t nameBegin = 0, nameEnd = 0; ///< with its quotes; empty in arrays
};

/// A JSON text taken apart without loss, by RapidJSON's grammar.
class JsonDocument
{
public:
    static constexpr std::size_t DepthLimit = 256;
    static constexpr std::size_t NodeLimit = 200'000;

    /// nullopt when the text is not JSON, or beyond the limits; `stop` is then the first byte that can't stand where it
    /// does, the text's size when it ends too early.
    [[nodiscard]] static std::optional<JsonDocument> parse(Bytes text, std::size_t *stop = nullptr);

    [[nodiscard]] const JsonNode &node(std::uint32_t index) const { return m_nodes[index]; }
    [[nodiscard]] std::size_t size() const { return m_nodes.size(); }
    [[nodiscard]] std::uint32_t child(std::uint32_t index, std::uint32_t row) const
    {
        return m_children[m_nodes[index].firstChild + row];
    }
    [[nodiscard]] ByteView textOf(const JsonNode &node) const;
    /// Between its quotes, as spelled.
    [[nodiscard]] ByteView nameOf(const JsonNode &node) const;
    /// What a string says, its escapes undone (see jsonstring.h); empty for any other node.
    [[nodiscard]] std::string stringOf(const JsonNode &node) const;
    /// What a member's name says.
    [[nodiscard]] std::string memberNameOf(const JsonNode &node) const;
    /// The member of an object by what its name says: of several the last, as most readers take it (RFC 8259 section
    /// 4).
    [[nodiscard]] std::optional<std::uint32_t> member(std::uint32_t object, ByteView name) const;
    /// An object's string under a name; nullopt when there is none, or it is no string.
    [[nodiscard]] std::optional<std::string> stringAt(std::uint32_t object, ByteView name) const;
    /// "$.items[3].price" (RFC 9535 normalised where a name is not an identifier)
    [[nodiscard]] std::string pathOf(std::uint32_t index) const;
    /// The same tokens with line breaks and indentation between them.
    [[nodiscard]] std::string indented() const;

private:
    class Reader;
    void link();
    void markDuplicates(const JsonNode &object);
    void writeIndented(std::string &out, std::uint32_t index, std::size_t depth) const;

    Bytes m_text;
    std::vector<JsonNode> m_nodes;
    std::vector<std::uint32_t> m_children;
};

} // namespace pushscope
