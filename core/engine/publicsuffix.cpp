#include "core/engine/publicsuffix.h"

#include <QNetworkCookie>
#include <QNetworkCookieJar>
#include <QUrl>

namespace pushscope {

/// Qt keeps the list to itself; what its jar does with a cookie for the domain tells.
bool isPublicSuffix(std::string_view domain)
{
    const QString name = QString::fromUtf8(domain.data(), qsizetype(domain.size()));
    QNetworkCookie cookie("name", "value");
    cookie.setDomain(u'.' + name);
    cookie.setPath(QStringLiteral("/"));
    QUrl below;
    below.setScheme(QStringLiteral("http"));
    below.setHost(QStringLiteral("host.") + name);
    QNetworkCookieJar jar;
    return below.isValid() && !jar.setCookiesFromUrl({cookie}, below);
}

} // namespace pushscope
