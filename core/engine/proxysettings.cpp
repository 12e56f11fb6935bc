#include "core/engine/proxysettings.h"

#include "core/base/ascii.h"
#include "core/base/proxyurl.h"

#include <QHostAddress>
#include <QString>

#include <algorithm>

namespace pushscope {

namespace {

QString text(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

bool coversAddress(std::string_view entry, const QHostAddress &host)
{
    const QString pattern = text(entry);
    if (!pattern.contains(u'/'))
        return QHostAddress(pattern) == host;
    const auto subnet = QHostAddress::parseSubnet(pattern);
    return subnet.second >= 0 && host.isInSubnet(subnet);
}

bool coversName(std::string_view entry, std::string_view host)
{
    if (entry.starts_with('.'))
        entry.remove_prefix(1);
    if (entry.empty() || !host.ends_with(entry))
        return false;
    return host.size() == entry.size() || host[host.size() - entry.size() - 1] == '.';
}

std::optional<std::string> firstSet(const Environment &environment, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        auto value = environment(name);
        if (value && !value->empty())
            return value;
    }
    return std::nullopt;
}

} // namespace

bool isExempt(std::string_view noProxy, std::string_view host)
{
    const std::string name = lowered(host);
    const QHostAddress address(text(name));
    std::size_t at = 0;
    while (at < noProxy.size()) {
        const std::size_t end = std::min(noProxy.find_first_of(", \t", at), noProxy.size());
        std::string entry = lowered(noProxy.substr(at, end - at));
        at = end + 1;
        if (entry.empty())
            continue;
        if (entry.size() > 2 && entry.front() == '[' && entry.back() == ']')
            entry = entry.substr(1, entry.size() - 2);
        if (entry == "*" || (address.isNull() ? coversName(entry, name) : coversAddress(entry, address)))
            return true;
    }
    return false;
}

Expected<ProxyOptions, Error> proxyFor(const Url &url, const ProxyOptions &wanted, const Environment &environment)
{
    if (wanted.kind != ProxyOptions::Kind::FromEnvironment)
        return wanted;
    ProxyOptions none;
    none.kind = ProxyOptions::Kind::None;
    auto value =
        url.isSecure() ? firstSet(environment, {"https_proxy", "HTTPS_PROXY"}) : firstSet(environment, {"http_proxy"});
    if (!value)
        value = firstSet(environment, {"all_proxy", "ALL_PROXY"});
    if (!value || isExempt(firstSet(environment, {"no_proxy", "NO_PROXY"}).value_or(""), url.host))
        return none;
    return parseProxyUrl(*value);
}

} // namespace pushscope
