#include "ui/models/sessionlistmodel.h"

#include "ui/text/describe.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"

#include <QElapsedTimer>

#include <algorithm>

namespace pushscope {

namespace {

/// Records folded between two looks at the clock.
constexpr std::uint64_t Step = 4096;

/// The mean of the last three whole seconds: steady enough to read, quick enough to believe.
double rateOf(const std::vector<std::uint32_t> &history)
{
    const std::size_t count = std::min<std::size_t>(3, history.size());
    double sum = 0;
    for (std::size_t i = history.size() - count; i < history.size(); ++i)
        sum += history[i];
    return count > 0 ? sum / double(count) : 0;
}

} // namespace

SessionListModel::SessionListModel(Statistics statistics, QObject *parent)
    : QAbstractListModel(parent), m_statistics(std::move(statistics))
{
}

void SessionListModel::advance(std::chrono::microseconds slice)
{
    QElapsedTimer timer;
    timer.start();
    while (m_statistics.advance(Step) && timer.nsecsElapsed() < slice.count() * 1000) {
    }
    const auto &sessions = m_statistics.sessions();
    for (; m_seen < sessions.size(); ++m_seen) {
        const SessionId id = sessions[m_seen].id;
        if (m_hidden.contains(id.value))
            continue;
        beginInsertRows({}, int(m_rows.size()), int(m_rows.size()));
        m_rows.push_back({id, {}, {}, {}});
        update(m_rows.back());
        endInsertRows();
    }
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        const SessionSummary *session = m_statistics.session(m_rows[row].id);
        if (session && session->state != m_rows[row].state) {
            update(m_rows[row]);
            Q_EMIT dataChanged(index(int(row)), index(int(row)));
        }
    }
}

void SessionListModel::refresh(std::int64_t now)
{
    m_now = now;
    for (Row &row : m_rows)
        update(row);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1));
}

void SessionListModel::update(Row &row)
{
    const SessionSummary *session = m_statistics.session(row.id);
    if (!session)
        return;
    row.rates = m_statistics.rateHistory(row.id, m_now, History);
    row.state = session->state;
    if (row.state == SessionState::Closed || row.state == SessionState::Failed)
        m_paused.remove(row.id.value);
    row.line = describeSession(*session, m_now, rateOf(row.rates), isPaused(row.id));
}

void SessionListModel::setHidden(SessionId id, bool hidden)
{
    const int row = rowOf(id);
    if (hidden && row >= 0) {
        m_hidden.insert(id.value);
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    } else if (!hidden && m_hidden.remove(id.value)) {
        const auto place = std::find_if(m_rows.begin(), m_rows.end(), [id](const Row &other) { return other.id > id; });
        const int at = int(place - m_rows.begin());
        beginInsertRows({}, at, at);
        const auto inserted = m_rows.insert(place, Row{id, {}, {}, {}});
        update(*inserted);
        endInsertRows();
    }
    Q_EMIT hiddenChanged(m_hidden);
}

void SessionListModel::setPaused(SessionId id, bool paused)
{
    if (paused)
        m_paused.insert(id.value);
    else
        m_paused.remove(id.value);
    if (const int row = rowOf(id); row >= 0) {
        update(m_rows[std::size_t(row)]);
        Q_EMIT dataChanged(index(row), index(row));
    }
}

SessionId SessionListModel::idAt(int row) const
{
    return row >= 0 && row < int(m_rows.size()) ? m_rows[std::size_t(row)].id : SessionId();
}

int SessionListModel::rowOf(SessionId id) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [id](const Row &row) { return row.id == id; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

int SessionListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant SessionListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= int(m_rows.size()))
        return {};
    const Row &row = m_rows[std::size_t(index.row())];
    const SessionSummary *session = m_statistics.session(row.id);
    if (!session)
        return {};
    switch (role) {
    case Qt::DisplayRole: return visibleLine(session->name);
    case Qt::AccessibleTextRole: return visibleLine(session->name) + QStringLiteral(", ") + row.line;
    case IdRole: return row.id.value;
    case StateRole: return int(row.state);
    case LineRole: return row.line;
    case Qt::ToolTipRole: return plainToolTip(visibleLine(session->url));
    case IsPausedRole: return isPaused(row.id);
    case IsWebSocketRole: return session->transport == "websocket";
    case RatesRole: {
        QVariantList list;
        for (const std::uint32_t rate : row.rates)
            list += rate;
        return list;
    }
    default: return {}; // roles are an open set of numbers
    }
}

} // namespace pushscope
