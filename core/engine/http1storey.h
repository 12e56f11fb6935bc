#pragma once

#include "core/engine/http1inbound.h"
#include "core/engine/http1outbound.h"
#include "core/engine/httpstorey.h"
#include "core/wire/http/http1codec.h"

#include <array>

namespace pushscope {

/// HTTP/1.1 (RFC 9112) on a link: one exchange, for as long as the connection lasts.
class Http1Storey final : public HttpStorey
{
public:
    Http1Storey(Exchange &exchange, std::uint32_t headLimit);

    [[nodiscard]] HttpVersion version() const override { return HttpVersion::Http11; }
    [[nodiscard]] bool request(Exchange &exchange, const HttpHead &head, ByteView body) override;
    void openTunnel(Exchange &exchange) override;
    void send(Exchange &exchange, ByteView bytes, SendCause cause) override;
    bool endSending(Exchange &) override { return false; }
    bool setPaused(Exchange &, bool) override { return false; }
    void leave(Exchange &, OurEnd) override {}
    [[nodiscard]] std::uint64_t unsent(const Exchange &) const override { return 0; }
    [[nodiscard]] Bytes takeOutput() override { return m_codec.takeOutput(); }
    void noteWritten(const Plaintext &written) override { m_out.take(written); }
    void feed(const Plaintext &plaintext) override;
    [[nodiscard]] std::span<Exchange *const> touched() override { return m_touched; }
    void finish(Exchange &exchange, ByteEnd bytes) override;
    [[nodiscard]] const std::optional<Error> &failure() const override { return m_codec.failure(); }
    [[nodiscard]] bool isInsideMessage(const Exchange &exchange) const override;
    [[nodiscard]] std::uint64_t pendingBytes() const override { return m_codec.pendingBytes(); }

private:
    void take(const HttpFact &fact);

    Exchange &m_exchange;
    Http1Codec m_codec;
    Http1Inbound m_in;
    Http1Outbound m_out;
    std::array<Exchange *, 1> m_touched;
};

} // namespace pushscope
