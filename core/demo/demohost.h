#pragma once

#include "core/demo/democertificates.h"
#include "core/demo/democontext.h"
#include "core/demo/demolistener.h"
#include "core/demo/referenceserver.h"

#include <QObject>

#include <cstdint>
#include <memory>
#include <vector>

namespace pushscope::demo {

/// A running server: its ports, its connections and what they share. Lives on the server's thread.
class DemoHost : public QObject
{
    Q_OBJECT
public:
    DemoHost(const DemoOptions &options, DemoCounters &counters);
    ~DemoHost() override;

    /// Errors: PortInUse, TcpFailed, UsageInvalid (the address), TlsConfig and the files' errors.
    [[nodiscard]] Expected<DemoAddresses, Error> start();

private:
    [[nodiscard]] Expected<std::uint16_t, Error> listen(DemoListener &listener, std::uint16_t port) const;
    [[nodiscard]] DemoAddresses describe(const DemoCertificates &certificates, std::uint16_t port,
                                         std::uint16_t tlsPort) const;
    void accept(qintptr descriptor, bool isSecure);

    const DemoOptions m_options;
    DemoCounters &m_counters;
    SystemClock m_clock;
    ReferenceServer m_reference;
    std::vector<QHostAddress> m_addresses;
    DemoListener m_listener;
    DemoListener m_tlsListener;
    std::unique_ptr<DemoContext> m_context;
    std::unique_ptr<QObject> m_connections; ///< their parent
};

} // namespace pushscope::demo
