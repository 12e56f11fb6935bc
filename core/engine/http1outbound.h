#pragma once

#include "core/capture/trail.h"
#include "core/engine/plaintext.h"
#include "core/wire/http/http1parser.h"

#include <cstdint>

namespace pushscope {

class Exchange;

/// Takes our own bytes apart again as they were really written: http.request; content, and after an upgrade the
/// tunnel's bytes, go to the exchange.
class Http1Outbound
{
public:
    explicit Http1Outbound(Exchange &exchange);

    /// The body of the request that is written next, which its head alone does not always tell.
    void expectRequest(std::uint64_t bodyBytes) { m_bodyBytes = bodyBytes; }
    /// Bytes that were written, after their tcp.write was recorded.
    void take(const Plaintext &written);
    /// The peer agreed to the upgrade: what is written from here on is the tunnel's.
    void becomeTunnel();

private:
    void takeFact(const HttpFact &fact, const Plaintext &written, std::uint64_t begin);
    void recordRequest(const HttpFact &fact);

    Exchange &m_exchange;
    Http1Parser m_parser;
    Trail m_plain;
    const ReleaseMarks::Hold m_hold;
    std::uint64_t m_bodyBytes = 0;
};

} // namespace pushscope
