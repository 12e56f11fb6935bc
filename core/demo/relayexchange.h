#pragma once

#include "core/demo/exchange.h"
#include "core/wire/http/http1codec.h"

#include <QTcpSocket>

namespace pushscope::demo {

/// /ws/reference: carries the opening request, and then every byte, between the client and ReferenceServer, so that
/// Qt's implementation answers.
class RelayExchange : public Exchange
{
public:
    explicit RelayExchange(DemoStream &stream) : Exchange(stream), m_codec(Role::Client) {}
    ~RelayExchange() override;
    void start() override;
    void receive(ByteView bytes) override;
    void drained() override { carryBack(); }

private:
    void carryBack();
    void take(const HttpFact &fact);

    QTcpSocket m_server;
    Http1Codec m_codec; ///< between us and ReferenceServer
};

} // namespace pushscope::demo
