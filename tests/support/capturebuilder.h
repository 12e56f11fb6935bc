#pragma once

#include "core/capture/capture.h"
#include "core/capture/capturewriter.h"
#include "core/capture/facts.h"
#include "core/capture/trail.h"
#include "tests/support/fixedclock.h"

#include <cstdint>
#include <memory>

namespace pushscope::test {

/// Writes a capture as an engine would, record by record: one session, one connection, a trail for each direction.
class CaptureBuilder
{
public:
    explicit CaptureBuilder(const FixedClock &start = {})
        : clock(start), capture(*Capture::create({}, clock)), writer(capture)
    {
    }

    [[nodiscard]] Record make(RecordKind kind, Direction direction) const
    {
        Record record;
        record.time = time;
        record.session = session;
        record.connection = connection;
        record.stream = stream;
        record.related = relatedTo;
        record.kind = kind;
        record.direction = direction;
        return record;
    }
    Seq append(const Record &record)
    {
        const Seq seq = writer.append(record);
        writer.publish();
        return seq;
    }
    /// A socket read, or write for Out: bytes in the log, a record, a piece of the direction's trail.
    Seq read(ByteView bytes, Direction direction = Direction::In)
    {
        Record record = make(direction == Direction::In ? RecordKind::TcpRead : RecordKind::TcpWrite, direction);
        record.origin = writer.appendBytes(bytes);
        record.originLength = static_cast<std::uint32_t>(bytes.size());
        const Seq seq = append(record);
        trail(direction).append(record.origin, bytes.size(), seq);
        return seq;
    }
    /// A record of a stretch of a direction's bytes.
    Seq add(RecordKind kind, ByteRange range, Direction direction = Direction::In, std::uint16_t flags = 0,
            std::uint64_t related = 0)
    {
        Record record = make(kind, direction);
        record.flags = flags;
        record.related = related;
        trail(direction).locate(range, record, writer);
        return append(record);
    }
    /// A socket read and a record of all of it.
    Seq whole(RecordKind kind, ByteView bytes, Direction direction = Direction::In, std::uint16_t flags = 0,
              std::uint64_t related = 0)
    {
        const std::uint64_t begin = trail(direction).end();
        read(bytes, direction);
        return add(kind, {begin, begin + bytes.size()}, direction, flags, related);
    }
    /// A WebSocket message carried by the frames from `first` to `last`.
    Seq message(RecordKind kind, Seq first, Seq last, Direction direction = Direction::In, std::uint64_t related = 0,
                std::uint16_t flags = 0)
    {
        Record record = make(kind, direction);
        record.flags = flags;
        record.related = related;
        record.carrierFirst = static_cast<std::uint32_t>(writer.nextSeq().value - first.value);
        record.carrierLast = static_cast<std::uint32_t>(writer.nextSeq().value - last.value);
        return append(record);
    }
    /// A frame and the message in it.
    Seq framed(RecordKind kind, ByteView frame, Direction direction = Direction::In, std::uint64_t related = 0)
    {
        const Seq carrier = whole(RecordKind::WsFrame, frame, direction);
        return message(kind, carrier, carrier, direction, related);
    }
    /// A chunk of 4 GiB of which `arrived` bytes came, all of them the same ones in the log: as much to look through,
    /// but nothing to keep.
    Seq endlessChunk(ByteView line, std::uint64_t arrived)
    {
        Trail trail;
        trail.append(writer.appendBytes(line), line.size(), Seq());
        const std::uint64_t offset = writer.appendBytes(Bytes(64 * 1024, '.'));
        while (trail.end() < arrived)
            trail.append(offset, 64 * 1024, Seq());
        Record record = make(RecordKind::H1Chunk, Direction::In);
        trail.locate({0, 0xFFFFFFFF + line.size()}, record, writer);
        return append(record);
    }
    template <class Facts>
    Seq facts(RecordKind kind, const Facts &facts)
    {
        Record record = make(kind, Direction::None);
        attach(record, facts);
        return append(record);
    }
    template <class Facts>
    void attach(Record &record, const Facts &facts)
    {
        const Bytes cbor = encode(facts);
        record.derived = writer.appendBytes(cbor);
        record.derivedLength = static_cast<std::uint32_t>(cbor.size());
    }
    Trail &trail(Direction direction) { return direction == Direction::Out ? m_out : m_in; }

    FixedClock clock;
    std::int64_t time = 0;
    std::uint32_t session = 1;
    std::uint32_t connection = 1;
    std::uint32_t stream = 0;    ///< of the records; a frame's own is in its bytes
    std::uint64_t relatedTo = 0; ///< of records that are given no other
    std::shared_ptr<Capture> capture;
    CaptureWriter writer;

private:
    Trail m_in;
    Trail m_out;
};

} // namespace pushscope::test
