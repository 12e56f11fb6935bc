#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace pushscope {

// What a JSONPath query says (RFC 9535), as its grammar has it.

struct JsonFilter;

struct JsonNameSelector
{
    std::string name; ///< what it says, unescaped
};
struct JsonWildcardSelector
{
};
struct JsonIndexSelector
{
    std::int64_t index = 0; ///< negative: from the end
};
struct JsonSliceSelector
{
    std::optional<std::int64_t> start, end;
    std::int64_t step = 1;
};
struct JsonFilterSelector
{
    std::shared_ptr<const JsonFilter> filter;
};
using JsonSelector =
    std::variant<JsonNameSelector, JsonWildcardSelector, JsonIndexSelector, JsonSliceSelector, JsonFilterSelector>;

/// Section 2.5.
struct JsonSegment
{
    bool isDescendant = false; ///< ".."
    std::vector<JsonSelector> selectors;
};

struct JsonQuery
{
    bool isRelative = false; ///< begins with "@", the node that a filter looks at
    std::vector<JsonSegment> segments;

    /// Whether it can select one node at the most (section 2.3.5.1).
    [[nodiscard]] bool isSingular() const
    {
        for (const JsonSegment &segment : segments) {
            const bool isOne = !segment.isDescendant && segment.selectors.size() == 1 &&
                               (std::holds_alternative<JsonNameSelector>(segment.selectors[0]) ||
                                std::holds_alternative<JsonIndexSelector>(segment.selectors[0]));
            if (!isOne)
                return false;
        }
        return true;
    }
};

enum class JsonWord : std::uint8_t { True, False, Null };
/// What stands at a side of a comparison: a literal or a singular query.
using JsonComparable = std::variant<std::string, double, JsonWord, JsonQuery>;
enum class JsonRelation : std::uint8_t { Equal, Unequal, Less, LessOrEqual, Greater, GreaterOrEqual };

/// Section 2.3.5.
struct JsonFilter
{
    enum class Kind : std::uint8_t { Or, And, Not, Exists, Compares };
    Kind kind = Kind::Exists;
    std::vector<JsonFilter> operands; ///< Or, And: two or more; Not: one
    JsonQuery query;                  ///< Exists
    JsonRelation relation = JsonRelation::Equal;
    JsonComparable left, right; ///< Compares
};

} // namespace pushscope
