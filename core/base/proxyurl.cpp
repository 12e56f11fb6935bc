#include "core/base/proxyurl.h"

#include <QString>
#include <QUrl>

#include <cstdint>
#include <string>

namespace pushscope {

namespace {
constexpr std::uint16_t PortWithoutOne = 1080; // what curl takes for every kind of proxy
} // namespace

Expected<ProxyOptions, Error> parseProxyUrl(std::string_view text)
{
    const bool hasScheme = text.find("://") != std::string_view::npos;
    const std::string whole = (hasScheme ? "" : "http://") + std::string(text);
    const QUrl url(QString::fromStdString(whole), QUrl::TolerantMode);
    if (!url.isValid() || url.host().isEmpty() || url.port() == 0)
        return Error{ErrorCode::UsageInvalid,
                     '"' + std::string(text) + "\" is not http://HOST:PORT or socks5://HOST:PORT"};
    ProxyOptions proxy;
    const QString scheme = url.scheme();
    if (scheme == QLatin1String("http"))
        proxy.kind = ProxyOptions::Kind::HttpConnect;
    else if (scheme == QLatin1String("socks5") || scheme == QLatin1String("socks5h"))
        proxy.kind = ProxyOptions::Kind::Socks5;
    else
        return Error{ErrorCode::NotSupported,
                     "a proxy of the kind \"" + scheme.toStdString() + "\" is not supported; use http or socks5"};
    proxy.host = url.host(QUrl::FullyEncoded).toStdString();
    proxy.port = static_cast<std::uint16_t>(url.port(PortWithoutOne));
    proxy.user = url.userName(QUrl::FullyDecoded).toStdString();
    proxy.password = url.password(QUrl::FullyDecoded).toStdString();
    return proxy;
}

} // namespace pushscope
