#include "core/base/url.h"

#include "core/base/ascii.h"
#include "core/base/urlreference.h"

#include <QByteArray>
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

std::string_view withoutControlsAround(std::string_view text)
{
    while (!text.empty() && isControlOrSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isControlOrSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// "localhost:8080/x" looks like a URL of the scheme "localhost"; nobody means that.
bool isPort(std::string_view path)
{
    const std::string_view port = path.substr(0, path.find('/'));
    return !port.empty() && std::ranges::all_of(port, isDigit);
}

Error missingScheme(std::string_view text)
{
    return invalid(quoted(text) + " has no scheme; try http://" + std::string(text));
}

/// What a request line can't carry goes percent-encoded: spaces, control characters, what is no ASCII (RFC 3986
/// section 2.1). All else goes out as it was written.
std::string requestTarget(const UrlReference &parts)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string written(parts.path.empty() ? "/" : parts.path);
    if (parts.query)
        written.append("?").append(*parts.query);
    std::string target;
    target.reserve(written.size());
    for (const char c : written) {
        const auto byte = static_cast<unsigned char>(c);
        if (isControlOrSpace(c) || byte >= 0x80)
            target.append({'%', digits[byte >> 4], digits[byte & 0xF]});
        else
            target += c;
    }
    return target;
}

std::string decoded(std::string_view text)
{
    const auto encoded = QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size()));
    return QByteArray::fromPercentEncoding(encoded).toStdString();
}

/// [user[:password]@]; what stands before the last '@', so that a password may hold one.
void takeUserinfo(std::string_view &authority, Url &url)
{
    const std::size_t end = authority.rfind('@');
    if (end == std::string_view::npos)
        return;
    const std::string_view userinfo = authority.substr(0, end);
    authority.remove_prefix(end + 1);
    const std::size_t colon = std::min(userinfo.find(':'), userinfo.size());
    url.user = decoded(userinfo.substr(0, colon));
    if (colon < userinfo.size())
        url.password = decoded(userinfo.substr(colon + 1));
}

/// host[:port], read by QUrl: it knows IDNA (RFC 5891) and the forms of addresses.
Expected<void, Error> takeHost(std::string_view hostAndPort, const Scheme &scheme, std::string_view typed, Url &url)
{
    const std::string text = std::string(scheme.name) + "://" + std::string(hostAndPort);
    const QUrl parsed(QString::fromStdString(text), QUrl::TolerantMode);
    if (!parsed.isValid())
        return invalid(quoted(typed) + " is not a URL: " + parsed.errorString().section(u';', 0, 0).toStdString());
    url.host = parsed.host(QUrl::FullyEncoded).toStdString();
    if (url.host.empty())
        return invalid(quoted(typed) + " names no host");
    if (const std::size_t zone = url.host.find("%25"); url.host.find(':') != std::string::npos && zone != url.host.npos)
        url.host.replace(zone, 3, "%"); // RFC 6874 section 2
    const int port = parsed.port(scheme.port);
    if (port == 0)
        return invalid(quoted(typed) + " names port 0, which nobody can connect to");
    url.port = static_cast<std::uint16_t>(port);
    return {};
}

Expected<Url, Error> fromText(std::string_view text, std::string_view typed)
{
    const UrlReference parts = splitReference(text);
    Url url;
    url.scheme = lowered(parts.scheme.value_or(""));
    const Scheme *scheme = findScheme(url.scheme);
    if (!scheme)
        return invalid("the scheme " + quoted(url.scheme) + " is not supported; use http, https, ws or wss");
    if (!parts.authority)
        return invalid(quoted(typed) + " names no host: two slashes follow the scheme of a URL");
    std::string_view authority = *parts.authority;
    takeUserinfo(authority, url);
    if (const auto taken = takeHost(authority, *scheme, typed, url); !taken)
        return taken.error();
    url.target = requestTarget(parts);
    return url;
}
} // namespace

std::string Url::authority() const
{
    const Scheme *known = findScheme(scheme);
    const std::string end = known && known->port == port ? "" : ':' + std::to_string(port);
    if (host.find(':') == std::string::npos)
        return host + end;
    return '[' + host.substr(0, host.find('%')) + ']' + end; // a zone means something here only (RFC 6874 section 3)
}

std::string Url::origin() const
{
    return (isSecure() ? "https://" : "http://") + authority();
}

std::string Url::text() const
{
    std::string whole = scheme + "://" + authority() + target;
    if (const std::size_t zone = host.find('%'); zone != std::string::npos)
        whole.insert(whole.find(']'), "%25" + host.substr(zone + 1));
    return whole;
}

Expected<Url, Error> parseUrl(std::string_view typed)
{
    const std::string_view text = withoutControlsAround(typed);
    if (text.empty())
        return invalid("the URL is empty");
    if (std::ranges::any_of(text, [](char c) { return c != ' ' && isControlOrSpace(c); }))
        return invalid("the URL holds a line break or another control character");
    const UrlReference parts = splitReference(text);
    if (!parts.scheme || (!parts.authority && isPort(parts.path)))
        return missingScheme(text);
    return fromText(text, text);
}

Expected<Url, Error> resolveUrl(const Url &base, std::string_view reference)
{
    const std::string_view text = withoutControlsAround(reference);
    return fromText(resolveReference(base.text(), text), text);
}

} // namespace pushscope
