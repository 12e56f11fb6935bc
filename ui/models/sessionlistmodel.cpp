#include "ui/models/sessionlistmodel.h"

#include "core/base/url.h"
#include "ui/models/connectionindex.h"
#include "ui/text/describe.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"

#include <QElapsedTimer>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace pushscope {

namespace {

/// Records folded between two looks at the clock.
constexpr std::uint64_t Step = 4096;
/// Seconds that a rate is the mean of: steady enough to read, quick enough to believe.
constexpr int RateSeconds = 3;

/// A connection has a row where sessions share it.
constexpr std::size_t SharedBy = 2;

QString describe(ConnectionSummary::State state)
{
    switch (state) {
    case ConnectionSummary::State::Open: return words("open");
    case ConnectionSummary::State::GoingAway: return words("going away");
    case ConnectionSummary::State::Closed: break;
    }
    return words("closed");
}

/// The state of a session that looks like the connection's.
SessionState looksLike(ConnectionSummary::State state)
{
    switch (state) {
    case ConnectionSummary::State::Open: return SessionState::Open;
    case ConnectionSummary::State::GoingAway: return SessionState::Waiting;
    case ConnectionSummary::State::Closed: break;
    }
    return SessionState::Closed;
}

} // namespace

SessionListModel::SessionListModel(Statistics statistics, const ConnectionIndex &connections, QObject *parent)
    : QAbstractListModel(parent), m_statistics(std::move(statistics)), m_connections(connections)
{
}

void SessionListModel::advance(std::chrono::microseconds slice)
{
    QElapsedTimer timer;
    timer.start();
    while (m_statistics.advance(Step) && timer.nsecsElapsed() < slice.count() * 1000) {
    }
    const std::size_t seen = m_seen;
    takeNewSessions();
    if (seen != m_seen || m_revision != m_connections.revision())
        arrange();
    if (seen != m_seen && !m_sessions.empty())
        Q_EMIT sessionAppeared(m_sessions.back());
    takeStates();
}

void SessionListModel::takeNewSessions()
{
    const auto &sessions = m_statistics.sessions();
    for (; m_seen < sessions.size(); ++m_seen) {
        if (m_hidden.contains(sessions[m_seen].id.value))
            continue;
        m_sessions.push_back(sessions[m_seen].id);
        m_states.push_back(sessions[m_seen].state);
    }
}

void SessionListModel::takeStates()
{
    for (std::size_t i = 0; i < m_sessions.size(); ++i) {
        const SessionSummary *session = m_statistics.session(m_sessions[i]);
        if (!session || session->state == m_states[i])
            continue;
        m_states[i] = session->state;
        if (session->state == SessionState::Closed || session->state == SessionState::Failed)
            m_paused.remove(session->id.value);
        const QModelIndex changed = index(rowOf(session->id));
        Q_EMIT dataChanged(changed, changed);
    }
}

void SessionListModel::refresh(std::int64_t now)
{
    m_now = now;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1));
}

std::vector<SessionListModel::Row> SessionListModel::arranged() const
{
    std::unordered_map<std::uint32_t, std::vector<Row>> groups;
    std::vector<Row> flat;
    flat.reserve(m_sessions.size());
    for (const SessionId session : m_sessions) {
        const ConnectionIndex::Place place = m_connections.placeOf(session);
        const Row row{session, place.stream != 0 ? place.connection : 0};
        flat.push_back(row);
        if (row.connection != 0)
            groups[row.connection].push_back(row);
    }
    std::erase_if(groups, [](const auto &group) { return group.second.size() < SharedBy; });
    std::vector<Row> rows;
    rows.reserve(flat.size() + groups.size());
    for (const Row &row : flat) {
        const auto group = groups.find(row.connection);
        if (group == groups.end()) {
            rows.push_back({row.session, 0});
            continue;
        }
        // Its first session brings the whole group; the others find it empty.
        if (group->second.empty())
            continue;
        rows.push_back({{}, row.connection});
        rows.insert(rows.end(), group->second.begin(), group->second.end());
        group->second.clear();
    }
    return rows;
}

void SessionListModel::arrange()
{
    m_revision = m_connections.revision();
    const std::vector<Row> wanted = arranged();
    removeRowsBut(wanted);
    placeRows(wanted);
    // Who is grouped, and how many are, may have changed without a move.
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1));
}

void SessionListModel::removeRowsBut(const std::vector<Row> &wanted)
{
    const auto keyOf = [](const Row &row) {
        return std::uint64_t(row.session.value) << 32 | (row.session.isValid() ? 0 : row.connection);
    };
    std::unordered_set<std::uint64_t> kept;
    for (const Row &row : wanted)
        kept.insert(keyOf(row));
    for (std::size_t row = m_rows.size(); row-- > 0;) {
        if (kept.contains(keyOf(m_rows[row])))
            continue;
        beginRemoveRows({}, int(row), int(row));
        m_rows.erase(m_rows.begin() + std::ptrdiff_t(row));
        endRemoveRows();
    }
}

void SessionListModel::placeRows(const std::vector<Row> &wanted)
{
    for (std::size_t row = 0; row < wanted.size(); ++row) {
        const auto from = m_rows.begin() + std::ptrdiff_t(std::min(row, m_rows.size()));
        const auto found =
            std::find_if(from, m_rows.end(), [&](const Row &other) { return other.isSame(wanted[row]); });
        if (found == m_rows.end()) {
            beginInsertRows({}, int(row), int(row));
            m_rows.insert(from, wanted[row]);
            endInsertRows();
            continue;
        }
        if (found != from) {
            beginMoveRows({}, int(found - m_rows.begin()), int(found - m_rows.begin()), {}, int(row));
            std::rotate(from, found, found + 1);
            endMoveRows();
        }
        m_rows[row] = wanted[row];
    }
}

