#pragma once

#include "core/capture/capture.h"
#include "core/engine/plaintext.h"
#include "core/engine/recorder.h"
#include "tests/core/engine/recordtext.h"
#include "tests/support/fixedclock.h"

#include <memory>
#include <string>
#include <vector>

namespace pushscope::test {

/// A capture with a recorder, and its records as text.
struct Recording
{
    FixedClock clock;
    std::shared_ptr<Capture> capture = *Capture::create({}, clock);
    CaptureWriter writer{capture};
    Moment moment{clock};
    Recorder recorder{writer, moment, SessionId(1)};

    /// A socket read (or write) of these bytes.
    Plaintext transfer(ByteView bytes, Direction direction = Direction::In)
    {
        const std::uint64_t offset = writer.appendBytes(bytes);
        Record record =
            recorder.begin(direction == Direction::In ? RecordKind::TcpRead : RecordKind::TcpWrite, direction);
        record.origin = offset;
        record.originLength = static_cast<std::uint32_t>(bytes.size());
        const Seq carrier = recorder.append(record);
        writer.publish();
        return {capture->bytesAt(offset, bytes.size()), offset, carrier};
    }

    /// All records but reads and writes, a line each.
    std::string text()
    {
        writer.publish();
        std::string text;
        for (std::uint64_t seq = 1; seq <= capture->counts().records; ++seq) {
            if (layerOf(capture->record(Seq(seq)).kind) != Layer::Reads)
                text += recordText(*capture, Seq(seq)) + "\n";
        }
        return text;
    }
};

} // namespace pushscope::test
