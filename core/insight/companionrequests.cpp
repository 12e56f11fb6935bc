#include "core/insight/companionrequests.h"

#include "core/insight/recordwalk.h"

#include <algorithm>
#include <utility>

namespace pushscope {

CompanionRequests::CompanionRequests(std::shared_ptr<const Capture> capture, SessionId session)
    : m_capture(std::move(capture)), m_session(session)
{
}

bool CompanionRequests::advance(std::uint64_t limit)
{
    return forEachRecord(*m_capture, m_position, limit, [this](Seq seq, const Record &record) {
        const bool isRequest = record.kind == RecordKind::HttpRequest && record.has(RecordFlag::Companion);
        if (record.session != m_session.value || !isRequest)
            return;
        if (m_requests.size() == Limit)
            m_requests.pop_front();
        m_requests.push_back(seq);
        ++m_count;
    });
}

/// The newest before it that went over its connection and stream.
Seq CompanionRequests::requestOf(Seq record) const
{
    const Record &asked = m_capture->record(record);
    if (!asked.has(RecordFlag::Companion) || asked.session != m_session.value)
        return {};
    const auto found = std::find_if(m_requests.rbegin(), m_requests.rend(), [&](Seq seq) {
        const Record &request = m_capture->record(seq);
        return seq.value <= record.value && request.connection == asked.connection && request.stream == asked.stream;
    });
    return found == m_requests.rend() ? Seq() : *found;
}

} // namespace pushscope
