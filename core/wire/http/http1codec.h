#pragma once

#include "core/wire/http/http1parser.h"
#include "core/wire/http/httpcodec.h"
#include "core/wire/role.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace pushscope {

/// HTTP/1.1 (RFC 9112) behind the seam, in either role.
class Http1Codec final : public HttpCodec
{
public:
    explicit Http1Codec(Role role, std::uint32_t headLimit = 256 * 1024);

    std::optional<StreamId> sendRequest(const HttpHead &head, ByteView body) override;
    void sendHead(StreamId stream, const HttpHead &head) override;
    void sendBody(StreamId stream, ByteView bytes) override;
    void sendEnd(StreamId stream, const Headers &trailers = {}) override;
    void cancel(StreamId stream) override;
    Bytes takeOutput() override;

    void feed(ByteView input) override;
    void finish() override;
    // Three facts for each chunk go through these two: they are to be inlined.
    bool next(HttpFact &fact) override
    {
        if (!m_parser.next(fact))
            return false;
        if (fact.kind == HttpFact::Kind::Head)
            receivedHead(*fact.head);
        else if (fact.kind == HttpFact::Kind::End || fact.kind == HttpFact::Kind::Junk)
            receivedEnd(fact.kind);
        return true;
    }
    [[nodiscard]] std::span<const Finding> findings() const override { return m_parser.findings(); }
    [[nodiscard]] const std::optional<Error> &failure() const override { return m_parser.failure(); }
    [[nodiscard]] HttpVersion version() const override { return HttpVersion::Http11; }
    [[nodiscard]] bool isInsideMessage(StreamId stream) const override;
    [[nodiscard]] std::uint64_t pendingBytes() const override { return m_parser.pendingBytes(); }
    [[nodiscard]] bool isReusable() const override;

private:
    /// A request and its answer, of which the sender of the answer is not done yet.
    struct Exchange
    {
        AnswerTo request = AnswerTo::Other;
        bool persistent = true; ///< as far as heads have said
    };

    void receivedHead(const HttpHead &head);
    void receivedEnd(HttpFact::Kind kind);
    void endExchange();

    Role m_role;
    Http1Parser m_parser;
    Bytes m_output;
    std::vector<Exchange> m_exchanges; ///< a server's are in the order of the requests; a client has one at the most
    BodyFraming m_sending = BodyFraming::None; ///< server: of the answer whose head was sent
    bool m_reusable = true;                    ///< nothing has spoken against a further exchange
    bool m_tunnel = false;
};

} // namespace pushscope