void SessionListModel::setHidden(SessionId id, bool hidden)
{
    const auto place = std::lower_bound(m_sessions.begin(), m_sessions.end(), id);
    const bool isShown = place != m_sessions.end() && *place == id;
    const std::ptrdiff_t at = place - m_sessions.begin();
    if (hidden && isShown) {
        m_hidden.insert(id.value);
        m_sessions.erase(place);
        m_states.erase(m_states.begin() + at);
        arrange();
    } else if (!hidden && m_hidden.remove(id.value)) {
        const SessionSummary *session = m_statistics.session(id);
        m_sessions.insert(place, id);
        m_states.insert(m_states.begin() + at, session ? session->state : SessionState::Idle);
        arrange();
    }
    Q_EMIT hiddenChanged(m_hidden);
}

void SessionListModel::setPaused(SessionId id, bool paused)
{
    if (paused)
        m_paused.insert(id.value);
    else
        m_paused.remove(id.value);
    if (const int row = rowOf(id); row >= 0)
        Q_EMIT dataChanged(index(row), index(row));
}

void SessionListModel::setFrozen(SessionId id, bool frozen)
{
    if (frozen)
        m_frozen.insert(id.value);
    else
        m_frozen.remove(id.value);
    if (const int row = rowOf(id); row >= 0)
        Q_EMIT dataChanged(index(row), index(row));
}

SessionId SessionListModel::idAt(int row) const
{
    return row >= 0 && row < int(m_rows.size()) ? m_rows[std::size_t(row)].session : SessionId();
}

int SessionListModel::rowOf(SessionId id) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [id](const Row &row) { return row.session == id; });
    return found == m_rows.end() || !id.isValid() ? -1 : int(found - m_rows.begin());
}

std::uint32_t SessionListModel::connectionAt(int row) const
{
    const bool isConnection = row >= 0 && row < int(m_rows.size()) && !m_rows[std::size_t(row)].session.isValid();
    return isConnection ? m_rows[std::size_t(row)].connection : 0;
}

int SessionListModel::rowOfConnection(std::uint32_t connection) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [connection](const Row &row) {
        return !row.session.isValid() && row.connection == connection;
    });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

std::vector<SessionId> SessionListModel::sessionsOn(std::uint32_t connection) const
{
    std::vector<SessionId> sessions;
    for (const Row &row : m_rows) {
        if (row.session.isValid() && row.connection == connection)
            sessions.push_back(row.session);
    }
    return sessions;
}

int SessionListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QString SessionListModel::lineOf(const SessionSummary &session) const
{
    double sum = 0;
    for (const std::uint32_t count : m_statistics.rateHistory(session.id, m_now, RateSeconds))
        sum += count;
    return describeSession(session, m_now,
                           {.rate = sum / RateSeconds,
                            .isPaused = isPaused(session.id),
                            .stream = m_connections.placeOf(session.id).stream});
}

QString SessionListModel::lineOfConnection(std::uint32_t connection) const
{
    const ConnectionSummary *summary = m_connections.connection(connection);
    if (!summary)
        return {};
    const SessionSummary *opener = m_statistics.session(summary->opener);
    const auto url = opener ? parseUrl(opener->url) : Expected<Url, Error>(Url());
    const QString dot = QStringLiteral(" \u00B7 ");
    const QString host = url ? visibleLine(url->authority()) + dot : QString();
    return host + words("%n stream|%n streams", qint64(sessionsOn(connection).size())) + dot + describe(summary->state);
}

QVariant SessionListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= int(m_rows.size()))
        return {};
    const Row &row = m_rows[std::size_t(index.row())];
    return row.session.isValid() ? sessionData(row, role) : connectionData(row, role);
}

QVariant SessionListModel::connectionData(const Row &row, int role) const
{
    const ConnectionSummary *summary = m_connections.connection(row.connection);
    if (!summary)
        return {};
    switch (role) {
    case Qt::DisplayRole: return describeConnection(row.connection) + QStringLiteral(" \u00B7 HTTP/2");
    case Qt::AccessibleTextRole:
        return connectionData(row, Qt::DisplayRole).toString() + QStringLiteral(", ") +
               lineOfConnection(row.connection);
    case Qt::ToolTipRole: return plainToolTip(lineOfConnection(row.connection));
    case LineRole: return lineOfConnection(row.connection);
    case StateRole: return int(looksLike(summary->state));
    case ConnectionRole: return row.connection;
    default: return {}; // roles are an open set of numbers
    }
}

QVariant SessionListModel::sessionData(const Row &row, int role) const
{
    const SessionSummary *session = m_statistics.session(row.session);
    if (!session)
        return {};
    switch (role) {
    case Qt::DisplayRole: return visibleLine(session->name);
    case Qt::AccessibleTextRole: return visibleLine(session->name) + QStringLiteral(", ") + lineOf(*session);
    case IdRole: return row.session.value;
    case StateRole: return int(session->state);
    case LineRole: return lineOf(*session);
    case Qt::ToolTipRole: return plainToolTip(visibleLine(session->url));
    case IsPausedRole: return isPaused(row.session);
    case IsWebSocketRole: return session->transport == "websocket";
    case IsGroupedRole: return row.connection != 0;
    case RatesRole: {
        QVariantList list;
        for (const std::uint32_t rate : m_statistics.rateHistory(row.session, m_now, History))
            list += rate;
        return list;
    }
    default: return {}; // roles are an open set of numbers
    }
}

} // namespace pushscope
