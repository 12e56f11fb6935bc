#pragma once

#include "core/engine/growingrecord.h"
#include "core/engine/plaintext.h"
#include "core/wire/http/http1codec.h"

#include <cstdint>
#include <optional>

namespace pushscope {

class Exchange;

/// Received plaintext as HTTP/1.1: a record for each head, chunk and trailer section; content goes to the exchange.
class Http1Inbound
{
public:
    Http1Inbound(Exchange &exchange, Http1Codec &codec);

    void feed(const Plaintext &plaintext);
    /// Records up to the next fact and hands it out; false when the input is used up.
    bool next(HttpFact &fact);
    /// The record of the head that came last.
    [[nodiscard]] Seq headRecord() const { return m_headRecord; }
    /// The content comes in chunks.
    [[nodiscard]] bool isChunked() const { return m_chunkRecord.has_value(); }

private:
    void recordHead(const HttpFact &fact);
    void recordChunk(const HttpFact &fact);
    void recordTrailers(const HttpFact &fact);
    void recordFindings();

    Exchange &m_exchange;
    Http1Codec &m_codec;
    Trail m_plain;
    GrowingRecord m_chunk;
    Plaintext m_input; ///< the piece fed last
    std::uint64_t m_inputBegin = 0;
    Seq m_headRecord;
    std::optional<Seq> m_chunkRecord; ///< content is a chunk's from here on
    Seq m_subject;                    ///< what Findings are about
    std::uint64_t m_subjectBegin = 0;
    const ReleaseMarks::Hold m_plainHold;
    const ReleaseMarks::Hold m_subjectHold;
};

} // namespace pushscope
