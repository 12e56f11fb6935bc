#include "core/base/jsonpath.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

namespace pushscope {

namespace {

using Nodes = std::vector<std::uint32_t>;

double numberOf(ByteView text)
{
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    // Beyond a double's range (RFC 8259 section 6) it is larger than all that are not.
    if (read.ec == std::errc::result_out_of_range)
        return text.starts_with('-') ? -std::numeric_limits<double>::infinity()
                                     : std::numeric_limits<double>::infinity();
    return value;
}

/// A side of a comparison: nothing, a literal's value, or a node of the document.
struct Operand
{
    std::optional<std::uint32_t> node = {};
    std::variant<std::monostate, std::string, double, JsonWord> value = {};
};

class Selector
{
public:
    explicit Selector(const JsonDocument &document) : m_document(document) {}

    Nodes run(const JsonQuery &query, std::uint32_t current)
    {
        Nodes nodes{query.isRelative ? current : 0};
        for (const JsonSegment &segment : query.segments) {
            Nodes next;
            for (const std::uint32_t node : nodes)
                select(segment, node, next);
            nodes = std::move(next);
        }
        return nodes;
    }

    [[nodiscard]] bool isExhausted() const { return m_steps >= JsonPath::StepLimit; }

private:
    [[nodiscard]] bool step(std::uint64_t count = 1)
    {
        m_steps += count;
        return m_steps < JsonPath::StepLimit;
    }

    void select(const JsonSegment &segment, std::uint32_t node, Nodes &out)
    {
        // Nodes stand in the order of the text: the descendants right behind their ancestor (section 2.5.2.2).
        const std::uint32_t end = segment.isDescendant ? m_document.node(node).end : m_document.node(node).begin + 1;
        for (std::uint32_t at = node; at < m_document.size() && m_document.node(at).begin < end && step(); ++at) {
            for (const JsonSelector &selector : segment.selectors)
                std::visit([&](const auto &kind) { apply(kind, at, out); }, selector);
        }
    }

    void take(std::uint32_t node, Nodes &out)
    {
        if (step())
            out.push_back(node);
    }

    void apply(const JsonNameSelector &selector, std::uint32_t at, Nodes &out)
    {
        if (!step(m_document.node(at).childCount))
            return;
        if (const auto member = m_document.member(at, selector.name))
            take(*member, out);
    }

    void apply(const JsonWildcardSelector & /*all*/, std::uint32_t at, Nodes &out)
    {
        for (std::uint32_t row = 0; row < m_document.node(at).childCount && !isExhausted(); ++row)
            take(m_document.child(at, row), out);
    }

    void apply(const JsonIndexSelector &selector, std::uint32_t at, Nodes &out)
    {
        const JsonNode &node = m_document.node(at);
        const std::int64_t row = selector.index < 0 ? selector.index + node.childCount : selector.index;
        if (node.kind == JsonNode::Kind::Array && row >= 0 && row < node.childCount)
            take(m_document.child(at, std::uint32_t(row)), out);
    }

    /// Section 2.3.4.2.2.
    void apply(const JsonSliceSelector &slice, std::uint32_t at, Nodes &out)
    {
        const JsonNode &node = m_document.node(at);
        const std::int64_t count = node.childCount;
        if (node.kind != JsonNode::Kind::Array || slice.step == 0)
            return;
        const auto bound = [count](std::int64_t place, std::int64_t lowest, std::int64_t highest) {
            return std::clamp(place < 0 ? place + count : place, lowest, highest);
        };
        if (slice.step > 0) {
            const std::int64_t last = bound(slice.end.value_or(count), 0, count);
            for (std::int64_t row = bound(slice.start.value_or(0), 0, count); row < last && !isExhausted();
                 row += slice.step)
                take(m_document.child(at, std::uint32_t(row)), out);
            return;
        }
        const std::int64_t last = slice.end ? bound(*slice.end, -1, count - 1) : -1;
        for (std::int64_t row = slice.start ? bound(*slice.start, -1, count - 1) : count - 1;
             row > last && !isExhausted(); row += slice.step)
            take(m_document.child(at, std::uint32_t(row)), out);
    }

    void apply(const JsonFilterSelector &selector, std::uint32_t at, Nodes &out)
    {
        for (std::uint32_t row = 0; row < m_document.node(at).childCount && step(); ++row) {
            const std::uint32_t child = m_document.child(at, row);
            if (holds(*selector.filter, child))
                take(child, out);
        }
    }

