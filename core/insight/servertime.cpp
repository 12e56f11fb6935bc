#include "core/insight/servertime.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace pushscope {

namespace {

constexpr std::int64_t Second = 1'000'000'000;
/// Differences of times between these fit into 64 bits of nanoseconds, too.
constexpr int FirstYear = 1840;
constexpr int LastYear = 2099;
constexpr double Furthest = 4.1e18; // ns: the end of 2099

/// Reads digits and marks from the front of a text.
class Reader
{
public:
    explicit Reader(ByteView text) : m_rest(text) {}

    [[nodiscard]] std::optional<int> digits(std::size_t count)
    {
        int value = 0;
        const char *begin = m_rest.data();
        if (m_rest.size() < count || (count > 0 && (*begin < '0' || *begin > '9')))
            return {};
        const auto [end, error] = std::from_chars(begin, begin + count, value);
        if (error != std::errc() || end != begin + count)
            return {};
        m_rest.remove_prefix(count);
        return value;
    }
    [[nodiscard]] bool takeOneOf(ByteView marks)
    {
        if (m_rest.empty() || marks.find(m_rest.front()) == ByteView::npos)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }
    [[nodiscard]] char front() const { return m_rest.empty() ? '\0' : m_rest.front(); }
    [[nodiscard]] bool isAtEnd() const { return m_rest.empty(); }

private:
    ByteView m_rest;
};

/// "12:30:15.25" in nanoseconds (RFC 3339 section 5.6, partial-time).
std::optional<std::int64_t> readTimeOfDay(Reader &reader)
{
    const auto hour = reader.digits(2);
    if (!hour || !reader.takeOneOf(":"))
        return {};
    const auto minute = reader.digits(2);
    if (!minute || !reader.takeOneOf(":"))
        return {};
    const auto second = reader.digits(2);
    if (!second || *hour > 23 || *minute > 59 || *second > 60) // 60: a leap second
        return {};
    std::int64_t time = ((*hour * 60LL + *minute) * 60 + *second) * Second;
    if (reader.takeOneOf(".")) {
        std::int64_t unit = Second / 10;
        bool any = false;
        while (const auto digit = reader.digits(1)) {
            time += *digit * unit;
            unit /= 10;
            any = true;
        }
        if (!any)
            return {};
    }
    return time;
}

/// "Z", "+05:30" in nanoseconds (time-offset).
std::optional<std::int64_t> readOffset(Reader &reader)
{
    if (reader.takeOneOf("Zz"))
        return 0;
    const bool isWest = reader.front() == '-';
    if (!reader.takeOneOf("+-"))
        return {};
    const auto hours = reader.digits(2);
    if (!hours || !reader.takeOneOf(":"))
        return {};
    const auto minutes = reader.digits(2);
    if (!minutes || *hours > 23 || *minutes > 59)
        return {};
    return (*hours * 60LL + *minutes) * 60 * Second * (isWest ? -1 : 1);
}

std::optional<std::int64_t> readRfc3339(ByteView text)
{
    Reader reader(text);
    const auto year = reader.digits(4);
    if (!year || !reader.takeOneOf("-"))
        return {};
    const auto month = reader.digits(2);
    if (!month || !reader.takeOneOf("-"))
        return {};
    const auto day = reader.digits(2);
    if (!day || !reader.takeOneOf("Tt "))
        return {};
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    const auto time = readTimeOfDay(reader);
    if (!time || !date.ok() || *year < FirstYear || *year > LastYear)
        return {};
    const auto offset = readOffset(reader);
    if (!offset || !reader.isAtEnd())
        return {};
    return std::chrono::sys_days(date).time_since_epoch().count() * 86'400LL * Second + *time - *offset;
}

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

std::optional<ServerTimePlace> ServerTimePlace::find(const JsonDocument &document, std::int64_t now)
{
    constexpr std::size_t most = 1000;
    constexpr double day = 86'400e9;
    double nearest = day;
    std::optional<std::uint32_t> found;
    for (std::uint32_t index = 0; index < std::min(most, document.size()); ++index) {
        const auto time = timeOf(document, document.node(index));
        if (!time)
            continue;
        const double distance = std::abs(static_cast<double>(*time) - static_cast<double>(now));
        if (distance < nearest) {
            nearest = distance;
            found = index;
        }
    }
    if (!found)
        return {};
    auto place = parse(document.pathOf(*found));
    return place ? std::optional(std::move(*place)) : std::nullopt;
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
