#include "ui/dialogs/networkpages.h"

#include "ui/text/words.h"

#include <limits>

namespace pushscope {

namespace {

constexpr int LargestPort = 65535;
constexpr std::uint32_t Mebibyte = 1024 * 1024;
constexpr int LargestLimit = std::numeric_limits<std::uint32_t>::max() / Mebibyte;

QString fromUtf8(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

std::optional<ResolveOverride> resolveFrom(const QString &line)
{
    // HOST:PORT:ADDRESS; an IPv6 address has colons of its own.
    bool isNumber = false;
    const int port = line.section(u':', 1, 1).toInt(&isNumber);
    const QString host = line.section(u':', 0, 0).trimmed();
    const QString address = line.section(u':', 2).trimmed();
    if (!isNumber || port <= 0 || port > LargestPort || host.isEmpty() || address.isEmpty())
        return {};
    return ResolveOverride{host.toStdString(), std::uint16_t(port), address.toStdString()};
}

} // namespace

NetworkPage::NetworkPage(QWidget *parent)
    : RequestPage(parent), m_connect(number("timeoutConnect", words("Connect within"), QStringLiteral(" ms"))),
      m_firstByte(number("timeoutFirstByte", words("First byte within"), QStringLiteral(" ms"))),
      m_frameLimit(number("limitFrame", words("Largest frame"), QStringLiteral(" MiB"))),
      m_messageLimit(number("limitMessage", words("Largest message or event"), QStringLiteral(" MiB"))),
      m_proxyKind(choice(
          "proxyKind", words("Proxy"),
          {words("none"), words("as the environment says"), QStringLiteral("HTTP CONNECT"), QStringLiteral("SOCKS5")})),
      m_proxyHost(line("proxyHost", words("Proxy host"))), m_proxyPort(number("proxyPort", words("Proxy port"), {})),
      m_proxyUser(line("proxyUser", words("Proxy user"))),
      m_proxyPassword(secret("proxyPassword", words("Proxy password"))),
      m_resolve(RequestPage::text("resolve", words("Resolve"), QStringLiteral("example.com:443:127.0.0.1"), 3))
{
    m_proxyPort->setMaximum(LargestPort);
    for (QSpinBox *limit : {m_frameLimit, m_messageLimit})
        limit->setRange(1, LargestLimit);
    connect(m_proxyKind, &QComboBox::currentIndexChanged, this, [this](int kind) {
        const bool isNamed = kind >= int(ProxyOptions::Kind::HttpConnect);
        for (QWidget *field : std::initializer_list<QWidget *>{m_proxyHost, m_proxyPort, m_proxyUser, m_proxyPassword})
            field->setEnabled(isNamed);
    });
}

void NetworkPage::load(const Target &target)
{
    m_connect->setValue(int(target.timeouts.connect.count()));
    m_firstByte->setValue(int(target.timeouts.firstByte.count()));
    m_frameLimit->setValue(int(target.limits.frameBytes / Mebibyte));
    m_messageLimit->setValue(int(target.limits.messageBytes / Mebibyte));
    m_proxyKind->setCurrentIndex(-1);
    m_proxyKind->setCurrentIndex(int(target.proxy.kind));
    m_proxyHost->setText(fromUtf8(target.proxy.host));
    m_proxyPort->setValue(target.proxy.port);
    m_proxyUser->setText(fromUtf8(target.proxy.user));
    m_proxyPassword->setText(fromUtf8(target.proxy.password));
    QStringList lines;
    for (const ResolveOverride &entry : target.resolve)
        lines += QStringLiteral("%1:%2:%3").arg(fromUtf8(entry.host)).arg(entry.port).arg(fromUtf8(entry.address));
    m_resolve->setPlainText(lines.join(u'\n'));
}

void NetworkPage::store(Target &target) const
{
    target.timeouts.connect = Milliseconds(m_connect->value());
    target.timeouts.firstByte = Milliseconds(m_firstByte->value());
    target.limits.frameBytes = std::uint32_t(m_frameLimit->value()) * Mebibyte;
    target.limits.messageBytes = std::uint32_t(m_messageLimit->value()) * Mebibyte;
    target.proxy.kind = ProxyOptions::Kind(m_proxyKind->currentIndex());
    target.proxy.host = m_proxyHost->text().trimmed().toStdString();
    target.proxy.port = std::uint16_t(m_proxyPort->value());
    target.proxy.user = m_proxyUser->text().toStdString();
    target.proxy.password = m_proxyPassword->text().toStdString();
    target.resolve.clear();
    for (const QString &line : m_resolve->toPlainText().split(u'\n', Qt::SkipEmptyParts)) {
        if (const auto entry = resolveFrom(line))
            target.resolve.push_back(*entry);
    }
}

TlsPage::TlsPage(QWidget *parent)
    : RequestPage(parent), m_caFile(file("tlsCaFile", words("Trusted authorities (PEM)"))),
      m_certificate(file("tlsCertificate", words("Client certificate"))), m_key(file("tlsKey", words("Its key"))),
      m_passphrase(secret("tlsPassphrase", words("Passphrase"))),
      m_minimum(choice("tlsMinimum", words("At least"), {QStringLiteral("TLS 1.2"), QStringLiteral("TLS 1.3")})),
      m_keyLog(file("tlsKeyLog", words("Key log (NSS lines are appended)"))),
      m_insecure(check("tlsInsecure", words("Accept any certificate (the capture says so)")))
{
}

void TlsPage::load(const Target &target)
{
    m_caFile->setText(fromUtf8(target.tls.caFile));
    m_certificate->setText(fromUtf8(target.tls.certificateFile));
    m_key->setText(fromUtf8(target.tls.keyFile));
    m_passphrase->setText(fromUtf8(target.tls.passphrase));
    m_minimum->setCurrentIndex(target.tls.minimumVersion == 13 ? 1 : 0);
    m_keyLog->setText(fromUtf8(target.tls.keyLogFile));
    m_insecure->setChecked(target.tls.insecure);
}

void TlsPage::store(Target &target) const
{
    target.tls.caFile = m_caFile->text().toStdString();
    target.tls.certificateFile = m_certificate->text().toStdString();
    target.tls.keyFile = m_key->text().toStdString();
    target.tls.passphrase = m_passphrase->text().toStdString();
    target.tls.minimumVersion = m_minimum->currentIndex() == 1 ? 13 : 12;
    target.tls.keyLogFile = m_keyLog->text().toStdString();
    target.tls.insecure = m_insecure->isChecked();
}

} // namespace pushscope
