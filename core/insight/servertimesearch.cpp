#include "core/insight/servertimesearch.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace pushscope {

namespace {

/// After so many messages without a time one in Seldom is looked at: a prime number, so that it is not the same of
/// several kinds that alternate each time.
constexpr std::uint64_t SearchedAll = 1000;
constexpr std::uint64_t Seldom = 61;
/// Candidates that do neither within so many messages are given up, to be found again.
constexpr std::uint64_t MostFollowed = 1000;
constexpr std::size_t MostDropped = 64;

} // namespace

bool ServerTimeSearch::wantsNext()
{
    return !m_candidates.empty() || ++m_messages <= SearchedAll || m_messages % Seldom == 0;
}

void ServerTimeSearch::look(const JsonDocument &message, std::int64_t arrival)
{
    if (m_candidates.empty())
        collect(message, arrival);
    else
        follow(message, arrival);
}

void ServerTimeSearch::collect(const JsonDocument &message, std::int64_t arrival)
{
    m_followed = 0;
    if (m_dropped.size() >= MostDropped)
        return;
    for (ServerTimePlace &place : ServerTimePlace::find(message, arrival)) {
        const auto value = place.timeIn(message);
        if (value && std::ranges::find(m_dropped, place.text()) == m_dropped.end())
            m_candidates.push_back({std::move(place), *value, arrival});
    }
}

void ServerTimeSearch::follow(const JsonDocument &message, std::int64_t arrival)
{
    std::erase_if(m_candidates, [&](Candidate &candidate) {
        const auto value = candidate.place.timeIn(message);
        if (!value)
            return false;
        if (std::exchange(candidate.value, *value) != *value) {
            candidate.since = arrival;
            candidate.moved = true;
        }
        const bool standsStill = arrival - candidate.since >= StandsStill;
        if (standsStill)
            m_dropped.push_back(candidate.place.text());
        return standsStill;
    });
    m_isFound = m_isFound && !m_candidates.empty();
    if (!m_isFound)
        choose(arrival);
    if (!m_isFound && ++m_followed >= MostFollowed)
        m_candidates.clear();
}

/// Of those that moved the one nearest to now.
void ServerTimeSearch::choose(std::int64_t arrival)
{
    const auto distance = [arrival](const Candidate &candidate) {
        return candidate.moved ? std::abs(static_cast<double>(candidate.value) - static_cast<double>(arrival)) : 1e300;
    };
    const auto nearest = std::ranges::min_element(m_candidates, {}, distance);
    if (nearest == m_candidates.end() || !nearest->moved)
        return;
    Candidate found = std::move(*nearest);
    m_candidates.clear();
    m_candidates.push_back(std::move(found));
    m_isFound = true;
}

} // namespace pushscope
