#include "ui/models/connectionindex.h"

#include "ui/frameticker.h"

#include <algorithm>

namespace pushscope {

ConnectionIndex::ConnectionIndex(std::shared_ptr<const Capture> capture) : m_capture(std::move(capture)) {}

void ConnectionIndex::advance(std::uint64_t published, std::chrono::microseconds slice)
{
    SliceTimer timer(slice);
    while (m_position < published && !timer.isOver()) {
        ++m_position;
        const Record &record = m_capture->record(Seq(m_position));
        if (layerOf(record.kind) == Layer::Connection)
            m_bySession[record.session].push_back(Seq(m_position));
    }
}

const std::vector<Seq> &ConnectionIndex::of(SessionId session) const
{
    static const std::vector<Seq> none;
    const auto found = m_bySession.find(session.value);
    return found == m_bySession.end() ? none : found->second;
}

Seq ConnectionIndex::last(RecordKind kind, SessionId session, Seq seq) const
{
    const auto &records = of(session);
    auto at = std::upper_bound(records.begin(), records.end(), seq);
    while (at != records.begin()) {
        --at;
        if (m_capture->record(*at).kind == kind)
            return *at;
    }
    return {};
}

std::vector<Seq> ConnectionIndex::ofConnection(SessionId session, std::uint32_t connection) const
{
    std::vector<Seq> found;
    for (const Seq seq : of(session)) {
        if (m_capture->record(seq).connection == connection)
            found.push_back(seq);
    }
    return found;
}

} // namespace pushscope
