#include "ui/windowstate.h"

#include "ui/targetjson.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace pushscope {

namespace {

bool isSame(const Target &a, const Target &b)
{
    return a.url.text() == b.url.text() && a.method == b.method && a.http == b.http;
}

} // namespace

WindowState::WindowState() : m_settings(QStringLiteral("Pushscope"), QStringLiteral("Pushscope"))
{
    load();
}

QByteArray WindowState::bytes(const char *key) const
{
    return m_settings.value(QLatin1String(key)).toByteArray();
}

void WindowState::setBytes(const char *key, const QByteArray &value)
{
    m_settings.setValue(QLatin1String(key), value);
}

QStringList WindowState::list(const char *key) const
{
    return m_settings.value(QLatin1String(key)).toStringList();
}

void WindowState::setList(const char *key, const QStringList &value)
{
    m_settings.setValue(QLatin1String(key), value);
}

Scheme WindowState::scheme() const
{
    return Scheme(qBound(0, m_settings.value(QStringLiteral("scheme")).toInt(), int(Scheme::Dark)));
}

void WindowState::setScheme(Scheme scheme)
{
    m_settings.setValue(QStringLiteral("scheme"), int(scheme));
}

void WindowState::load()
{
    const QByteArray json = bytes("recent");
    const QJsonArray array = QJsonDocument::fromJson(json).array();
    for (const auto &value : array) {
        const QJsonObject entry = value.toObject();
        if (const auto target = targetFromJson(entry[QStringLiteral("target")].toObject()))
            m_recent.push_back({*target, entry[QStringLiteral("used")].toInteger()});
    }
}

std::vector<Target> WindowState::openTargets() const
{
    std::vector<Target> targets;
    for (const auto &value : QJsonDocument::fromJson(bytes("openTargets")).array()) {
        if (const auto target = targetFromJson(value.toObject()))
            targets.push_back(*target);
    }
    return targets;
}

void WindowState::setOpenTargets(const std::vector<Target> &targets)
{
    QJsonArray array;
    for (const Target &target : targets)
        array += toJson(target);
    setBytes("openTargets", QJsonDocument(array).toJson(QJsonDocument::Compact));
}

void WindowState::save()
{
    QJsonArray array;
    for (const RecentTarget &recent : m_recent)
        array +=
            QJsonObject{{QStringLiteral("target"), toJson(recent.target)}, {QStringLiteral("used"), recent.lastUsed}};
    setBytes("recent", QJsonDocument(array).toJson(QJsonDocument::Compact));
}

void WindowState::remember(const Target &target, qint64 now)
{
    std::erase_if(m_recent, [&target](const RecentTarget &recent) { return isSame(recent.target, target); });
    // Through its file form: what is forgotten at the next start should not be there until then either.
    if (const auto kept = targetFromJson(toJson(target)))
        m_recent.insert(m_recent.begin(), {*kept, now});
    m_recent.resize(std::min(m_recent.size(), RecentLimit));
    save();
}

void WindowState::forget(const Target &target)
{
    std::erase_if(m_recent, [&target](const RecentTarget &recent) { return isSame(recent.target, target); });
    save();
}

} // namespace pushscope
