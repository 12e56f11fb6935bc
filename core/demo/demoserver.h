#pragma once

#include "core/base/error.h"
#include "core/base/expected.h"

#include <QObject>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace pushscope {

struct DemoOptions
{
    std::uint16_t port = 8080; ///< 0 picks a free one
    std::uint16_t tlsPort = 8443;
    bool fallBackToFreePort = false; ///< the window: a port in use is no error
    std::string bindAddress;         ///< "": 127.0.0.1 and ::1
    std::string dataFolder; ///< where certificates are kept (server key mode 0600); "": made anew, kept in memory
    std::string certificateFile, keyFile;
    std::vector<std::string> allowedOrigins;
    std::uint64_t seed = 1;
};

/// Where a running server listens.
struct DemoAddresses
{
    std::string http, https, ws, wss;
    std::string caFile; ///< path of the authority's PEM, "" when it has no folder
    std::string caPem;
};

/// Counters for the panel.
struct DemoStatus
{
    std::uint32_t connections = 0, streams = 0;
    std::uint64_t eventsSent = 0;
};

/// One query item that a feed or scenario takes.
struct ScenarioParameter
{
    std::string name, range, meaning;
};
/// One thing to try against the server.
struct Scenario
{
    std::string id;    ///< "resume-after-drop"
    std::string group; ///< "Server-Sent Events", "Language models", "HTTP/2", "WebSocket", "Violations", ...
    std::string title;
    std::string watch;              ///< two sentences: what to watch
    std::vector<std::string> paths; ///< with query; opened relative to http or ws (paths under /ws)
    std::vector<ScenarioParameter> parameters;
    bool isOverHttp2 = false; ///< what it shows is there over HTTP/2 alone
    std::string method = "GET";
    std::string contentType = {}, body = {}; ///< of the request, when the method is POST
    bool isCoded = false;                    ///< a client that opens it had better offer content codings
};

/// The embedded server, on a thread of its own. Methods belong to the thread that made it.
class DemoServer : public QObject
{
    Q_OBJECT
public:
    explicit DemoServer(QObject *parent = nullptr);
    ~DemoServer() override;

    /// Starts listening; blocks until it does or can't (PortInUse, TlsConfig).
    Expected<DemoAddresses, Error> start(const DemoOptions &options);
    void stop();
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] const DemoAddresses &addresses() const;
    [[nodiscard]] DemoStatus status() const;
    [[nodiscard]] static const std::vector<Scenario> &scenarios();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace pushscope
