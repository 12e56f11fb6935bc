#include "core/demo/parameters.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace pushscope::demo {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// A "%" that no two hex digits follow stands for itself, as in WHATWG URL 1.3.
std::string percentDecoded(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0) {
            out += static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

std::optional<std::uint64_t> parseNumber(std::string_view text)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

ParameterRefusal refusal(const ParameterSpec &spec)
{
    const std::string name(spec.name);
    return {name, spec.range(), name + " must be " + spec.range()};
}

ParameterRefusal unknownName(const std::string &name, std::span<const ParameterSpec> specs)
{
    std::string names;
    for (const ParameterSpec &spec : specs)
        names += (names.empty() ? "" : ", ") + std::string(spec.name);
    const std::string shown = utf8Lossy(name.substr(0, 64));
    if (names.empty())
        return {shown, "none", "there is no parameter " + shown + " here; nothing is taken"};
    return {shown, "none", "there is no parameter " + shown + " here; there are " + names};
}

} // namespace

std::vector<QueryItem> parseQuery(std::string_view query)
{
    std::vector<QueryItem> items;
    while (!query.empty()) {
        const std::string_view item = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), item.size() + 1));
        if (item.empty())
            continue;
        const std::size_t equals = item.find('=');
        const std::string_view value = equals == std::string_view::npos ? std::string_view() : item.substr(equals + 1);
        items.push_back({percentDecoded(item.substr(0, equals)), percentDecoded(value)});
    }
    return items;
}

std::string ParameterSpec::range() const
{
    switch (kind) {
    case Kind::Number: return std::to_string(minimum) + " to " + std::to_string(maximum);
    case Kind::Word: {
        std::string list;
        for (std::size_t i = 0; i < words.size(); ++i)
            list += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + std::string(words[i]);
        return list;
    }
    case Kind::Text: return "at most " + std::to_string(maximum) + " bytes of text";
    }
    return {};
}

ParameterSpec ParameterSpec::number(std::string_view name, std::uint64_t fallback, std::uint64_t minimum,
                                    std::uint64_t maximum, std::string_view meaning)
{
    return {name, Kind::Number, fallback, minimum, maximum, {}, meaning};
}

ParameterSpec ParameterSpec::word(std::string_view name, std::vector<std::string_view> words, std::string_view meaning)
{
    return {name, Kind::Word, 0, 0, 0, std::move(words), meaning};
}

ParameterSpec ParameterSpec::text(std::string_view name, std::string_view fallback, std::uint64_t maximumBytes,
                                  std::string_view meaning)
{
    return {name, Kind::Text, 0, 0, maximumBytes, {fallback}, meaning};
}

std::uint64_t Parameters::number(std::string_view name) const
{
    return m_values.find(name)->second.number;
}

const std::string &Parameters::text(std::string_view name) const
{
    return m_values.find(name)->second.text;
}

bool Parameters::isGiven(std::string_view name) const
{
    return m_values.find(name)->second.given;
}

Expected<Parameters, ParameterRefusal> readParameters(std::span<const QueryItem> query,
                                                      std::span<const ParameterSpec> specs)
{
    Parameters parameters;
    for (const ParameterSpec &spec : specs) {
        const std::string text(spec.words.empty() ? std::string_view() : spec.words.front());
        parameters.m_values.emplace(spec.name, Parameters::Value{text, spec.fallback, false});
    }
    for (const QueryItem &item : query) {
        const auto spec =
            std::find_if(specs.begin(), specs.end(), [&](const ParameterSpec &s) { return s.name == item.name; });
        if (spec == specs.end())
            return unknownName(item.name, specs);
        Parameters::Value &value = parameters.m_values.find(item.name)->second;
        if (value.given)
            return ParameterRefusal{item.name, spec->range(), item.name + " is given twice"};
        value.given = true;
        value.text = item.value;
        switch (spec->kind) {
        case ParameterSpec::Kind::Number: {
            const auto number = parseNumber(item.value);
            if (!number || *number < spec->minimum || *number > spec->maximum)
                return refusal(*spec);
            value.number = *number;
            break;
        }
        case ParameterSpec::Kind::Word:
            if (std::find(spec->words.begin(), spec->words.end(), item.value) == spec->words.end())
                return refusal(*spec);
            break;
        case ParameterSpec::Kind::Text:
            if (item.value.size() > spec->maximum || !isUtf8(item.value))
                return refusal(*spec);
            break;
        }
    }
    return parameters;
}

} // namespace pushscope::demo
