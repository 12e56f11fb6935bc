#include "ui/models/connectionindex.h"

#include "ui/frameticker.h"

#include <algorithm>

namespace pushscope {

namespace {

std::uint64_t keyOf(std::uint32_t connection, std::uint32_t stream)
{
    return std::uint64_t(connection) << 32 | stream;
}

/// Frames that say something about their connection. WINDOW_UPDATE does not: it only gives back what was read.
bool isAboutConnection(const Record &record)
{
    return record.stream == 0 && (record.kind == RecordKind::H2Settings || record.kind == RecordKind::H2Ping ||
                                  record.kind == RecordKind::H2Goaway || record.kind == RecordKind::H2Altsvc ||
                                  record.kind == RecordKind::H2Origin);
}

} // namespace

ConnectionIndex::ConnectionIndex(std::shared_ptr<const Capture> capture) : m_capture(std::move(capture)) {}

void ConnectionIndex::advance(std::uint64_t published, std::chrono::microseconds slice)
{
    SliceTimer timer(slice);
    while (m_position < published && !timer.isOver()) {
        ++m_position;
        const Record &record = m_capture->record(Seq(m_position));
        if (layerOf(record.kind) == Layer::Connection)
            takeConnectionRecord(Seq(m_position), record);
        else if (isAboutConnection(record))
            takeFrame(Seq(m_position), record);
    }
}

ConnectionSummary &ConnectionIndex::summaryOf(Seq seq, const Record &record)
{
    const auto [found, isNew] = m_connections.try_emplace(record.connection);
    if (isNew) {
        found->second.id = record.connection;
        found->second.opener = SessionId(record.session);
        found->second.first = seq;
    }
    return found->second;
}

void ConnectionIndex::enter(ConnectionSummary &summary, ConnectionSummary::State state)
{
    if (summary.state == state || summary.state == ConnectionSummary::State::Closed)
        return;
    summary.state = state;
    ++m_revision;
}

void ConnectionIndex::takeConnectionRecord(Seq seq, const Record &record)
{
    m_bySession[record.session].push_back(seq);
    if (record.connection == 0)
        return;
    ConnectionSummary &summary = summaryOf(seq, record);
    summary.records.push_back(seq);
    if (record.kind == RecordKind::HttpRequest && record.direction == Direction::Out)
        takeRequest(record);
    else if (record.kind == RecordKind::End && record.stream == 0)
        enter(summary, ConnectionSummary::State::Closed);
}

void ConnectionIndex::takeFrame(Seq seq, const Record &record)
{
    ConnectionSummary &summary = summaryOf(seq, record);
    summary.records.push_back(seq);
    // Both sides begin with SETTINGS (RFC 9113 section 3.4).
    m_revision += summary.isHttp2 ? 0 : 1;
    summary.isHttp2 = true;
    if (record.kind == RecordKind::H2Goaway)
        enter(summary, ConnectionSummary::State::GoingAway);
}

void ConnectionIndex::takeRequest(const Record &record)
{
    if (!record.has(RecordFlag::Companion)) // it is beside the session's place
        m_places[record.session].push_back({record.connection, record.stream});
    if (record.stream != 0)
        m_owners[keyOf(record.connection, record.stream)] = record.session;
    ++m_revision;
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
    const bool isCompanion = m_capture->record(seq).has(RecordFlag::Companion);
    auto at = std::upper_bound(records.begin(), records.end(), seq);
    while (at != records.begin()) {
        --at;
        const Record &record = m_capture->record(*at);
        if (record.kind == kind && (kind == RecordKind::Session || record.has(RecordFlag::Companion) == isCompanion))
            return *at;
    }
    return {};
}

const ConnectionSummary *ConnectionIndex::connection(std::uint32_t id) const
{
    const auto found = m_connections.find(id);
    return found == m_connections.end() ? nullptr : &found->second;
}

ConnectionIndex::Place ConnectionIndex::placeOf(SessionId session) const
{
    const auto found = m_places.find(session.value);
    return found == m_places.end() ? Place() : found->second.back();
}

std::vector<std::uint32_t> ConnectionIndex::joined(SessionId session) const
{
    std::vector<std::uint32_t> ids;
    const auto found = m_places.find(session.value);
    if (found == m_places.end())
        return ids;
    for (const Place &place : found->second) {
        const ConnectionSummary *summary = place.stream != 0 ? connection(place.connection) : nullptr;
        if (summary && summary->opener != session && (ids.empty() || ids.back() != place.connection))
            ids.push_back(place.connection);
    }
    return ids;
}

SessionId ConnectionIndex::ownerOf(std::uint32_t connection, std::uint32_t stream) const
{
    const auto found = m_owners.find(keyOf(connection, stream));
    return found == m_owners.end() ? SessionId() : SessionId(found->second);
}

} // namespace pushscope
