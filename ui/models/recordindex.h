#pragma once

#include "core/capture/capture.h"
#include "core/capture/filter.h"
#include "ui/models/seqlist.h"

#include <QThreadPool>

#include <array>
#include <chrono>
#include <memory>

namespace pushscope {

class ConnectionIndex;

/// Which records of a growing capture pass a filter, in order. A filter by layer, kind and session is tried in slices
/// of the frame; one that reads payloads runs on a worker that hands over what it has found so far. A filter that
/// passes everything needs no list at all.
class RecordIndex
{
public:
    /// `connections` knows whose HTTP/2 streams are whose; advanced by somebody else, before this.
    RecordIndex(std::shared_ptr<const Capture> capture, const ConnectionIndex &connections);
    ~RecordIndex();
    RecordIndex(const RecordIndex &) = delete;
    RecordIndex &operator=(const RecordIndex &) = delete;

    /// Begins anew: empty until advance().
    void setFilter(const Filter &filter);
    [[nodiscard]] const Filter &filter() const { return m_filter; }
    /// Looks at records up to `published`, for no longer than `slice`. Returns how many pass so far.
    std::uint64_t advance(std::uint64_t published, std::chrono::microseconds slice);

    [[nodiscard]] std::uint64_t size() const { return m_isIdentity ? m_position : m_found.size(); }
    [[nodiscard]] Seq at(std::uint64_t row) const { return m_isIdentity ? Seq(row + 1) : m_found.at(row); }
    /// The row of a record, or of the next one that passes.
    [[nodiscard]] std::uint64_t lowerBound(Seq seq) const;
    /// How many records were looked at.
    [[nodiscard]] std::uint64_t position() const { return m_position; }

private:
    struct Search;
    void scan(std::uint64_t published, std::chrono::microseconds slice);
    [[nodiscard]] bool isForeign(const Record &record) const;
    void harvest(std::uint64_t published);
    void stopSearch();

    std::shared_ptr<const Capture> m_capture;
    const ConnectionIndex &m_connections;
    Filter m_filter;
    std::array<bool, 2 * std::size_t(RecordKind::Count)> m_passes{}; ///< by kind, then those of companion requests
    bool m_isIdentity = false;
    SeqList m_found;
    std::uint64_t m_position = 0;
    std::shared_ptr<Search> m_search;
    QThreadPool m_worker;
};

} // namespace pushscope
