#pragma once

#include "tests/support/capturebuilder.h"

#include <memory>

namespace pushscope::test {

/// Ten seconds of four streams as the engine would have recorded them: one that was cut and came back, a talkative
/// WebSocket, one that waits, one that failed. The records that a picture picks are named.
struct Story
{
    std::unique_ptr<CaptureBuilder> builder;
    Seq event;   ///< of the stream that came back
    Seq message; ///< of the WebSocket, received
};
[[nodiscard]] Story tellStory();

} // namespace pushscope::test
