#pragma once

#include "tests/support/http2cases.h"

#include <string>
#include <utility>
#include <vector>

namespace pushscope::test {

/// Reads what an endpoint writes during a case and tells whether it keeps the case's rule.
class Http2CaseJudge
{
public:
    /// The opaque bytes of a PING behind all steps.
    static constexpr ByteView LastPing = "lastping";

    explicit Http2CaseJudge(Http2Case rule) : m_rule(std::move(rule)) {}

    /// What the endpoint wrote, in any pieces; a client's preface may stand in front.
    void read(ByteView bytes);
    /// The endpoint ended the connection.
    void end() { m_isOver = true; }

    [[nodiscard]] const Http2Case &rule() const { return m_rule; }
    [[nodiscard]] bool isOver() const { return m_isOver; }
    [[nodiscard]] bool isPingAnswered(ByteView opaque) const;
    /// HEADERS came.
    [[nodiscard]] bool hasHeaders() const;
    /// Whether only an answered LastPing tells that nothing went wrong.
    [[nodiscard]] bool needsLastPing() const;
    [[nodiscard]] bool isKept() const;
    /// The connection is over, and no GOAWAY named an error.
    [[nodiscard]] bool leftWithoutError() const;
    /// "kept", or what was seen in its place.
    [[nodiscard]] std::string verdict() const;

private:
    struct Seen
    {
        Http2FrameHeader frame;
        Bytes payload;
    };
    /// A frame of that type whose error code is one of the rule's.
    [[nodiscard]] bool hasError(Http2FrameType type) const;
    [[nodiscard]] bool isAnswered() const;
    [[nodiscard]] bool areSettingsAcknowledged() const;
    [[nodiscard]] std::vector<std::size_t> dataSizes() const;

    Http2Case m_rule;
    Bytes m_rest; ///< no whole frame yet
    std::vector<Seen> m_seen;
    bool m_isBegun = false;
    bool m_isOver = false;
};

} // namespace pushscope::test
