#pragma once

#include "core/base/headerfield.h"

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pushscope {

/// One or more tchar (RFC 9110 section 5.6.2).
[[nodiscard]] bool isToken(std::string_view text);

/// Field lines in the order and case of the wire (RFC 9110 section 5).
class Headers
{
public:
    Headers() = default;
    Headers(std::initializer_list<HeaderField> fields) : m_fields(fields) {}
    explicit Headers(std::vector<HeaderField> fields) : m_fields(std::move(fields)) {}

    void add(std::string name, std::string value) { m_fields.push_back({std::move(name), std::move(value)}); }
    /// Replaces the first field of that name in its place, removes the others; adds it when there is none.
    void set(std::string_view name, std::string value);
    void remove(std::string_view name);
    [[nodiscard]] bool contains(std::string_view name) const;
    /// The first value of that name, case ignored.
    [[nodiscard]] std::optional<std::string_view> value(std::string_view name) const;
    [[nodiscard]] std::optional<std::string_view> lastValue(std::string_view name) const;
    /// All values of that name joined with ", " (RFC 9110 section 5.3).
    [[nodiscard]] std::string combined(std::string_view name) const;
    /// The elements of a comma-separated list field (RFC 9110 section 5.6.1), trimmed, empty ones left out; quotes
    /// respected.
    [[nodiscard]] std::vector<std::string> list(std::string_view name) const;
    /// Whether a list field has the token, case ignored.
    [[nodiscard]] bool hasToken(std::string_view name, std::string_view token) const;

    [[nodiscard]] std::size_t size() const { return m_fields.size(); }
    [[nodiscard]] bool isEmpty() const { return m_fields.empty(); }
    [[nodiscard]] auto begin() const { return m_fields.begin(); }
    [[nodiscard]] auto end() const { return m_fields.end(); }
    friend bool operator==(const Headers &, const Headers &) = default;

private:
    std::vector<HeaderField> m_fields;
};

/// A media type's essence, lower case ("text/event-stream"), or "" when it is malformed (WHATWG MIME Sniffing).
[[nodiscard]] std::string mediaTypeEssence(std::string_view contentType);
/// A parameter of a media type, lower-cased name, unquoted; nullopt when absent.
[[nodiscard]] std::optional<std::string> mediaTypeParameter(std::string_view contentType, std::string_view name);

} // namespace pushscope