    bool holds(const JsonFilter &filter, std::uint32_t current)
    {
        const auto operandHolds = [this, current](const JsonFilter &operand) { return holds(operand, current); };
        switch (filter.kind) {
        case JsonFilter::Kind::Or: return std::ranges::any_of(filter.operands, operandHolds);
        case JsonFilter::Kind::And: return std::ranges::all_of(filter.operands, operandHolds);
        case JsonFilter::Kind::Not: return !holds(filter.operands[0], current);
        case JsonFilter::Kind::Exists: return !run(filter.query, current).empty();
        case JsonFilter::Kind::Compares: break;
        }
        return compares(operand(filter.left, current), filter.relation, operand(filter.right, current));
    }

    Operand operand(const JsonComparable &side, std::uint32_t current)
    {
        if (const auto *query = std::get_if<JsonQuery>(&side)) {
            const Nodes nodes = run(*query, current);
            return nodes.empty() ? Operand{} : operandOf(nodes[0]);
        }
        if (const auto *text = std::get_if<std::string>(&side))
            return {.value = *text};
        if (const auto *number = std::get_if<double>(&side))
            return {.value = *number};
        return {.value = std::get<JsonWord>(side)};
    }

    [[nodiscard]] Operand operandOf(std::uint32_t index) const
    {
        const JsonNode &node = m_document.node(index);
        const ByteView text = m_document.textOf(node);
        switch (node.kind) {
        case JsonNode::Kind::Object:
        case JsonNode::Kind::Array: return {.node = index};
        case JsonNode::Kind::String: return {.value = m_document.stringOf(node)};
        case JsonNode::Kind::Number: return {.value = numberOf(text)};
        case JsonNode::Kind::Word: break;
        }
        return {.value = text == "true" ? JsonWord::True : text == "false" ? JsonWord::False : JsonWord::Null};
    }

    /// Section 2.3.5.2.2.
    bool compares(const Operand &left, JsonRelation relation, const Operand &right)
    {
        switch (relation) {
        case JsonRelation::Equal: return areEqual(left, right);
        case JsonRelation::Unequal: return !areEqual(left, right);
        case JsonRelation::Less: return isLess(left, right);
        case JsonRelation::LessOrEqual: return isLess(left, right) || areEqual(left, right);
        case JsonRelation::Greater: return isLess(right, left);
        case JsonRelation::GreaterOrEqual: return isLess(right, left) || areEqual(left, right);
        }
        return false;
    }

    /// Only numbers and strings have an order. That of UTF-8's bytes is that of the code points.
    static bool isLess(const Operand &left, const Operand &right)
    {
        if (const auto *a = std::get_if<double>(&left.value))
            if (const auto *b = std::get_if<double>(&right.value))
                return *a < *b;
        if (const auto *a = std::get_if<std::string>(&left.value))
            if (const auto *b = std::get_if<std::string>(&right.value))
                return *a < *b;
        return false;
    }

    bool areEqual(const Operand &left, const Operand &right)
    {
        if (!step())
            return false;
        if (left.node && right.node)
            return areEqualContainers(*left.node, *right.node);
        return left.node.has_value() == right.node.has_value() && left.value == right.value;
    }

    bool areEqualContainers(std::uint32_t left, std::uint32_t right)
    {
        const JsonNode &a = m_document.node(left);
        const JsonNode &b = m_document.node(right);
        if (a.kind != b.kind || a.childCount != b.childCount)
            return false;
        for (std::uint32_t row = 0; row < a.childCount && step(b.childCount); ++row) {
            const std::uint32_t child = m_document.child(left, row);
            const auto other = a.kind == JsonNode::Kind::Array
                                   ? std::optional(m_document.child(right, row))
                                   : m_document.member(right, m_document.memberNameOf(m_document.node(child)));
            if (!other || !areEqual(operandOf(child), operandOf(*other)))
                return false;
        }
        return true;
    }

    const JsonDocument &m_document;
    std::uint64_t m_steps = 0;
};

} // namespace

Expected<JsonPath, PlacedError> JsonPath::parse(ByteView text)
{
    auto query = parseJsonPath(text);
    if (!query)
        return query.error();
    return JsonPath(std::move(*query));
}

JsonPath::Selection JsonPath::select(const JsonDocument &document) const
{
    Selector selector(document);
    Selection selection;
    selection.nodes = selector.run(m_query, 0);
    selection.isComplete = !selector.isExhausted();
    return selection;
}

} // namespace pushscope
