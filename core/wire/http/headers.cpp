#include "core/wire/http/headers.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <cstdint>

namespace pushscope {

namespace {

constexpr std::string_view httpWhitespace = " \t\r\n"; // WHATWG Fetch

/// Hands each non-empty element of a list to `take` until that returns true (RFC 9110 section 5.6.1.2).
template <class Take>
bool anyElement(std::string_view list, Take take)
{
    std::size_t begin = 0;
    bool quoted = false;
    for (std::size_t i = 0; i <= list.size(); ++i) {
        if (i < list.size() && list[i] == '"')
            quoted = !quoted;
        else if (i < list.size() && quoted && list[i] == '\\')
            ++i; // section 5.6.4: a quoted-pair hides the quote
        else if (i == list.size() || (list[i] == ',' && !quoted)) {
            const std::string_view element = trimmed(list.substr(begin, i - begin), OptionalWhitespace);
            if (!element.empty() && take(element))
                return true;
            begin = i + 1;
        }
    }
    return begin < list.size() && take(trimmed(list.substr(begin), OptionalWhitespace));
}

} // namespace

bool isToken(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (lowered(c) >= 'a' && lowered(c) <= 'z') ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}

void Headers::set(std::string_view name, std::string value)
{
    const auto matches = [name](const HeaderField &field) { return equalsIgnoreCase(field.name, name); };
    const auto first = std::find_if(m_fields.begin(), m_fields.end(), matches);
    if (first == m_fields.end()) {
        add(std::string(name), std::move(value));
        return;
    }
    first->name = name;
    first->value = std::move(value);
    m_fields.erase(std::remove_if(first + 1, m_fields.end(), matches), m_fields.end());
}

void Headers::remove(std::string_view name)
{
    std::erase_if(m_fields, [name](const HeaderField &field) { return equalsIgnoreCase(field.name, name); });
}

bool Headers::contains(std::string_view name) const
{
    return fieldNamed(m_fields, name) != nullptr;
}

std::optional<std::string_view> Headers::value(std::string_view name) const
{
    const HeaderField *field = fieldNamed(m_fields, name);
    return field ? std::optional<std::string_view>(field->value) : std::nullopt;
}

std::optional<std::string_view> Headers::lastValue(std::string_view name) const
{
    for (auto field = m_fields.rbegin(); field != m_fields.rend(); ++field) {
        if (equalsIgnoreCase(field->name, name))
            return field->value;
    }
    return std::nullopt;
}

std::string Headers::combined(std::string_view name) const
{
    std::string result;
    bool first = true;
    for (const HeaderField &field : m_fields) {
        if (!equalsIgnoreCase(field.name, name))
            continue;
        if (!first)
            result += ", ";
        result += field.value;
        first = false;
    }
    return result;
}

std::vector<std::string> Headers::list(std::string_view name) const
{
    std::vector<std::string> result;
    for (const HeaderField &field : m_fields) {
        if (!equalsIgnoreCase(field.name, name))
            continue;
        anyElement(field.value, [&result](std::string_view element) {
            result.emplace_back(element);
            return false;
        });
    }
    return result;
}

bool Headers::hasToken(std::string_view name, std::string_view token) const
{
    return std::any_of(m_fields.begin(), m_fields.end(), [name, token](const HeaderField &field) {
        return equalsIgnoreCase(field.name, name) &&
               anyElement(field.value, [token](std::string_view element) { return equalsIgnoreCase(element, token); });
    });
}

namespace {

/// Takes a quoted string off the front of `rest` (WHATWG Fetch, "collect an HTTP quoted string"): an end without quote
/// is fine.
std::string takeQuotedString(std::string_view &rest)
{
    std::string result;
    std::size_t i = 1;
    for (; i < rest.size() && rest[i] != '"'; ++i) {
        if (rest[i] == '\\' && i + 1 < rest.size())
            ++i;
        result += rest[i];
    }
    rest.remove_prefix(std::min(i + 1, rest.size()));
    return result;
}

/// Takes the text before the first of `stops`, or all of it, off the front.
std::string_view takeUntil(std::string_view &rest, std::string_view stops)
{
    const std::string_view taken = rest.substr(0, rest.find_first_of(stops));
    rest.remove_prefix(taken.size());
    return taken;
}

/// HTTP quoted-string token code points (WHATWG MIME Sniffing section 2), in the bytes of a field value.
bool isQuotedStringText(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<std::uint8_t>(c);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
    });
}

} // namespace

std::string mediaTypeEssence(std::string_view contentType)
{
    std::string_view rest = trimmed(contentType, httpWhitespace);
    const std::string_view type = takeUntil(rest, "/");
    if (!isToken(type) || rest.empty())
        return {};
    rest.remove_prefix(1);
    const std::string_view subtype = withoutTrailing(takeUntil(rest, ";"), httpWhitespace);
    if (!isToken(subtype))
        return {};
    return lowered(type) + '/' + lowered(subtype);
}

std::optional<std::string> mediaTypeParameter(std::string_view contentType, std::string_view name)
{
    std::string_view rest = trimmed(contentType, httpWhitespace);
    takeUntil(rest, ";");
    while (!rest.empty()) {
        rest.remove_prefix(1); // the ";"
        rest.remove_prefix(std::min(rest.find_first_not_of(httpWhitespace), rest.size()));
        const std::string_view found = takeUntil(rest, ";=");
        if (rest.empty() || rest.front() == ';')
            continue;
        rest.remove_prefix(1); // the "="
        std::string value;
        if (!rest.empty() && rest.front() == '"') {
            value = takeQuotedString(rest);
            takeUntil(rest, ";");
        } else {
            value = trimmed(takeUntil(rest, ";"), httpWhitespace);
            if (value.empty())
                continue;
        }
        if (equalsIgnoreCase(found, name) && isToken(found) && isQuotedStringText(value))
            return value;
    }
    return std::nullopt;
}

} // namespace pushscope
