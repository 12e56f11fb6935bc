#pragma once

#include "core/engine/controlledger.h"
#include "core/engine/plaintext.h"
#include "core/engine/recorder.h"
#include "core/engine/streamstorey.h"
#include "core/engine/wsstorey.h"
#include "core/wire/http/http1parser.h"

#include <cstdint>
#include <optional>

namespace pushscope {

/// Takes our own bytes apart again as they were really written: http.request, http.body, and after an upgrade ws.frame
/// and messages, illegal ones included.
class OutMirror
{
public:
    OutMirror(Recorder &recorder, const Limits &limits);

    /// The body of the request that is written next, which its head alone does not always tell.
    void expectRequest(std::uint64_t bodyBytes) { m_bodyBytes = bodyBytes; }
    /// Bytes that were written, after their tcp.write was recorded.
    void take(const Plaintext &written);
    /// The peer agreed to the upgrade: what is written from here on are frames.
    void becomeWebSocket(ControlLedger &controls);
    /// Nothing more is written: what is unfinished is recorded as that.
    void finish();

    [[nodiscard]] Seq requestRecord() const { return m_request; }

private:
    void takeFact(const HttpFact &fact, const Plaintext &written, std::uint64_t begin);
    void recordRequest(const HttpFact &fact);
    void drainWebSocket();

    Recorder &m_recorder;
    Limits m_limits;
    Http1Parser m_parser;
    Trail m_plain;
    Trail m_body;
    std::optional<BodyStorey> m_content;
    std::optional<WsStorey> m_webSocket;
    std::uint64_t m_bodyBytes = 0;
    Seq m_request;
};

} // namespace pushscope
