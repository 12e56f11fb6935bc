#pragma once

#include "core/capture/statistics.h"

#include <QAbstractListModel>
#include <QSet>

#include <chrono>
#include <vector>

namespace pushscope {

/// The streams of the sidebar: one row for each session that was not removed, in the order they were opened.
class SessionListModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole, StateRole, LineRole, RatesRole, IsWebSocketRole, IsPausedRole };
    /// Seconds of the sparkline.
    static constexpr int History = 60;

    explicit SessionListModel(Statistics statistics, QObject *parent = nullptr);

    /// Folds new records into the statistics, for no longer than `slice`; announces new sessions.
    void advance(std::chrono::microseconds slice);
    /// Rates, countdowns and states as of now (capture time); at the clock's pace, not at that of the records.
    void refresh(std::int64_t now);
    void setHidden(SessionId id, bool hidden);
    /// The user stopped a session's reading: that lasts over its reconnects, and ends with it.
    void setPaused(SessionId id, bool paused);
    [[nodiscard]] bool isPaused(SessionId id) const { return m_paused.contains(id.value); }

    [[nodiscard]] const Statistics &statistics() const { return m_statistics; }
    [[nodiscard]] SessionId idAt(int row) const;
    [[nodiscard]] int rowOf(SessionId id) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void hiddenChanged(const QSet<std::uint32_t> &sessions);

private:
    struct Row
    {
        SessionId id;
        QString line;
        SessionState state = SessionState::Idle;
        std::vector<std::uint32_t> rates;
    };
    void update(Row &row);

    Statistics m_statistics;
    std::vector<Row> m_rows;
    std::size_t m_seen = 0; ///< sessions of the statistics that were looked at
    QSet<std::uint32_t> m_hidden;
    QSet<std::uint32_t> m_paused;
    std::int64_t m_now = 0;
};

} // namespace pushscope
