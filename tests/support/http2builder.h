#pragma once

#include "core/capture/details/http2details.h"
#include "tests/support/capturebuilder.h"

namespace pushscope::test {

/// Writes what an engine writes of an HTTP/2 connection.
class Http2Builder : public CaptureBuilder
{
public:
    using CaptureBuilder::CaptureBuilder;

    /// A socket read and the HTTP/2 frame in it.
    Seq frame(Http2FrameHeader header, ByteView payload, Direction direction = Direction::In)
    {
        return append(frameRecord(header, payload, direction));
    }
    /// The same with facts: of a field block that ends in it, of a PING that is answered.
    template <class Facts>
    Seq frame(const Http2FrameHeader &header, ByteView payload, const Facts &facts, Direction direction = Direction::In)
    {
        Record record = frameRecord(header, payload, direction);
        attach(record, facts);
        return append(record);
    }
    /// A head over HTTP/2 of the frames from `first` to the record before.
    template <class Facts>
    Seq head(RecordKind kind, Seq first, const Facts &facts, Direction direction = Direction::In)
    {
        const Record frame = capture->record(first);
        Record record = make(kind, direction);
        record.stream = frame.stream;
        Bytes origin;
        for (Seq at = first; at < writer.nextSeq(); ++at.value) {
            if (capture->record(at).kind != RecordKind::TcpRead && capture->record(at).kind != RecordKind::TcpWrite)
                origin += capture->origin(at);
        }
        record.origin = writer.appendBytes(origin);
        record.originLength = static_cast<std::uint32_t>(origin.size());
        record.carrierFirst = static_cast<std::uint32_t>(writer.nextSeq().value - first.value);
        record.carrierLast = 1;
        attach(record, facts);
        return append(record);
    }

private:
    Record frameRecord(const Http2FrameHeader &header, ByteView payload, Direction direction)
    {
        Bytes frame;
        appendHttp2Frame(frame, header, payload);
        const std::uint64_t begin = trail(direction).end();
        read(frame, direction);
        Record record = make(http2KindOf(header.type), direction);
        record.stream = header.stream;
        trail(direction).locate({begin, begin + frame.size()}, record, writer);
        return record;
    }
};

} // namespace pushscope::test
