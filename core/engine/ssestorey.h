#pragma once

#include "core/engine/eventsourcestate.h"
#include "core/engine/recorder.h"
#include "core/wire/sse/ssedecoder.h"

#include <cstdint>

namespace pushscope {

/// The storey of an answer's body that is an event stream: a record for each event, block, comment, retry and unknown
/// line.
class SseStorey
{
public:
    /// `limit` is on the bytes of an event: of a larger one the beginning is recorded.
    SseStorey(Recorder &recorder, EventSourceState &state, Trail &body, std::uint64_t limit);

    /// Body bytes that the trail has already. Stops in between when the event limit is reached.
    void feed(ByteView bytes);
    /// After the last bytes of a socket read: brings the state up to date and forgets what nobody can ask for any more.
    void settle();
    /// The body ended: what was cut off is recorded.
    void finish();
    [[nodiscard]] std::uint64_t pendingBytes() const { return m_decoder.pendingBytes(); }
    [[nodiscard]] bool isLimitReached() const { return m_state.count.isLimitReached(); }

private:
    void record(const SseFact &fact);
    void drain();

    Recorder &m_recorder;
    EventSourceState &m_state;
    Trail &m_body;
    SseDecoder m_decoder;
    bool m_idChanged = false; ///< since the state was told
};

} // namespace pushscope
