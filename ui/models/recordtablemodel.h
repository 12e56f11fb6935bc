#pragma once

#include "core/capture/capture.h"
#include "core/capture/filter.h"
#include "core/capture/statistics.h"
#include "ui/models/recordindex.h"

#include <QAbstractTableModel>

#include <chrono>
#include <memory>
#include <optional>

namespace pushscope {

/// How a row is meant, for the view to give it a look.
enum class RowTone { Message, Quiet, State, Bad, Remark };
enum class TimeMode { Clock, SinceStart };
enum class DeltaMode { Previous, Selected };

/// The table over a capture: a row for each record that passes the filter. Text is made when a row is asked for; new
/// rows are announced as one range for each advance().
class RecordTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Number, Time, Delta, Stream, Dir, Kind, Type, LastId, Size, Preview, ColumnCount };
    enum Role { SeqRole = Qt::UserRole, ToneRole, DirectionRole };

    /// `statistics` names the sessions; it and `connections` are advanced by somebody else.
    RecordTableModel(std::shared_ptr<const Capture> capture, Statistics statistics, const ConnectionIndex &connections,
                     QObject *parent = nullptr);

    void setFilter(const Filter &filter);
    [[nodiscard]] const Filter &filter() const { return m_index.filter(); }
    void setTimeMode(TimeMode mode);
    [[nodiscard]] TimeMode timeMode() const { return m_timeMode; }
    /// Selected: deltas are counted from `reference`.
    void setDelta(DeltaMode mode, Seq reference);
    [[nodiscard]] DeltaMode deltaMode() const { return m_deltaMode; }

    /// Takes what is published by now, for no longer than `slice`.
    void advance(const Capture::Counts &counts, std::chrono::microseconds slice);

    [[nodiscard]] Seq seqAt(int row) const { return m_index.at(std::uint64_t(row)); }
    /// -1: the filter hides it, or it was not looked at yet.
    [[nodiscard]] int rowOf(Seq seq) const;
    /// The row of the record, or of the next that is shown; rowCount() when there is none.
    [[nodiscard]] int nearestRow(Seq seq) const;
    [[nodiscard]] std::uint64_t scanned() const { return m_index.position(); }
    [[nodiscard]] std::uint64_t published() const { return m_counts.records; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// What a column is called.
    [[nodiscard]] static QString columnName(int column);
    /// Aligned to the right, so that digits stand below each other.
    [[nodiscard]] static bool isNumeric(int column) { return column == Delta || column == Size; }

private:
    struct RowText;
    [[nodiscard]] QString textOf(int row, int column) const;
    [[nodiscard]] QString streamOf(const Record &record) const;
    [[nodiscard]] const RowText &summaryOf(Seq seq) const;
    void touchColumn(Column column);

    std::shared_ptr<const Capture> m_capture;
    Statistics m_statistics;
    const ConnectionIndex &m_connections;
    RecordIndex m_index;
    Capture::Counts m_counts;
    int m_rows = 0;
    TimeMode m_timeMode = TimeMode::Clock;
    DeltaMode m_deltaMode = DeltaMode::Previous;
    Seq m_reference;
    mutable std::shared_ptr<RowText> m_lastText; ///< of the row asked for last: its columns are asked for together
};

[[nodiscard]] RowTone toneOf(const Capture &capture, Seq seq);

} // namespace pushscope
