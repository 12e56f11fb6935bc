#pragma once

#include "core/base/error.h"
#include "core/base/expected.h"
#include "core/base/target.h"
#include "core/capture/statistics.h"
#include "core/demo/demoserver.h"
#include "core/engine/engine.h"
#include "ui/frameticker.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pushscope {

/// What a window works on: a capture, the engine that fills it, and the demo server. The widgets read the capture and
/// post intents here.
class Workspace : public QObject
{
    Q_OBJECT
public:
    /// A capture of its own in the user's data folder, removed at the end; in memory where that folder can't be
    /// written.
    explicit Workspace(QObject *parent = nullptr);
    /// Over a capture that somebody else fills: nothing can be opened.
    explicit Workspace(std::shared_ptr<Capture> capture, QObject *parent = nullptr);
    ~Workspace() override;

    [[nodiscard]] const std::shared_ptr<Capture> &capture() const { return m_capture; }
    [[nodiscard]] const Statistics &statistics() const { return m_statistics; }
    [[nodiscard]] FrameTicker &ticker() { return *m_ticker; }
    /// Why there is no capture in the user's data folder.
    [[nodiscard]] const std::optional<Error> &captureError() const { return m_captureError; }
    [[nodiscard]] bool isLive() const { return m_engine != nullptr; }

    /// A session of its own, or the one that was prepared for the same target and still is idle; connects it.
    SessionId open(const Target &target);
    /// As open(), but the session is idle until somebody connects it.
    SessionId prepare(const Target &target);
    void post(SessionId session, const Intent &intent);
    /// Ends a session for good; its records stay.
    void remove(SessionId session);
    /// What a session was opened with, before it got a name of its own, with the rules of reconnecting and the idle
    /// time-out that were set since; nullptr for one that is only in the capture.
    [[nodiscard]] const Target *targetOf(SessionId session) const;
    /// What all sessions that were not removed were opened with, in their order; those of the demo server end with it.
    [[nodiscard]] std::vector<Target> targets() const;
    /// Ends every session with its closing handshake; closed() follows.
    void shutdown();
    [[nodiscard]] bool hasOpenSessions() const;

    Expected<DemoAddresses, Error> startDemo();
    void stopDemo();
    [[nodiscard]] bool isDemoRunning() const { return m_demo && m_demo->isRunning(); }
    [[nodiscard]] const DemoServer *demo() const { return m_demo.get(); }
    /// Whether a URL is the running demo server's.
    [[nodiscard]] bool isDemo(const Url &url) const;
    /// A target for a path of the running demo server: paths under /ws are WebSocket.
    [[nodiscard]] std::optional<Target> demoTarget(const std::string &path, const std::string &name) const;

Q_SIGNALS:
    void sessionAdded(pushscope::SessionId session);
    void demoChanged();
    void captureFailed(const pushscope::Error &error);
    void closed();

private:
    void connectEngine();
    SessionId add(const Target &target, bool connect);
    [[nodiscard]] std::string nameFor(const Target &target) const;

    std::shared_ptr<Capture> m_capture;
    bool m_ownsFolder = false;
    std::optional<Error> m_captureError;
    Statistics m_statistics;
    std::unique_ptr<FrameTicker> m_ticker;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<DemoServer> m_demo;
    struct Opened
    {
        Target target;
        std::string name;
        bool isPrepared = false; ///< and nobody has connected it yet
    };
    std::map<std::uint32_t, Opened> m_opened; ///< by session
};

} // namespace pushscope
