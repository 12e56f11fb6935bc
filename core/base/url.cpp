#include "core/base/url.h"

#include <QString>
#include <QUrl>

#include <algorithm>
#include <array>

namespace pushscope {

namespace {
struct Scheme
{
    std::string_view name;
    std::uint16_t port;
};
constexpr std::array<Scheme, 4> schemes{{{"http", 80}, {"https", 443}, {"ws", 80}, {"wss", 443}}};

const Scheme *findScheme(std::string_view name)
{
    const auto found = std::ranges::find(schemes, name, &Scheme::name);
    return found == schemes.end() ? nullptr : found;
}

Error invalid(std::string detail)
{
    return {ErrorCode::UrlInvalid, std::move(detail)};
}

std::string quoted(std::string_view text)
{
    return '"' + std::string(text) + '"';
}

bool isControlOrSpace(char c)
{
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isControlOrSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isControlOrSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

bool isAlpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Length of the scheme that a text begins with (RFC 3986 section 3.1); 0 when it has none.
std::size_t schemeLength(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || !isAlpha(text[0]))
        return 0;
    const bool wellFormed = std::ranges::all_of(
        text.substr(0, colon), [](char c) { return isAlpha(c) || isDigit(c) || c == '+' || c == '-' || c == '.'; });
    return wellFormed ? colon : 0;
}

/// "localhost:8080/x" looks like a URL of the scheme "localhost"; nobody means that.
bool isPortAfter(std::string_view rest)
{
    const std::string_view port = rest.substr(0, rest.find_first_of("/?#"));
    return !port.empty() && std::ranges::all_of(port, isDigit);
}

Error missingScheme(std::string_view text)
{
    return invalid(quoted(text) + " has no scheme; try http://" + std::string(text));
}

Expected<Url, Error> fromQUrl(const QUrl &url, std::string_view typed)
{
    if (!url.isValid())
        return invalid(quoted(typed) + " is not a URL: " + url.errorString().section(u';', 0, 0).toStdString());
    const std::string name = url.scheme().toStdString();
    const Scheme *scheme = findScheme(name);
    if (!scheme)
        return invalid("the scheme " + quoted(name) + " is not supported; use http, https, ws or wss");
    Url result;
    result.scheme = name;
    result.host = url.host(QUrl::FullyEncoded).toStdString();
    if (result.host.empty())
        return invalid(quoted(typed) + " names no host");
    const int port = url.port(scheme->port);
    if (port == 0)
        return invalid(quoted(typed) + " names port 0, which nobody can connect to");
    result.port = static_cast<std::uint16_t>(port);
    result.target = url.path(QUrl::FullyEncoded).toStdString();
    if (result.target.empty())
        result.target = "/";
    if (url.hasQuery())
        result.target += '?' + url.query(QUrl::FullyEncoded).toStdString();
    result.user = url.userName(QUrl::FullyDecoded).toStdString();
    result.password = url.password(QUrl::FullyDecoded).toStdString();
    return result;
}

QUrl toQUrl(std::string_view text)
{
    return QUrl(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())), QUrl::TolerantMode);
}
} // namespace

std::string Url::authority() const
{
    std::string result = host.find(':') == std::string::npos ? host : '[' + host + ']';
    const Scheme *known = findScheme(scheme);
    if (!known || known->port != port)
        result += ':' + std::to_string(port);
    return result;
}

std::string Url::origin() const
{
    return (isSecure() ? "https://" : "http://") + authority();
}

std::string Url::text() const
{
    return scheme + "://" + authority() + target;
}

Expected<Url, Error> parseUrl(std::string_view typed)
{
    const std::string_view text = trimmed(typed);
    if (text.empty())
        return invalid("the URL is empty");
    if (std::ranges::any_of(text, [](char c) { return c != ' ' && isControlOrSpace(c); }))
        return invalid("the URL holds a line break or another control character");
    const std::size_t length = schemeLength(text);
    const std::string_view rest = length == 0 ? text : text.substr(length + 1);
    if (length == 0 || (!rest.starts_with("//") && isPortAfter(rest)))
        return missingScheme(text);
    const QUrl url = toQUrl(text);
    if (findScheme(url.scheme().toStdString()) && !rest.starts_with("//"))
        return invalid(quoted(text) + " names no host: two slashes follow the scheme of a URL");
    return fromQUrl(url, text);
}

Expected<Url, Error> resolveUrl(const Url &base, std::string_view reference)
{
    const std::string_view text = trimmed(reference);
    const QUrl relative = toQUrl(text);
    if (!relative.isValid() && !text.empty())
        return invalid(quoted(text) + " is not a URL: " + relative.errorString().section(u';', 0, 0).toStdString());
    return fromQUrl(toQUrl(base.text()).resolved(relative), text);
}

} // namespace pushscope
