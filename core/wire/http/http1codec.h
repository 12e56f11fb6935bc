#pragma once

#include "core/wire/http/http1parser.h"
#include "core/wire/http/httpcodec.h"
#include "core/wire/role.h"

#include <memory>

namespace pushscope {

/// HTTP/1.1 (RFC 9112) behind the seam, in either role.
class Http1Codec final : public HttpCodec
{
public:
    explicit Http1Codec(Role role, std::uint32_t headLimit = 256 * 1024);
    ~Http1Codec() override;

    std::optional<StreamId> sendRequest(const HttpHead &head, ByteView body) override;
    void sendHead(StreamId stream, const HttpHead &head) override;
    void sendBody(StreamId stream, ByteView bytes) override;
    void sendEnd(StreamId stream, const Headers &trailers = {}) override;
    void cancel(StreamId stream) override;
    Bytes takeOutput() override;

    void feed(ByteView input) override;
    void finish() override;
    bool next(HttpFact &fact) override;
    [[nodiscard]] std::span<const Finding> findings() const override;
    [[nodiscard]] const std::optional<Error> &failure() const override;
    [[nodiscard]] HttpVersion version() const override { return HttpVersion::Http11; }
    [[nodiscard]] bool isInsideMessage(StreamId stream) const override;
    [[nodiscard]] std::uint64_t pendingBytes() const override;
    [[nodiscard]] bool isReusable() const override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace pushscope
