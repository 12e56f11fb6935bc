#include "core/insight/servertime.h"

#include "core/base/rfc3339.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace pushscope {

namespace {

constexpr double Furthest = 4.1e18; // ns: the end of 2099

/// Nanoseconds in the unit that a number of this size is plausibly counted in.
double unitOf(double number)
{
    const double size = std::abs(number);
    return size < 1e11 ? 1e9 : size < 1e14 ? 1e6 : size < 1e17 ? 1e3 : 1;
}

std::optional<std::int64_t> readNumber(ByteView text)
{
    std::int64_t whole = 0;
    const char *end = text.data() + text.size();
    const auto [point, error] = std::from_chars(text.data(), end, whole);
    if (error != std::errc())
        return {};
    const double unit = unitOf(static_cast<double>(whole));
    if (std::abs(static_cast<double>(whole)) * unit >= Furthest)
        return {};
    // What stands behind the point by itself: a double has no room for nanoseconds of this century.
    double fraction = 0;
    if (point != end) {
        const auto [stop, failure] = std::from_chars(point, end, fraction, std::chars_format::fixed);
        if (*point != '.' || failure != std::errc() || stop != end)
            return {};
    }
    const auto part = static_cast<std::int64_t>(std::llround(fraction * unit));
    return whole * static_cast<std::int64_t>(unit) + (text.front() == '-' ? -part : part);
}

std::optional<std::int64_t> timeOf(const JsonDocument &document, const JsonNode &node)
{
    if (node.kind == JsonNode::Kind::Number)
        return readServerTime(document.textOf(node));
    return node.kind == JsonNode::Kind::String ? readServerTime(document.stringOf(node)) : std::nullopt;
}

} // namespace

std::optional<std::int64_t> readServerTime(ByteView text)
{
    constexpr std::size_t longest = 64;
    if (text.empty() || text.size() > longest)
        return {};
    if (const auto time = readRfc3339(text))
        return time;
    return readNumber(text);
}

Expected<ServerTimePlace, PlacedError> ServerTimePlace::parse(ByteView text)
{
    if (text.starts_with('$')) {
        auto path = JsonPath::parse(text);
        if (!path)
            return path.error();
        return ServerTimePlace(std::string(text), std::move(*path));
    }
    auto pointer = JsonPointer::parse(text);
    if (!pointer)
        return pointer.error();
    return ServerTimePlace(std::string(text), std::move(*pointer));
}

std::vector<ServerTimePlace> ServerTimePlace::find(const JsonDocument &document, std::int64_t now)
{
    constexpr std::size_t mostNodes = 1000;
    constexpr double day = 86'400e9;
    std::vector<ServerTimePlace> found;
    for (std::uint32_t index = 0; index < std::min(mostNodes, document.size()) && found.size() < MostFound; ++index) {
        const auto time = timeOf(document, document.node(index));
        if (!time || std::abs(static_cast<double>(*time) - static_cast<double>(now)) >= day)
            continue;
        if (auto place = parse(document.pathOf(index)))
            found.push_back(std::move(*place));
    }
    return found;
}

std::optional<std::int64_t> ServerTimePlace::timeIn(const JsonDocument &document) const
{
    if (const auto *pointer = std::get_if<JsonPointer>(&m_query)) {
        const auto node = pointer->find(document);
        return node ? timeOf(document, document.node(*node)) : std::nullopt;
    }
    const JsonPath::Selection selection = std::get<JsonPath>(m_query).select(document);
    return selection.nodes.empty() ? std::nullopt : timeOf(document, document.node(selection.nodes.front()));
}

} // namespace pushscope
