#pragma once

#include "core/insight/reconnectledger.h"

#include <QAbstractTableModel>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

namespace pushscope {

/// The reconnect ledger of one session as a table: a row for each attempt, oldest first. Text is made when a row is
/// asked for.
class LedgerModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Attempt, Began, Connecting, Open, Events, Ended, Wait, Sent, Seen, Resume, FirstEvent, ColumnCount };

    explicit LedgerModel(std::shared_ptr<const Capture> capture, QObject *parent = nullptr);

    /// Another session's, from its beginning. Ids and their checks are left out for one that has none.
    void setSession(SessionId session, bool hasIds);
    [[nodiscard]] SessionId session() const { return m_ledger.session(); }
    /// Takes what is published by now, for no longer than `slice`.
    void advance(std::chrono::microseconds slice);
    /// The attempt that goes on has grown, until `now` (capture time, ns) where the session still lives.
    void refresh(const std::optional<std::int64_t> &now);

    [[nodiscard]] const ReconnectLedger &ledger() const { return m_ledger; }
    [[nodiscard]] const LedgerEntry &entryAt(int row) const { return m_ledger.entries()[std::size_t(row)]; }
    /// The attempt that a record of the session belongs to, as far as it was read; -1 before the first.
    [[nodiscard]] int rowOf(Seq seq) const;
    /// A row's cells, with their names: for the clipboard and screen readers.
    [[nodiscard]] QString rowText(int row) const;
    [[nodiscard]] bool isShown(int column) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] static QString columnName(int column);

private:
    [[nodiscard]] QString textOf(int row, int column) const;
    void announce();

    std::shared_ptr<const Capture> m_capture;
    ReconnectLedger m_ledger;
    bool m_hasIds = true;
    int m_rows = 0; ///< announced
    std::uint64_t m_leftOut = 0;
    std::uint64_t m_revision = 0;
    std::optional<std::int64_t> m_now;
};

} // namespace pushscope
