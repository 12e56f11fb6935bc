#include "ui/models/rpcmodel.h"

#include "ui/text/format.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"

#include <algorithm>

namespace pushscope {

namespace {

QString outcomeOf(const RpcCall &call)
{
    switch (call.outcome) {
    case RpcCall::Outcome::Open: return words("unanswered");
    case RpcCall::Outcome::Result: return words("result");
    case RpcCall::Outcome::Error: return words("error: %1").arg(visibleLine(call.error));
    case RpcCall::Outcome::Notification: return words("notification");
    case RpcCall::Outcome::Unasked: return words("reply without a request");
    }
    return {};
}

} // namespace

RpcModel::RpcModel(std::int64_t wallStart, QObject *parent) : QAbstractTableModel(parent), m_wallStart(wallStart) {}

void RpcModel::setLedger(const RpcLedger *ledger)
{
    beginResetModel();
    m_ledger = ledger;
    m_rows = ledger ? int(ledger->calls().size()) : 0;
    m_leftOut = ledger ? ledger->leftOut() : 0;
    m_revision = ledger ? ledger->revision() : 0;
    endResetModel();
}

void RpcModel::refresh()
{
    if (!m_ledger || m_revision == m_ledger->revision())
        return;
    if (m_leftOut != m_ledger->leftOut()) {
        setLedger(m_ledger);
        return;
    }
    m_revision = m_ledger->revision();
    if (const int rows = int(m_ledger->calls().size()); rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    }
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, ColumnCount - 1));
}

const RpcCall *RpcModel::call(const QModelIndex &index) const
{
    return index.isValid() && index.row() < m_rows ? &m_ledger->calls()[std::size_t(index.row())] : nullptr;
}

int RpcModel::rowOf(Seq seq) const
{
    for (int row = 0; row < m_rows; ++row) {
        const RpcCall &call = m_ledger->calls()[std::size_t(row)];
        if (call.request == seq || call.reply == seq)
            return row;
    }
    return -1;
}

int RpcModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int RpcModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RpcModel::textOf(const RpcCall &call, int column) const
{
    const auto clock = [this](Seq seq, std::int64_t time) {
        return seq.isValid() ? formatClock(m_wallStart + time) : QString();
    };
    switch (Column(column)) {
    case Method: return visibleLine(call.method);
    case CallId: return visibleLine(call.id);
    case Way: return call.direction == Direction::Out ? words("\u2191 sent") : words("\u2193 received");
    case Asked: return clock(call.request, call.requestAt);
    case Replied: return clock(call.reply, call.replyAt);
    case Latency: return call.latency() ? formatDuration(double(*call.latency()) / 1e6) : QString();
    case Outcome: return outcomeOf(call);
    case ColumnCount: break;
    }
    return {};
}

QVariant RpcModel::data(const QModelIndex &index, int role) const
{
    const RpcCall *shown = call(index);
    return shown && role == Qt::DisplayRole ? QVariant(textOf(*shown, index.column())) : QVariant();
}

QVariant RpcModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case Method: return words("Method");
    case CallId: return words("Id");
    case Way: return words("Request");
    case Asked: return words("Asked");
    case Replied: return words("Replied");
    case Latency: return words("Latency");
    case Outcome: return words("Outcome");
    case ColumnCount: break;
    }
    return {};
}

} // namespace pushscope
