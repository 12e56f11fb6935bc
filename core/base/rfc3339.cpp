#include "core/base/rfc3339.h"

#include <charconv>
#include <chrono>

namespace pushscope {

namespace {

constexpr std::int64_t Second = 1'000'000'000;
/// Differences of times between these fit into 64 bits of nanoseconds, too.
constexpr int FirstYear = 1840;
constexpr int LastYear = 2099;

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

} // namespace

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

} // namespace pushscope
