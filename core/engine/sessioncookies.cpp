#include "core/engine/sessioncookies.h"

#include "core/engine/publicsuffix.h"
#include "core/engine/recorder.h"

#include <algorithm>
#include <set>

namespace pushscope {

namespace {

bool isCookieField(const HeaderField &field)
{
    return equalsIgnoreCase(field.name, "Cookie");
}

/// The names in the value of a Cookie field.
void addNames(std::string_view cookies, std::set<std::string_view> &names)
{
    while (!cookies.empty()) {
        const std::string_view pair = cookies.substr(0, cookies.find(';'));
        names.insert(trimmed(pair.substr(0, pair.find('=')), OptionalWhitespace));
        cookies.remove_prefix(std::min(pair.size() + 1, cookies.size()));
    }
}

} // namespace

SessionCookies::SessionCookies(bool enabled, const Moment &moment)
    : m_enabled(enabled), m_moment(moment), m_jar(isPublicSuffix)
{
}

void SessionCookies::take(const Url &url, const HttpHead &answer, Recorder &recorder, Seq record)
{
    if (!m_enabled)
        return;
    std::int64_t number = 0;
    for (const HeaderField &field : answer.headers) {
        if (!equalsIgnoreCase(field.name, "Set-Cookie"))
            continue;
        ++number;
        if (isRefused(m_jar.take(url, field.value, m_moment.wallSeconds(), record.value))) {
            const Finding refused{Rule::HttpCookieRefused, 0, 0, number};
            recorder.findings(record, 0, {&refused, 1});
        }
    }
}

std::vector<HeaderField> SessionCookies::addTo(std::vector<HeaderField> headers, const Url &url) const
{
    if (!m_enabled)
        return headers;
    std::set<std::string_view> typed;
    for (const HeaderField &field : headers) {
        if (isCookieField(field))
            addNames(field.value, typed);
    }
    std::string pairs;
    for (const Cookie &cookie : m_jar.cookiesFor(url, m_moment.wallSeconds())) {
        if (!typed.contains(cookie.name))
            pairs += (pairs.empty() ? "" : "; ") + cookie.name + '=' + cookie.value;
    }
    if (pairs.empty())
        return headers;
    const auto own = std::ranges::find_if(headers, isCookieField);
    if (own == headers.end())
        headers.push_back({"Cookie", std::move(pairs)});
    else
        own->value += (own->value.empty() ? "" : "; ") + pairs;
    return headers;
}

} // namespace pushscope
