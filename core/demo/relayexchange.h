#pragma once

#include "core/demo/exchange.h"

#include <QTcpSocket>

namespace pushscope::demo {

/// /ws/reference: carries the opening request, and then every byte, between the client and ReferenceServer, so that
/// Qt's implementation answers.
class RelayExchange : public Exchange
{
public:
    explicit RelayExchange(DemoConnection &connection) : Exchange(connection) {}
    ~RelayExchange() override;
    void start() override;
    void receive(ByteView bytes) override;
    void drained() override { carryBack(); }

private:
    void carryBack();

    QTcpSocket m_server;
    Bytes m_early; ///< what the client sent before it was answered: QWebSocketServer would lose it
    bool m_answered = false;
};

} // namespace pushscope::demo
