#include "core/engine/tlsmemory.h"

#include <QFile>

#include <functional>
#include <string_view>

namespace pushscope {

namespace {

Expected<std::string, Error> readAll(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::TlsConfig, "can't read '" + path + "': " + file.errorString().toStdString()};
    return file.readAll().toStdString();
}

bool isPem(const std::string &bytes)
{
    return bytes.find("-----BEGIN ") != std::string::npos;
}

Expected<std::function<void(std::string_view)>, Error> keyLogTo(const std::string &path)
{
    auto file = std::make_shared<QFile>(QString::fromStdString(path));
    const bool isNew = !file->exists();
    if (!file->open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        return Error{ErrorCode::TlsConfig, "can't write '" + path + "': " + file->errorString().toStdString()};
    if (isNew) // whoever reads it reads the traffic
        file->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return std::function<void(std::string_view)>([file](std::string_view line) {
        QByteArray whole(line.data(), static_cast<qsizetype>(line.size()));
        file->write(whole.append('\n'));
    });
}

Expected<void, Error> readIdentity(const TlsOptions &options, TlsConfig &config)
{
    if (options.certificateFile.empty())
        return {};
    auto certificate = readAll(options.certificateFile);
    if (!certificate)
        return certificate.error();
    if (certificate->empty())
        return Error{ErrorCode::TlsConfig, "the certificate file '" + options.certificateFile + "' is empty"};
    if (!isPem(*certificate)) {
        config.pkcs12 = std::move(*certificate);
        return {};
    }
    // One PEM file may hold both.
    auto key = options.keyFile.empty() ? certificate : readAll(options.keyFile);
    if (!key)
        return key.error();
    config.certificateChain = std::move(*certificate);
    config.privateKey = std::move(*key);
    return {};
}

Expected<TlsConfig, Error> configFor(const Url &url, const TlsOptions &options)
{
    TlsConfig config;
    config.serverName = url.host.substr(0, url.host.find('%')); // no certificate knows our zones
    config.alpn = options.alpn.empty() ? std::vector<std::string>{"http/1.1"} : options.alpn;
    config.verify = !options.insecure;
    config.systemStore = options.caFile.empty();
    config.trusted = options.extraCas;
    config.passphrase = options.passphrase;
    config.minimumVersion = options.minimumVersion;
    if (!options.caFile.empty()) {
        auto authority = readAll(options.caFile);
        if (!authority)
            return authority.error();
        config.trusted.push_back(std::move(*authority));
    }
    if (const auto identity = readIdentity(options, config); !identity)
        return identity.error();
    const std::string keyLogFile =
        options.keyLogFile.empty() ? qgetenv("SSLKEYLOGFILE").toStdString() : options.keyLogFile;
    if (!keyLogFile.empty()) {
        auto keyLog = keyLogTo(keyLogFile);
        if (!keyLog)
            return keyLog.error();
        config.keyLog = std::move(*keyLog);
    }
    return config;
}

} // namespace

Expected<std::shared_ptr<const TlsContext>, Error> TlsMemory::contextFor(const Url &url, const TlsOptions &options)
{
    if (m_context != nullptr && m_host == url.host)
        return m_context;
    auto config = configFor(url, options);
    if (!config)
        return config.error();
    auto context = TlsContext::create(std::move(*config));
    if (!context)
        return context.error();
    m_host = url.host;
    m_context = std::move(*context);
    m_session.clear();
    return m_context;
}

void TlsMemory::remember(std::string session)
{
    if (!session.empty())
        m_session = std::move(session);
}

} // namespace pushscope
