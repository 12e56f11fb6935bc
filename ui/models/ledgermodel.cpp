#include "ui/models/ledgermodel.h"

#include "ui/frameticker.h"
#include "ui/text/format.h"
#include "ui/text/ledgerwords.h"
#include "ui/text/plainlabel.h"
#include "ui/text/words.h"

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

/// Of a column's cells and its head.
QVariant alignmentOf(int column)
{
    const bool isNumber = column == LedgerModel::Attempt || column == LedgerModel::Connecting ||
                          column == LedgerModel::Open || column == LedgerModel::Events ||
                          column == LedgerModel::FirstEvent;
    return QVariant::fromValue(Qt::Alignment((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
}

} // namespace

LedgerModel::LedgerModel(std::shared_ptr<const Capture> capture, QObject *parent)
    : QAbstractTableModel(parent), m_capture(std::move(capture)), m_ledger(m_capture, SessionId())
{
}

void LedgerModel::setSession(SessionId session, bool hasIds)
{
    if (session == m_ledger.session() && hasIds == m_hasIds)
        return;
    beginResetModel();
    if (session != m_ledger.session())
        m_ledger = ReconnectLedger(m_capture, session);
    m_hasIds = hasIds;
    m_rows = int(m_ledger.entries().size());
    m_leftOut = m_ledger.leftOut();
    m_revision = m_ledger.revision();
    endResetModel();
}

void LedgerModel::advance(std::chrono::microseconds slice)
{
    constexpr std::uint64_t Step = 8192;
    SliceTimer timer(slice, 1);
    while (m_ledger.advance(Step) && !timer.isOver()) {
    }
    announce();
}

void LedgerModel::announce()
{
    if (m_ledger.revision() == m_revision)
        return;
    m_revision = m_ledger.revision();
    // Of all the rows announced so far the first went, then the last grew, then others came.
    const int gone = int(std::min<std::uint64_t>(m_ledger.leftOut() - m_leftOut, std::uint64_t(m_rows)));
    m_leftOut = m_ledger.leftOut();
    if (gone > 0) {
        beginRemoveRows({}, 0, gone - 1);
        m_rows -= gone;
        endRemoveRows();
    }
    if (m_rows > 0)
        Q_EMIT dataChanged(index(m_rows - 1, 0), index(m_rows - 1, ColumnCount - 1));
    const int rows = int(m_ledger.entries().size());
    if (rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    }
}

void LedgerModel::refresh(const std::optional<std::int64_t> &now)
{
    m_now = now;
    if (m_rows > 0)
        Q_EMIT dataChanged(index(m_rows - 1, 0), index(m_rows - 1, ColumnCount - 1));
}

int LedgerModel::rowOf(Seq seq) const
{
    const auto &entries = m_ledger.entries();
    const auto next = std::ranges::upper_bound(entries, seq, {}, &LedgerEntry::began);
    return std::min(int(next - entries.begin()), m_rows) - 1;
}

int LedgerModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int LedgerModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

bool LedgerModel::isShown(int column) const
{
    return m_hasIds || (column != Sent && column != Seen && column != Resume);
}

QString LedgerModel::columnName(int column)
{
    switch (Column(column)) {
    case Attempt: return words("#");
    case Began: return words("began");
    case Connecting: return words("connecting");
    case Open: return words("open");
    case Events: return words("events");
    case Ended: return words("ended");
    case Wait: return words("wait");
    case Sent: return words("id sent");
    case Seen: return words("id seen");
    case FirstEvent: return words("first event");
    case Resume: return words("after the resume");
    case ColumnCount: break;
    }
    return {};
}

QVariant LedgerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole)
        return columnName(section);
    return orientation == Qt::Horizontal && role == Qt::TextAlignmentRole ? alignmentOf(section) : QVariant();
}

QString LedgerModel::textOf(int row, int column) const
{
    const LedgerEntry &entry = entryAt(row);
    switch (Column(column)) {
    case Attempt: return formatCount(entry.attempt);
    case Began: return formatClock(m_capture->wallStart() + entry.beganAt);
    case Connecting: return connectingOf(entry, m_now);
    case Open: return openOf(entry, m_now);
    case Events: return formatCount(entry.events);
    case Ended: return endOf(entry, textsOf(*m_capture, entry));
    case Wait: return waitOf(entry);
    case Sent: return idSentOf(entry, textsOf(*m_capture, entry));
    case Seen: return idSeenOf(textsOf(*m_capture, entry));
    case FirstEvent: return firstEventOf(entry);
    case Resume: return resumeOf(entry);
    case ColumnCount: break;
    }
    return {};
}

QString LedgerModel::rowText(int row) const
{
    QStringList cells;
    for (int column = 0; column < ColumnCount; ++column) {
        if (isShown(column))
            cells += columnName(column) + QStringLiteral(": ") + textOf(row, column);
    }
    return cells.join(QStringLiteral("\t"));
}

QVariant LedgerModel::data(const QModelIndex &index, int role) const
{
    // Rows that went are still asked about until the view has heard of it.
    if (!index.isValid() || std::size_t(index.row()) >= m_ledger.entries().size())
        return {};
    const int column = index.column();
    if (role == Qt::DisplayRole)
        return textOf(index.row(), column);
    if (role == Qt::ToolTipRole)
        return plainToolTip(textOf(index.row(), column));
    if (role == Qt::AccessibleTextRole)
        return columnName(column) + QStringLiteral(": ") + textOf(index.row(), column);
    return role == Qt::TextAlignmentRole ? alignmentOf(column) : QVariant();
}

} // namespace pushscope
