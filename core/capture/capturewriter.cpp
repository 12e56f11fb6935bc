#include "core/capture/capturewriter.h"

#include "core/capture/capturelogs.h"

#include <utility>

namespace pushscope {

namespace {

/// The part of a segment that is filled before the next one is made: a small capture then never costs a second segment.
constexpr std::size_t QuietParts = 4;

} // namespace

CaptureWriter::CaptureWriter(std::shared_ptr<Capture> capture) : m_capture(std::move(capture)) {}

CaptureWriter::~CaptureWriter()
{
    publish();
}

bool CaptureWriter::growBytes()
{
    if (m_failure)
        return false;
    CaptureLogs &logs = *m_capture->m_logs;
    const std::uint64_t limit = logs.byteLimit == 0 ? NoOffset : logs.byteLimit;
    if (m_bytes >= limit) {
        fail({ErrorCode::DiskFull, "the capture has reached its limit of " + std::to_string(limit) + " bytes"});
        return false;
    }
    if (m_byteAt == m_byteSegmentEnd) {
        const auto segment = logs.bytes.grow();
        if (!segment) {
            fail(segment.error());
            return false;
        }
        m_byteAt = *segment;
        m_byteSegmentEnd = m_byteAt + logs.bytes.segmentBytes();
        m_byteRoom = logs.bytes.segmentBytes() / QuietParts;
    } else {
        logs.bytes.prepareNext();
        m_byteRoom = static_cast<std::size_t>(m_byteSegmentEnd - m_byteAt);
    }
    m_byteRoom = static_cast<std::size_t>(std::min<std::uint64_t>(m_byteRoom, limit - m_bytes));
    return true;
}

std::uint64_t CaptureWriter::appendBytesAcross(ByteView bytes)
{
    const std::uint64_t first = m_bytes;
    while (!bytes.empty()) {
        const std::span<char> room = reserve(bytes.size());
        if (room.empty())
            return NoOffset;
        std::memcpy(room.data(), bytes.data(), room.size());
        commit(room.size());
        bytes.remove_prefix(room.size());
    }
    return first;
}

bool CaptureWriter::growRecords()
{
    if (m_failure)
        return false;
    SegmentedLog &log = m_capture->m_logs->records;
    if (m_recordAt != m_recordSegmentEnd) {
        log.prepareNext();
        m_recordEnd = m_recordSegmentEnd;
        return true;
    }
    const auto segment = log.grow();
    if (!segment) {
        fail(segment.error());
        return false;
    }
    m_recordAt = reinterpret_cast<Record *>(*segment);
    m_recordEnd = m_recordAt + log.entriesPerSegment() / QuietParts;
    m_recordSegmentEnd = m_recordAt + log.entriesPerSegment();
    return true;
}

std::uint64_t CaptureWriter::appendExtent(const Extent &extent)
{
    if (m_failure)
        return NoOffset;
    if (m_extentAt == m_extentEnd) {
        SegmentedLog &log = m_capture->m_logs->extents;
        const auto segment = log.grow();
        if (!segment) {
            fail(segment.error());
            return NoOffset;
        }
        m_extentAt = reinterpret_cast<Extent *>(*segment);
        m_extentEnd = m_extentAt + log.entriesPerSegment();
        log.prepareNext();
    }
    *m_extentAt++ = extent;
    return m_extents++;
}

bool CaptureWriter::growFindings()
{
    if (m_failure)
        return false;
    SegmentedLog &log = m_capture->m_logs->findings;
    const auto segment = log.grow();
    if (!segment) {
        fail(segment.error());
        return false;
    }
    m_findingAt = reinterpret_cast<FindingEntry *>(*segment);
    m_findingEnd = m_findingAt + log.entriesPerSegment();
    return true;
}

Seq CaptureWriter::appendFinding(Seq of, std::int64_t time, Rule rule, std::uint32_t offset, std::uint32_t length,
                                 std::int64_t argument)
{
    if (m_findingAt == m_findingEnd && !growFindings())
        return Seq();
    Record own;
    own.time = time;
    own.derived = m_findings;
    own.related = of.value;
    own.kind = RecordKind::Finding;
    if (of.isValid()) {
        const Record &about = record(of);
        own.session = about.session;
        own.connection = about.connection;
        own.stream = about.stream;
        own.direction = about.direction;
        own.flags = about.flags & RecordFlag::Companion;
    }
    const Seq seq = append(own);
    if (!seq.isValid())
        return seq;
    *m_findingAt++ = {.of = of.value,
                      .own = seq.value,
                      .argument = argument,
                      .offset = offset,
                      .length = length,
                      .rule = static_cast<std::uint16_t>(rule)};
    ++m_findings;
    return seq;
}

const Record &CaptureWriter::record(Seq seq) const noexcept
{
    const Record *kept = m_marks.kept(seq);
    return kept != nullptr ? *kept : m_capture->record(seq);
}

void CaptureWriter::publish()
{
    CaptureHeader &header = *m_capture->m_logs->header;
    // What is referred to goes before what refers to it: a process killed in between leaves no dangling record.
    header.bytes.store(m_bytes, std::memory_order_release);
    header.extents.store(m_extents, std::memory_order_release);
    header.findings.store(m_findings, std::memory_order_release);
    header.records.store(m_records, std::memory_order_release);
    if (m_marks.isDue(m_records, m_bytes))
        m_marks.mark(*m_capture->m_logs,
                     {.records = m_records, .extents = m_extents, .findings = m_findings, .bytes = m_bytes});
}

void CaptureWriter::release(const Capture &capture, Seq taken)
{
    CaptureLogs &logs = *capture.m_logs;
    logs.isReleasing.store(true, std::memory_order_relaxed);
    std::optional<ReleaseMark> mark;
    {
        const std::lock_guard guard(logs.releaseLock);
        if (logs.releaseMark && logs.releaseMark->place <= taken.value)
            mark = std::exchange(logs.releaseMark, std::nullopt);
    }
    if (!mark)
        return;
    logs.records.release(mark->records);
    logs.bytes.release(mark->bytes);
    logs.extents.release(mark->extents);
    logs.findings.release(mark->findings);
}

void CaptureWriter::fail(Error error)
{
    m_recordEnd = m_recordAt;
    m_byteRoom = 0;
    m_extentEnd = m_extentAt;
    m_findingEnd = m_findingAt;
    CaptureHeader &header = *m_capture->m_logs->header;
    const std::size_t length = std::min(error.detail.size(), CaptureHeader::FailureBytes);
    std::memcpy(header.failureText, error.detail.data(), length);
    header.failureLength = static_cast<std::uint32_t>(length);
    header.failureCode.store(static_cast<std::uint32_t>(error.code), std::memory_order_release);
    m_failure = std::move(error);
}

} // namespace pushscope
