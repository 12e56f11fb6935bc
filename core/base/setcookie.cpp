#include "core/base/setcookie.h"

#include "core/base/headerfield.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace pushscope {

namespace {

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Section 5.1.1: %x09 / %x20-2F / %x3B-40 / %x5B-60 / %x7B-7E.
constexpr bool isDateDelimiter(char c)
{
    return c == '\t' || (c >= ' ' && c <= '/') || (c >= ';' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= '~');
}

/// `fewest` to `most` digits at the beginning, which no further digit follows; takes them off `text`.
std::optional<int> takeNumber(std::string_view &text, std::size_t fewest, std::size_t most)
{
    const auto end = std::find_if_not(text.begin(), text.end(), isDigit);
    const auto digits = static_cast<std::size_t>(end - text.begin());
    if (digits < fewest || digits > most)
        return {};
    int number = 0;
    std::from_chars(text.data(), text.data() + digits, number);
    text.remove_prefix(digits);
    return number;
}

/// The parts of a cookie-date in whatever order; the first that looks like one counts.
struct DateParts
{
    std::optional<std::chrono::seconds> time;
    std::optional<int> day, month, year;

    void take(std::string_view token)
    {
        if (!time && takeTime(token))
            return;
        std::string_view rest = token;
        if (!day && (day = takeNumber(rest, 1, 2)))
            return;
        if (!month && (month = monthOf(token)))
            return;
        rest = token;
        if (!year)
            year = takeNumber(rest, 2, 4);
    }

private:
    bool takeTime(std::string_view text)
    {
        std::array<int, 3> parts{};
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (i != 0) {
                if (!text.starts_with(':'))
                    return false;
                text.remove_prefix(1);
            }
            const auto number = takeNumber(text, 1, 2);
            if (!number)
                return false;
            parts[i] = *number;
        }
        if (parts[0] > 23 || parts[1] > 59 || parts[2] > 59)
            return false;
        time = std::chrono::hours(parts[0]) + std::chrono::minutes(parts[1]) + std::chrono::seconds(parts[2]);
        return true;
    }
    static std::optional<int> monthOf(std::string_view token)
    {
        static constexpr std::array<std::string_view, 12> names = {"jan", "feb", "mar", "apr", "may", "jun",
                                                                   "jul", "aug", "sep", "oct", "nov", "dec"};
        const auto found =
            std::ranges::find_if(names, [&](auto name) { return equalsIgnoreCase(token.substr(0, 3), name); });
        return found == names.end() ? std::nullopt : std::optional(static_cast<int>(found - names.begin()) + 1);
    }
};

/// Section 5.2.2: a number too large for us is the end of time.
std::optional<std::int64_t> secondsOf(std::string_view text)
{
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (end != text.data() + text.size() || text.empty() || error == std::errc::invalid_argument)
        return {};
    constexpr std::int64_t longest = 400ll * 24 * 60 * 60; // RFC 6265bis section 5.5 asks for such a limit
    return error == std::errc() ? std::clamp<std::int64_t>(seconds, 0, longest) : text.front() == '-' ? 0 : longest;
}

void takeAttribute(SetCookie &cookie, std::string_view name, std::string_view value)
{
    if (equalsIgnoreCase(name, "Expires")) {
        if (const auto date = parseCookieDate(value))
            cookie.expires = date;
    } else if (equalsIgnoreCase(name, "Max-Age")) {
        if (const auto seconds = secondsOf(value))
            cookie.maxAge = seconds;
    } else if (equalsIgnoreCase(name, "Domain")) {
        if (!value.empty())
            cookie.domain = lowered(value.starts_with('.') ? value.substr(1) : value);
    } else if (equalsIgnoreCase(name, "Path")) {
        cookie.path = value.starts_with('/') ? value : std::string_view();
    } else if (equalsIgnoreCase(name, "Secure")) {
        cookie.secure = true;
    } else if (equalsIgnoreCase(name, "HttpOnly")) {
        cookie.httpOnly = true;
    }
}

} // namespace

std::optional<std::int64_t> parseCookieDate(std::string_view text)
{
    DateParts parts;
    while (!text.empty()) {
        const auto begin = std::find_if_not(text.begin(), text.end(), isDateDelimiter);
        const auto end = std::find_if(begin, text.end(), isDateDelimiter);
        parts.take({begin, end});
        text = {end, text.end()};
    }
    if (!parts.time || !parts.day || !parts.month || !parts.year)
        return {};
    const int year = *parts.year + (*parts.year >= 70 && *parts.year <= 99 ? 1900 : *parts.year <= 69 ? 2000 : 0);
    const std::chrono::year_month_day date(std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(*parts.month)),
                                           std::chrono::day(static_cast<unsigned>(*parts.day)));
    if (year < 1601 || !date.ok())
        return {};
    return (std::chrono::sys_days(date).time_since_epoch() + *parts.time).count();
}

std::optional<SetCookie> parseSetCookie(std::string_view field)
{
    std::size_t end = std::min(field.find(';'), field.size());
    const std::string_view pair = field.substr(0, end);
    const std::size_t equals = pair.find('=');
    if (equals == pair.npos)
        return {};
    SetCookie cookie;
    cookie.name = trimmed(pair.substr(0, equals), OptionalWhitespace);
    cookie.value = trimmed(pair.substr(equals + 1), OptionalWhitespace);
    if (cookie.name.empty())
        return {};
    while (end < field.size()) {
        field.remove_prefix(end + 1);
        end = std::min(field.find(';'), field.size());
        const std::string_view attribute = field.substr(0, end);
        const std::size_t mark = std::min(attribute.find('='), attribute.size());
        takeAttribute(cookie, trimmed(attribute.substr(0, mark), OptionalWhitespace),
                      trimmed(attribute.substr(std::min(mark + 1, attribute.size())), OptionalWhitespace));
    }
    return cookie;
}

} // namespace pushscope
