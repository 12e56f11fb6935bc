#pragma once

#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/capture/record.h"

#include <memory>
#include <string>

namespace pushscope {

class Capture;

/// Writes records as JSON lines (command-line.md is the format's law). Appends to a buffer of the caller's; no I/O of
/// its own. Takes records in their order and remembers what later ones refer to: a recording's capture lets go of them
/// (see CaptureWriter::release()).
class JsonLines
{
public:
    explicit JsonLines(std::shared_ptr<const Capture> capture);
    ~JsonLines();
    /// Appends one line, with its line ending.
    void write(Seq seq, std::string &out);
    /// A record of the connection layer, in its turn, whether its line is written or not: a request may be what gave
    /// events their last event ID, behind an end no pong comes.
    void note(Seq seq);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace pushscope
