#pragma once

#include "core/base/expected.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pushscope::demo {

/// One item of a URL's query, decoded (WHATWG URL 5.1, application/x-www-form-urlencoded).
struct QueryItem
{
    std::string name;
    std::string value;
    friend bool operator==(const QueryItem &, const QueryItem &) = default;
};
[[nodiscard]] std::vector<QueryItem> parseQuery(std::string_view query);

/// A query item that a feed or scenario takes, and what it may be. The same table checks a request and tells people
/// what is allowed.
struct ParameterSpec
{
    enum class Kind : std::uint8_t { Number, Word, Text };
    std::string_view name;
    Kind kind = Kind::Number;
    std::uint64_t fallback = 0;          ///< Number
    std::uint64_t minimum = 0;           ///< Number
    std::uint64_t maximum = 0;           ///< Number; Text: bytes
    std::vector<std::string_view> words; ///< Word: what may stand there, the fallback first; Text: the fallback alone
    std::string_view meaning;

    /// "0 to 3600000", "chunked or identity", "at most 64 bytes of text".
    [[nodiscard]] std::string range() const;

    static ParameterSpec number(std::string_view name, std::uint64_t fallback, std::uint64_t minimum,
                                std::uint64_t maximum, std::string_view meaning);
    static ParameterSpec word(std::string_view name, std::vector<std::string_view> words, std::string_view meaning);
    static ParameterSpec text(std::string_view name, std::string_view fallback, std::uint64_t maximumBytes,
                              std::string_view meaning);
};

/// Why a query is refused: which item, and what it may be.
struct ParameterRefusal
{
    std::string name;
    std::string range;
    std::string detail; ///< one English sentence
};

/// A checked query: every parameter of the table has a value.
class Parameters
{
public:
    [[nodiscard]] std::uint64_t number(std::string_view name) const;
    [[nodiscard]] const std::string &text(std::string_view name) const;
    /// Whether the query named it, rather than the fallback standing in.
    [[nodiscard]] bool isGiven(std::string_view name) const;

private:
    friend Expected<Parameters, ParameterRefusal> readParameters(std::span<const QueryItem> query,
                                                                 std::span<const ParameterSpec> specs);
    struct Value
    {
        std::string text;
        std::uint64_t number = 0;
        bool given = false;
    };
    std::map<std::string, Value, std::less<>> m_values;
};

/// Refuses wrong values, unknown names and names that come twice.
[[nodiscard]] Expected<Parameters, ParameterRefusal> readParameters(std::span<const QueryItem> query,
                                                                    std::span<const ParameterSpec> specs);

} // namespace pushscope::demo
