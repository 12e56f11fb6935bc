#pragma once

#include "core/insight/rpcledger.h"

#include <QAbstractTableModel>

namespace pushscope {

/// The calls of a ledger as rows. The ledger tells nobody of its changes: refresh() looks for them.
class RpcModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Method, CallId, Way, Asked, Replied, Latency, Outcome, ColumnCount };

    explicit RpcModel(std::int64_t wallStart, QObject *parent = nullptr);

    /// Lives as long as it is shown.
    void setLedger(const RpcLedger *ledger);
    void refresh();
    [[nodiscard]] const RpcCall *call(const QModelIndex &index) const;
    /// The row of the call that a record asked or replied; -1: none.
    [[nodiscard]] int rowOf(Seq seq) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString textOf(const RpcCall &call, int column) const;

    std::int64_t m_wallStart;
    const RpcLedger *m_ledger = nullptr;
    int m_rows = 0;
    std::uint64_t m_leftOut = 0;
    std::uint64_t m_revision = 0;
};

} // namespace pushscope
