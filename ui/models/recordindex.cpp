#include "ui/models/recordindex.h"

#include "ui/frameticker.h"
#include "ui/models/connectionindex.h"

#include <atomic>
#include <mutex>
#include <vector>

namespace pushscope {

namespace {

bool passesAll(const Filter &filter)
{
    return (filter.layers & std::bitset<8>(0x1F)).count() == 5 && !filter.session && !filter.connection &&
           filter.kinds.empty() && !filter.needsPayload();
}

constexpr std::uint64_t HandOver = 1024;
constexpr auto Kinds = std::size_t(RecordKind::Count);

/// In what is known of each kind: those of companion requests come behind.
std::size_t placeOf(const Record &record)
{
    return std::size_t(record.kind) + (record.has(RecordFlag::Companion) ? Kinds : 0);
}

} // namespace

/// What the worker and the window share: found rows wait here for the next frame.
struct RecordIndex::Search
{
    std::atomic<bool> isCancelled = false;
    std::mutex mutex;
    std::vector<Seq> found;
    std::uint64_t position = 0;
    std::uint64_t end = 0;
};

RecordIndex::RecordIndex(std::shared_ptr<const Capture> capture, const ConnectionIndex &connections)
    : m_capture(std::move(capture)), m_connections(connections)
{
    m_worker.setMaxThreadCount(1);
    setFilter({});
}

RecordIndex::~RecordIndex()
{
    stopSearch();
    m_worker.waitForDone();
}

void RecordIndex::stopSearch()
{
    if (m_search)
        m_search->isCancelled = true;
    m_search.reset();
}

void RecordIndex::setFilter(const Filter &filter)
{
    stopSearch();
    m_filter = filter;
    m_found.clear();
    m_position = 0;
    m_isIdentity = passesAll(filter);
    // What the filter says of a kind is asked once for each kind instead of once for each record.
    for (std::size_t kind = 0; kind < Kinds; ++kind) {
        const bool isWanted = takesKind(filter, RecordKind(kind));
        m_passes[kind] = isWanted && takesLayer(filter, RecordKind(kind), false);
        m_passes[kind + Kinds] = isWanted && takesLayer(filter, RecordKind(kind), true);
    }
}

std::uint64_t RecordIndex::advance(std::uint64_t published, std::chrono::microseconds slice)
{
    if (m_isIdentity)
        m_position = published;
    else if (m_filter.needsPayload())
        harvest(published);
    else
        scan(published, slice);
    return size();
}

void RecordIndex::scan(std::uint64_t published, std::chrono::microseconds slice)
{
    SliceTimer timer(slice);
    while (m_position < published && !timer.isOver()) {
        ++m_position;
        const Record &record = m_capture->record(Seq(m_position));
        if (m_passes[placeOf(record)] && isInScope(m_filter, record) && !isForeign(record))
            m_found.append(Seq(m_position));
    }
}

/// What still comes on a stream whose session has gone is recorded with the one that opened the connection: in that
/// one's own view it would be another's.
bool RecordIndex::isForeign(const Record &record) const
{
    if (!m_filter.session || record.stream == 0 || layerOf(record.kind) != Layer::Frames)
        return false;
    const SessionId owner = m_connections.ownerOf(record.connection, record.stream);
    return owner.isValid() && owner != *m_filter.session;
}

void RecordIndex::harvest(std::uint64_t published)
{
    if (m_search) {
        const std::lock_guard lock(m_search->mutex);
        for (const Seq seq : m_search->found) {
            if (!isForeign(m_capture->record(seq)))
                m_found.append(seq);
        }
        m_search->found.clear();
        m_position = m_search->position;
        if (m_position < m_search->end)
            return;
    }
    m_search.reset();
    if (m_position >= published)
        return;
    m_search = std::make_shared<Search>();
    m_search->position = m_position;
    m_search->end = published;
    m_worker.start([search = m_search, capture = m_capture, filter = m_filter, passes = m_passes,
                    first = m_position + 1, last = published] {
        std::vector<Seq> found;
        for (std::uint64_t value = first; value <= last && !search->isCancelled; ++value) {
            if (passes[placeOf(capture->record(Seq(value)))] && matches(filter, *capture, Seq(value)))
                found.push_back(Seq(value));
            if (value % HandOver == 0 || value == last) {
                const std::lock_guard lock(search->mutex);
                search->found.insert(search->found.end(), found.begin(), found.end());
                search->position = value;
                found.clear();
            }
        }
    });
}

std::uint64_t RecordIndex::lowerBound(Seq seq) const
{
    if (!m_isIdentity)
        return m_found.lowerBound(seq);
    return std::min<std::uint64_t>(seq.value > 0 ? seq.value - 1 : 0, m_position);
}

} // namespace pushscope
