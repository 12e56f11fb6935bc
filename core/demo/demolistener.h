#pragma once

#include "core/base/error.h"
#include "core/base/expected.h"

#include <QHostAddress>
#include <QTcpServer>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace pushscope::demo {

/// Listens at one port on several addresses and hands over the descriptors of who connects.
class DemoListener
{
public:
    using AcceptHandler = std::function<void(qintptr descriptor)>;
    explicit DemoListener(AcceptHandler onAccept);
    ~DemoListener();

    /// The same port on all addresses; 0 finds one that is free on all. An address that this machine does not have is
    /// left out, unless none is left. Error PortInUse, or TcpFailed with the system's reason.
    [[nodiscard]] Expected<std::uint16_t, Error> listen(const std::vector<QHostAddress> &addresses, std::uint16_t port);

private:
    class Server;

    [[nodiscard]] Expected<std::uint16_t, Error> tryListen(const std::vector<QHostAddress> &addresses,
                                                           std::uint16_t port);

    AcceptHandler m_onAccept;
    std::vector<std::unique_ptr<Server>> m_servers;
};

} // namespace pushscope::demo
