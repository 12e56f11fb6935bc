#pragma once

#include "core/base/jsondocument.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

namespace pushscope {

/// A node of a document, or nothing: what a foreign text lacks is asked for as calmly as what it has. Lives as long as
/// the document.
class JsonValue
{
public:
    JsonValue() = default;
    explicit JsonValue(const JsonDocument &document, std::uint32_t index = 0) : m_document(&document), m_index(index) {}

    explicit operator bool() const { return m_document != nullptr; }
    [[nodiscard]] bool isObject() const { return is(JsonNode::Kind::Object); }
    [[nodiscard]] bool isArray() const { return is(JsonNode::Kind::Array); }
    [[nodiscard]] bool isString() const { return is(JsonNode::Kind::String); }
    [[nodiscard]] bool isNumber() const { return is(JsonNode::Kind::Number); }
    [[nodiscard]] bool isWord(ByteView word) const { return is(JsonNode::Kind::Word) && spelled() == word; }

    /// A member of an object.
    [[nodiscard]] JsonValue operator[](ByteView name) const
    {
        const auto found = m_document ? m_document->member(m_index, name) : std::nullopt;
        return found ? JsonValue(*m_document, *found) : JsonValue();
    }
    /// An element of an array, or the value of a member by its place; how many there are.
    [[nodiscard]] JsonValue at(std::uint32_t row) const
    {
        return row < size() ? JsonValue(*m_document, m_document->child(m_index, row)) : JsonValue();
    }
    [[nodiscard]] std::uint32_t size() const { return m_document ? node().childCount : 0; }

    [[nodiscard]] const JsonDocument *document() const { return m_document; }

    /// Of a member of an object.
    [[nodiscard]] std::string name() const { return m_document ? m_document->memberNameOf(node()) : std::string(); }
    /// What a string says; empty for anything else.
    [[nodiscard]] std::string text() const { return m_document ? m_document->stringOf(node()) : std::string(); }
    /// As it stands in the text.
    [[nodiscard]] ByteView spelled() const { return m_document ? m_document->textOf(node()) : ByteView(); }
    /// A number without sign, fraction and exponent.
    [[nodiscard]] std::optional<std::uint64_t> count() const
    {
        std::uint64_t value = 0;
        const ByteView digits = spelled();
        const char *end = digits.data() + digits.size();
        const auto read = std::from_chars(digits.data(), end, value);
        return isNumber() && read.ptr == end && read.ec == std::errc() ? std::optional(value) : std::nullopt;
    }

private:
    [[nodiscard]] const JsonNode &node() const { return m_document->node(m_index); }
    [[nodiscard]] bool is(JsonNode::Kind kind) const { return m_document && node().kind == kind; }

    const JsonDocument *m_document = nullptr;
    std::uint32_t m_index = 0;
};

} // namespace pushscope
