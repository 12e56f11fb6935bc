#pragma once

#include "core/base/finding.h"
#include "core/base/ids.h"
#include "core/capture/capturewriter.h"
#include "core/capture/facts.h"
#include "core/capture/record.h"
#include "core/capture/trail.h"
#include "core/engine/moment.h"

#include <cstdint>
#include <optional>
#include <span>

namespace pushscope {

/// Gives a session's facts their ids and times and appends them to the capture: what carries first, then what it
/// carried, Findings right behind the record that they are about. Engine thread.
class Recorder
{
public:
    Recorder(CaptureWriter &writer, Moment &moment, SessionId session);

    /// As Moment::tick(): what is appended until the next call happened at that time, whoever appends it.
    Stamp tick() { return m_moment.tick(); }
    [[nodiscard]] Stamp now() const { return m_moment.now(); }
    /// What is appended until this is taken back came at that time: it was kept until it was known for what it is.
    void setPast(std::optional<Stamp> time) { m_past = time; }
    /// The time of records.
    [[nodiscard]] std::int64_t recordTime() const { return m_past.value_or(now()) - m_start; }
    [[nodiscard]] SessionId session() const { return m_session; }
    [[nodiscard]] ConnectionId connection() const { return m_connection; }
    /// Another connection; no stream of it yet.
    void setConnection(ConnectionId connection)
    {
        m_connection = connection;
        m_stream = StreamId();
    }
    void setStream(StreamId stream) { m_stream = stream; }
    /// Flags that all its records bear from here on.
    void setFlags(std::uint16_t flags) { m_flags = flags; }
    [[nodiscard]] std::uint16_t flags() const { return m_flags; }

    /// A record of this session, connection, stream and time, to be filled and appended.
    [[nodiscard]] Record begin(RecordKind kind, Direction direction) const
    {
        Record record;
        record.time = recordTime();
        record.session = m_session.value;
        record.connection = m_connection.value;
        record.stream = m_stream.value;
        record.kind = kind;
        record.direction = direction;
        record.flags = m_flags;
        return record;
    }
    Seq append(const Record &record) { return m_writer.append(record); }
    /// A record for a range of a logical stream.
    Seq append(RecordKind kind, Direction direction, const Trail &trail, ByteRange range)
    {
        Record record = begin(kind, direction);
        trail.locate(range, record, m_writer);
        return append(record);
    }

    /// Gives a record what was made of it.
    void setDerived(Record &record, ByteView bytes);
    /// A record that is nothing but facts.
    template <class Facts>
    Seq appendFacts(RecordKind kind, const Facts &facts, Direction direction = Direction::None)
    {
        Record record = begin(kind, direction);
        setDerived(record, encode(facts));
        return append(record);
    }

    /// Findings of a decoder about a record whose origin begins at `begin` of the decoder's input.
    void findings(Seq of, std::uint64_t begin, std::span<const Finding> findings)
    {
        if (!findings.empty())
            appendFindings(of, begin, findings);
    }

    void publish() { m_writer.publish(); }
    [[nodiscard]] CaptureWriter &writer() { return m_writer; }

private:
    void appendFindings(Seq of, std::uint64_t begin, std::span<const Finding> findings);

    CaptureWriter &m_writer;
    Moment &m_moment;
    SessionId m_session;
    ConnectionId m_connection;
    StreamId m_stream;
    Stamp m_start;
    std::optional<Stamp> m_past;
    std::uint16_t m_flags = 0;
};

} // namespace pushscope
