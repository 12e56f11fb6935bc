#pragma once

#include "core/engine/recorder.h"
#include "core/engine/streamstorey.h"

#include <cstdint>

namespace pushscope {

/// A stream that the server pushed (RFC 9113 section 8.4): its bytes are kept and shown, and nothing ever comes of
/// them.
class PushedStream
{
public:
    /// `recorder` is that of the exchange whose stream it was promised on.
    PushedStream(const Recorder &recorder, StreamId stream, std::uint64_t bodyLimit)
        : m_recorder(recorder), m_body(m_recorder, m_trail, Direction::In, bodyLimit)
    {
        m_recorder.setStream(stream);
    }
    PushedStream(const PushedStream &) = delete;
    PushedStream &operator=(const PushedStream &) = delete;

    [[nodiscard]] Recorder &recorder() { return m_recorder; }
    void take(std::uint64_t logOffset, ByteView bytes, Seq carrier)
    {
        m_trail.append(logOffset, bytes.size(), carrier);
        m_body.feed(bytes);
    }
    void finish()
    {
        m_body.finish();
        m_trail.forget(m_trail.end());
    }

private:
    Recorder m_recorder;
    Trail m_trail;
    const ReleaseMarks::Hold m_hold{m_recorder.writer().marks(), m_trail};
    BodyStorey m_body;
};

} // namespace pushscope
