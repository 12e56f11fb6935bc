#include "ui/workspace.h"

#include "ui/text/streamname.h"

#include "core/base/clock.h"

#include <QDir>
#include <QStandardPaths>

#include <system_error>
#include <variant>

namespace pushscope {

namespace {

struct MadeCapture
{
    std::shared_ptr<Capture> capture;
    std::optional<Error> error;
};

std::filesystem::path dataFolder(const QString &name)
{
    const QString base = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    return (base + u'/' + name).toStdString();
}

MadeCapture makeCapture()
{
    const SystemClock clock;
    const std::filesystem::path parent = dataFolder(QStringLiteral("captures"));
    QDir().mkpath(QString::fromStdString(parent.string()));
    auto made = Capture::create({.parent = parent}, clock);
    if (made)
        return {*made, {}};
    auto inMemory = Capture::create({}, clock);
    if (!inMemory)
        qFatal("no memory for a capture: %s", inMemory.error().detail.c_str());
    return {*inMemory, made.error()};
}

} // namespace

Workspace::Workspace(QObject *parent) : Workspace(nullptr, parent) {}

Workspace::Workspace(std::shared_ptr<Capture> capture, QObject *parent)
    : QObject(parent), m_capture(std::move(capture)), m_statistics(m_capture)
{
    if (!m_capture) {
        const MadeCapture made = makeCapture();
        m_capture = made.capture;
        m_captureError = made.error;
        m_statistics = Statistics(m_capture);
        m_ownsFolder = !m_capture->folder().empty();
        m_engine = std::make_unique<Engine>(m_capture);
        connectEngine();
    }
    m_ticker = std::make_unique<FrameTicker>(m_capture);
}

Workspace::~Workspace()
{
    m_engine.reset(); // the writer goes before what it writes
    m_demo.reset();
    if (m_ownsFolder) {
        std::error_code ignored;
        std::filesystem::remove_all(m_capture->folder(), ignored);
    }
}

void Workspace::connectEngine()
{
    connect(m_engine.get(), &Engine::captureFailed, this, &Workspace::captureFailed);
    connect(m_engine.get(), &Engine::finished, this, &Workspace::closed);
}

SessionId Workspace::open(const Target &target)
{
    for (const auto &[session, opened] : m_opened) {
        if (opened.isPrepared && opened.target == target) {
            post(SessionId(session), intent::Connect{});
            return SessionId(session);
        }
    }
    return add(target, true);
}

SessionId Workspace::prepare(const Target &target)
{
    return add(target, false);
}

SessionId Workspace::add(const Target &target, bool connect)
{
    if (!m_engine)
        return {};
    Target asked = target;
    if (isDemo(asked.url) && asked.url.isSecure())
        asked.tls.extraCas = {m_demo->addresses().caPem};
    Target named = asked;
    named.name = nameFor(asked);
    const SessionId session = connect ? m_engine->open(named) : m_engine->prepare(named);
    m_opened.emplace(session.value, Opened{asked, named.name, !connect});
    Q_EMIT sessionAdded(session);
    return session;
}

std::string Workspace::nameFor(const Target &target) const
{
    std::map<std::string, Target> others;
    for (const auto &[session, opened] : m_opened)
        others.emplace(opened.name, opened.target);
    return streamName(target, others);
}

void Workspace::post(SessionId session, const Intent &intent)
{
    if (!m_engine || !session.isValid())
        return;
    if (const auto found = m_opened.find(session.value); found != m_opened.end()) {
        found->second.isPrepared = found->second.isPrepared && !std::holds_alternative<intent::Connect>(intent);
        if (const auto *rules = std::get_if<intent::SetReconnection>(&intent))
            found->second.target.reconnection = rules->policy;
        else if (const auto *watchdog = std::get_if<intent::SetIdleTimeout>(&intent))
            found->second.target.timeouts.idle = watchdog->time;
    }
    m_engine->post(session, intent);
}

void Workspace::remove(SessionId session)
{
    if (m_engine)
        m_engine->remove(session);
    m_opened.erase(session.value);
}

const Target *Workspace::targetOf(SessionId session) const
{
    const auto found = m_opened.find(session.value);
    return found == m_opened.end() ? nullptr : &found->second.target;
}

std::vector<Target> Workspace::targets() const
{
    std::vector<Target> targets;
    for (const auto &[session, opened] : m_opened) {
        if (!isDemo(opened.target.url))
            targets.push_back(opened.target);
    }
    return targets;
}

bool Workspace::hasOpenSessions() const
{
    if (!m_engine)
        return false;
    for (const SessionSummary &session : m_statistics.sessions()) {
        if (session.state != SessionState::Closed && session.state != SessionState::Failed &&
            session.state != SessionState::Idle)
            return true;
    }
    return false;
}

void Workspace::shutdown()
{
    if (m_engine)
        m_engine->shutdown(Milliseconds(1000));
}

Expected<DemoAddresses, Error> Workspace::startDemo()
{
    if (isDemoRunning())
        return m_demo->addresses();
    if (!m_demo)
        m_demo = std::make_unique<DemoServer>();
    DemoOptions options;
    options.fallBackToFreePort = true;
    options.dataFolder = dataFolder(QStringLiteral("demo")).string();
    auto started = m_demo->start(options);
    Q_EMIT demoChanged();
    return started;
}

void Workspace::stopDemo()
{
    if (m_demo)
        m_demo->stop();
    Q_EMIT demoChanged();
}

bool Workspace::isDemo(const Url &url) const
{
    if (!isDemoRunning())
        return false;
    const DemoAddresses &addresses = m_demo->addresses();
    const auto own = parseUrl(url.isSecure() ? addresses.https : addresses.http);
    const bool isLoopback = url.host == "localhost" || url.host == "127.0.0.1" || url.host == "::1";
    return own && isLoopback && own->port == url.port;
}

std::optional<Target> Workspace::demoTarget(const std::string &path, const std::string &name) const
{
    if (!isDemoRunning())
        return {};
    const bool isWebSocket = path.starts_with("/ws");
    const DemoAddresses &addresses = m_demo->addresses();
    const auto url = parseUrl((isWebSocket ? addresses.ws : addresses.http) + path);
    if (!url)
        return {};
    Target target;
    target.url = *url;
    target.name = name;
    return target;
}

} // namespace pushscope
