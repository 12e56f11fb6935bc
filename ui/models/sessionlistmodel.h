#pragma once

#include "core/capture/statistics.h"

#include <QAbstractListModel>
#include <QSet>

#include <chrono>
#include <vector>

namespace pushscope {

class ConnectionIndex;

/// The streams of the sidebar: one row for each session that was not removed, in the order they were opened. Sessions
/// that share an HTTP/2 connection stand together below a row for it.
class SessionListModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        IdRole = Qt::UserRole, ///< of the session; 0 for a connection's row
        StateRole,             ///< of a connection: the state of a session that looks alike
        LineRole,
        RatesRole,
        IsWebSocketRole,
        IsPausedRole,
        ConnectionRole, ///< of a connection's row; 0 for a session
        IsGroupedRole   ///< a session below its connection
    };
    /// Seconds of the sparkline.
    static constexpr int History = 60;

    /// `connections` is advanced by somebody else, before this.
    SessionListModel(Statistics statistics, const ConnectionIndex &connections, QObject *parent = nullptr);

    /// Folds new records into the statistics, for no longer than `slice`; announces new sessions.
    void advance(std::chrono::microseconds slice);
    /// Rates, countdowns and states as of now (capture time); at the clock's pace, not at that of the records.
    void refresh(std::int64_t now);
    void setHidden(SessionId id, bool hidden);
    /// The user stopped a session's reading: that lasts over its reconnects, and ends with it.
    void setPaused(SessionId id, bool paused);
    [[nodiscard]] bool isPaused(SessionId id) const { return m_paused.contains(id.value); }
    /// The user holds a session's waits, until that is taken back.
    void setFrozen(SessionId id, bool frozen);
    [[nodiscard]] bool isFrozen(SessionId id) const { return m_frozen.contains(id.value); }

    [[nodiscard]] const Statistics &statistics() const { return m_statistics; }
    /// None for the row of a connection.
    [[nodiscard]] SessionId idAt(int row) const;
    [[nodiscard]] int rowOf(SessionId id) const;
    /// 0 for the row of a session.
    [[nodiscard]] std::uint32_t connectionAt(int row) const;
    [[nodiscard]] int rowOfConnection(std::uint32_t connection) const;
    /// The sessions that stand below a connection's row.
    [[nodiscard]] std::vector<SessionId> sessionsOn(std::uint32_t connection) const;
    /// Sessions only.
    [[nodiscard]] std::size_t sessionCount() const { return m_sessions.size(); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void hiddenChanged(const QSet<std::uint32_t> &sessions);
    /// After its row came: the newest of those that did.
    void sessionAppeared(pushscope::SessionId session);

private:
    struct Row
    {
        SessionId session;            ///< none: the row of a connection
        std::uint32_t connection = 0; ///< the row's own, or that of the group
        [[nodiscard]] bool isSame(const Row &other) const
        {
            return session == other.session && (session.isValid() || connection == other.connection);
        }
    };

    /// Rows as they should stand: groups where their first session stands.
    [[nodiscard]] std::vector<Row> arranged() const;
    /// Announces what it takes to get there.
    void arrange();
    void removeRowsBut(const std::vector<Row> &wanted);
    void placeRows(const std::vector<Row> &wanted);
    void takeNewSessions();
    void takeStates();
    [[nodiscard]] QVariant sessionData(const Row &row, int role) const;
    [[nodiscard]] QVariant connectionData(const Row &row, int role) const;
    [[nodiscard]] QString lineOf(const SessionSummary &session) const;
    [[nodiscard]] QString lineOfConnection(std::uint32_t connection) const;

    Statistics m_statistics;
    const ConnectionIndex &m_connections;
    std::uint64_t m_revision = 0; ///< of the connections, when the rows were arranged
    std::vector<SessionId> m_sessions;
    std::vector<SessionState> m_states; ///< beside `m_sessions`
    std::vector<Row> m_rows;
    std::size_t m_seen = 0; ///< sessions of the statistics that were looked at
    QSet<std::uint32_t> m_hidden;
    QSet<std::uint32_t> m_paused;
    QSet<std::uint32_t> m_frozen;
    std::int64_t m_now = 0;
};

} // namespace pushscope
