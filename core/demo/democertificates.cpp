#include "core/demo/democertificates.h"

#include "core/wire/tls/certificateauthority.h"
#include "core/wire/tls/tlschannel.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QSslCertificate>

#include <algorithm>
#include <optional>
#include <utility>

namespace pushscope::demo {

namespace {

constexpr qint64 kMaximumPem = 1024 * 1024;
constexpr int kDaysLeft = 2; // a server started today should last the day

std::optional<std::string> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > kMaximumPem)
        return std::nullopt;
    return file.readAll().toStdString();
}

/// Written beside and then renamed: a reader never sees half a file, and a key never has more rights than it should.
std::optional<Error> writeFile(const QString &path, const std::string &content, QFileDevice::Permissions permissions)
{
    QFile file(path + QStringLiteral(".new"));
    file.remove();
    const bool written =
        file.open(QIODevice::WriteOnly | QIODevice::NewOnly, permissions) &&
        file.write(content.data(), static_cast<qint64>(content.size())) == static_cast<qint64>(content.size()) &&
        file.flush();
    file.close();
    if (written && (!QFile::exists(path) || QFile::remove(path)) && file.rename(path))
        return std::nullopt;
    return Error{ErrorCode::FileUnwritable,
                 "cannot write " + path.toStdString() + ": " + file.errorString().toStdString()};
}

TlsConfig serverConfig(const DemoCertificates &certificates)
{
    TlsConfig config;
    config.role = Role::Server;
    config.certificateChain = certificates.chain;
    config.privateKey = certificates.privateKey;
    return config;
}

bool isGood(const DemoCertificates &certificates)
{
    if (!TlsChannel::create(serverConfig(certificates)))
        return false;
    const QDateTime soon = QDateTime::currentDateTimeUtc().addDays(kDaysLeft);
    const auto chain = QSslCertificate::fromData(QByteArray::fromStdString(certificates.chain));
    const auto authority = QSslCertificate::fromData(QByteArray::fromStdString(certificates.authority));
    return chain.size() == 2 && authority.size() == 1 && chain.last() == authority.first() &&
           std::all_of(chain.begin(), chain.end(), [&](const QSslCertificate &certificate) {
               return certificate.effectiveDate() <= QDateTime::currentDateTimeUtc() && certificate.expiryDate() > soon;
           });
}

Expected<DemoCertificates, Error> ownCertificate(const DemoOptions &options)
{
    DemoCertificates certificates;
    for (const auto &[name, content] : {std::pair{&options.certificateFile, &certificates.chain},
                                        std::pair{&options.keyFile, &certificates.privateKey}}) {
        const auto read = readFile(QString::fromStdString(*name));
        if (!read)
            return Error{ErrorCode::FileUnreadable, "cannot read " + *name};
        *content = *read;
    }
    if (const auto channel = TlsChannel::create(serverConfig(certificates)); !channel)
        return channel.error();
    return certificates;
}

Expected<DemoCertificates, Error> madeCertificates()
{
    auto made = makeLocalCertificates();
    if (!made)
        return made.error();
    return DemoCertificates{std::move(made->chain), std::move(made->privateKey), std::move(made->authority), {}};
}

} // namespace

Expected<DemoCertificates, Error> demoCertificates(const DemoOptions &options)
{
    if (!options.certificateFile.empty() || !options.keyFile.empty())
        return ownCertificate(options);
    if (options.dataFolder.empty())
        return madeCertificates();

    const QDir folder(QString::fromStdString(options.dataFolder));
    const QString caFile = folder.absoluteFilePath(QStringLiteral("demo-ca.pem"));
    const QString chainFile = folder.absoluteFilePath(QStringLiteral("demo-server.pem"));
    const QString keyFile = folder.absoluteFilePath(QStringLiteral("demo-server.key"));
    const auto authority = readFile(caFile);
    const auto chain = readFile(chainFile);
    const auto key = readFile(keyFile);
    if (authority && chain && key) {
        DemoCertificates kept{*chain, *key, *authority, caFile.toStdString()};
        if (isGood(kept))
            return kept;
    }

    auto made = madeCertificates();
    if (!made)
        return made;
    if (!folder.mkpath(QStringLiteral(".")))
        return Error{ErrorCode::FileUnwritable, "cannot make the folder " + options.dataFolder};
    constexpr QFileDevice::Permissions mine = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    constexpr QFileDevice::Permissions everyones = mine | QFileDevice::ReadGroup | QFileDevice::ReadOther;
    auto failure = writeFile(keyFile, made->privateKey, mine);
    if (!failure)
        failure = writeFile(chainFile, made->chain, everyones);
    if (!failure)
        failure = writeFile(caFile, made->authority, everyones);
    if (failure)
        return *failure;
    made->caFile = caFile.toStdString();
    return made;
}

} // namespace pushscope::demo
