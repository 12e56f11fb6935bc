#pragma once

#include "core/engine/growingrecord.h"
#include "core/engine/plaintext.h"
#include "core/engine/recorder.h"
#include "core/wire/http/httpcodec.h"

#include <cstdint>
#include <memory>
#include <optional>

namespace pushscope {

/// The storey of a connection's received plaintext as HTTP: a record for each head, chunk and trailer section; content
/// is handed on, and body() knows where it lies.
class HttpStorey
{
public:
    HttpStorey(Recorder &recorder, std::unique_ptr<HttpCodec> codec);

    /// Encodes a request; the bytes to write.
    [[nodiscard]] Bytes request(const HttpHead &head, ByteView body);
    /// Encodes tunnel bytes.
    [[nodiscard]] Bytes tunnel(ByteView bytes);
    /// The request was recorded: answers are related to it, and their time counts from now.
    void noteRequest(Seq record);

    void feed(const Plaintext &plaintext);
    /// The connection ended.
    void finish() { m_codec->finish(); }
    /// Records up to the next fact and hands it out; false when the input is used up.
    bool next(HttpFact &fact);

    [[nodiscard]] HttpCodec &codec() { return *m_codec; }
    /// Content, or the tunnel's bytes.
    [[nodiscard]] Trail &body() { return m_body; }
    /// The record of the head that came last.
    [[nodiscard]] Seq headRecord() const { return m_headRecord; }

private:
    void recordHead(const HttpFact &fact);
    void recordChunk(const HttpFact &fact);
    void recordFindings();

    Recorder &m_recorder;
    std::unique_ptr<HttpCodec> m_codec;
    Trail m_plain;
    Trail m_body;
    GrowingRecord m_chunk;
    Plaintext m_input; ///< the piece fed last
    std::uint64_t m_inputBegin = 0;
    StreamId m_stream;
    Seq m_requestRecord;
    Stamp m_requestTime;
    Seq m_headRecord;
    std::optional<Seq> m_chunkRecord; ///< content is a chunk's from here on
    Seq m_subject;                    ///< what Findings are about
    std::uint64_t m_subjectBegin = 0;
};

} // namespace pushscope
