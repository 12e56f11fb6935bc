#include "core/engine/recorder.h"

namespace pushscope {

Recorder::Recorder(CaptureWriter &writer, Moment &moment, SessionId session)
    : m_writer(writer), m_moment(moment), m_session(session), m_start(writer.capture().monotonicStart())
{
}

void Recorder::setDerived(Record &record, ByteView bytes)
{
    const std::uint64_t offset = m_writer.appendBytes(bytes);
    if (offset == CaptureWriter::NoOffset)
        return;
    record.derived = offset;
    record.derivedLength = static_cast<std::uint32_t>(bytes.size());
}

void Recorder::appendFindings(Seq of, std::uint64_t begin, std::span<const Finding> findings)
{
    for (const Finding &finding : findings) {
        const std::uint64_t offset = finding.begin > begin ? finding.begin - begin : 0;
        m_writer.appendFinding(of, recordTime(), finding.rule, static_cast<std::uint32_t>(offset), finding.length,
                               finding.argument);
    }
}

} // namespace pushscope
