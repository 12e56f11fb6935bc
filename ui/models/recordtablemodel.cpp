#include "ui/models/recordtablemodel.h"

#include "core/capture/details/summary.h"
#include "ui/models/connectionindex.h"
#include "ui/text/describe.h"
#include "ui/text/format.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"

#include <limits>

namespace pushscope {

struct RecordTableModel::RowText
{
    Seq seq;
    std::uint64_t bytes = 0; ///< of the capture when it was made: a frame that was still coming may have grown since
    QString type, id, preview;
    std::uint64_t size = 0;
};

RowTone toneOf(const Capture &capture, Seq seq)
{
    const RecordKind kind = capture.record(seq).kind;
    const bool isCompanion = capture.record(seq).has(RecordFlag::Companion);
    switch (layerOf(kind)) {
    case Layer::Messages:
        return kind == RecordKind::SseComment || kind == RecordKind::SseRetry || kind == RecordKind::SseBlock ||
                       kind == RecordKind::WsPing || kind == RecordKind::WsPong
                   ? RowTone::Quiet
                   : (kind == RecordKind::SseIncomplete ? RowTone::Bad : RowTone::Message);
    case Layer::Frames:
        return kind == RecordKind::H2RstStream || kind == RecordKind::H2Goaway ? RowTone::State : RowTone::Quiet;
    case Layer::Reads: return RowTone::Quiet;
    case Layer::Findings: return RowTone::Remark;
    case Layer::Connection: break;
    }
    if (kind == RecordKind::Error)
        return RowTone::Bad;
    if (isCompanion) // what was said and what came back; its end is no state of the stream
        return kind == RecordKind::HttpRequest || kind == RecordKind::HttpResponse || kind == RecordKind::HttpBody
                   ? RowTone::Message
                   : RowTone::Quiet;
    if (kind != RecordKind::State && kind != RecordKind::End && kind != RecordKind::Resume)
        return RowTone::Quiet;
    if (kind == RecordKind::State) {
        const SessionState state = decodeFacts<StateFacts>(capture.derived(seq, 64 * 1024)).state;
        if (state == SessionState::Failed)
            return RowTone::Bad;
        if (state == SessionState::Open)
            return RowTone::Quiet;
    }
    return RowTone::State;
}

RecordTableModel::RecordTableModel(std::shared_ptr<const Capture> capture, Statistics statistics,
                                   const ConnectionIndex &connections, QObject *parent)
    : QAbstractTableModel(parent), m_capture(std::move(capture)), m_statistics(std::move(statistics)),
      m_connections(connections), m_index(m_capture, connections), m_lastText(std::make_shared<RowText>())
{
}

void RecordTableModel::setFilter(const Filter &filter)
{
    if (filter == m_index.filter())
        return;
    beginResetModel();
    m_index.setFilter(filter);
    // The first slice belongs to the reset: a filter over a small capture changes the table at once, without an empty
    // frame.
    m_rows = int(m_index.advance(m_counts.records, std::chrono::milliseconds(8)));
    endResetModel();
}

void RecordTableModel::advance(const Capture::Counts &counts, std::chrono::microseconds slice)
{
    m_counts = counts;
    const std::uint64_t found = m_index.advance(counts.records, slice);
    const int rows = int(std::min<std::uint64_t>(found, std::numeric_limits<int>::max()));
    if (rows <= m_rows)
        return;
    beginInsertRows({}, m_rows, rows - 1);
    m_rows = rows;
    endInsertRows();
}

void RecordTableModel::setTimeMode(TimeMode mode)
{
    m_timeMode = mode;
    touchColumn(Time);
}

void RecordTableModel::setDelta(DeltaMode mode, Seq reference)
{
    if (m_deltaMode == mode && (mode == DeltaMode::Previous || m_reference == reference))
        return;
    m_deltaMode = mode;
    m_reference = reference;
    touchColumn(Delta);
}

void RecordTableModel::touchColumn(Column column)
{
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, column), index(m_rows - 1, column));
    Q_EMIT headerDataChanged(Qt::Horizontal, column, column);
}

int RecordTableModel::nearestRow(Seq seq) const
{
    return int(std::min<std::uint64_t>(m_index.lowerBound(seq), std::uint64_t(m_rows)));
}

int RecordTableModel::rowOf(Seq seq) const
{
    const int row = nearestRow(seq);
    return row < m_rows && seqAt(row) == seq ? row : -1;
}

int RecordTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int RecordTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RecordTableModel::columnName(int column)
{
    switch (Column(column)) {
    case Number: return QStringLiteral("#");
    case Time: return words("Time");
    case Delta: return QStringLiteral("\u0394");
    case Stream: return words("Stream");
    case Dir: return words("Dir");
    case Kind: return words("Kind");
    case Type: return words("Type");
    case LastId: return words("Id");
    case Size: return words("Size");
    case Preview: return words("Preview");
    case ColumnCount: break;
    }
    return {};
}

QVariant RecordTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(isNumeric(section) ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    if (section == Dir)
        return QString();
    if (section == Delta && m_deltaMode == DeltaMode::Selected)
        return columnName(section) + QStringLiteral(" #%1").arg(m_reference.value);
    return columnName(section);
}

const RecordTableModel::RowText &RecordTableModel::summaryOf(Seq seq) const
{
    RowText &text = *m_lastText;
    if (text.seq == seq && text.bytes == m_counts.bytes)
        return text;
    const RecordKind kind = m_capture->record(seq).kind;
    const Layer layer = layerOf(kind);
    const Summary summary = summarize(*m_capture, seq, 240);
    text.seq = seq;
    text.bytes = m_counts.bytes;
    text.id = visibleLine(summary.id);
    text.size = summary.size;
    text.preview = layer == Layer::Messages && kind != RecordKind::SseRetry ? visibleLine(summary.preview)
                                                                            : describeRecord(*m_capture, seq);
    // What the kind or the preview says already is not said again.
    text.type = visibleLine(summary.type);
    const bool isTold = text.type == describeKind(*m_capture, seq) || kind == RecordKind::Session ||
                        (layer != Layer::Messages && text.preview.startsWith(text.type));
    if (isTold)
        text.type.clear();
    return text;
}

/// "events", over HTTP/2 "events #5"; what is a connection's own is that of all its streams: "connection 3".
QString RecordTableModel::streamOf(const Record &record) const
{
    if (record.stream == 0 && isAboutConnection(record.kind)) {
        const ConnectionSummary *connection = m_connections.connection(record.connection);
        if (connection && connection->isHttp2)
            return describeConnection(record.connection);
    }
    const SessionSummary *session = m_statistics.session(SessionId(record.session));
    QString name = session ? visibleLine(session->name) : QString();
    if (record.has(RecordFlag::Companion))
        name = words("%1, companion").arg(name);
    return record.stream == 0 ? name : QStringLiteral("%1 #%2").arg(name).arg(record.stream);
}

QString RecordTableModel::textOf(int row, int column) const
{
    const Seq seq = seqAt(row);
    const Record &record = m_capture->record(seq);
    switch (Column(column)) {
    case Number: return QString::number(seq.value);
    case Time:
        return m_timeMode == TimeMode::Clock ? formatClock(m_capture->wallStart() + record.time)
                                             : formatSince(record.time);
    case Delta: {
        if (m_deltaMode == DeltaMode::Selected && m_reference.isValid())
            return formatDelta(record.time - m_capture->record(m_reference).time);
        return row > 0 ? formatDelta(record.time - m_capture->record(seqAt(row - 1)).time) : QString();
    }
    case Stream: return streamOf(record);
    case Dir:
        switch (record.direction) {
        case Direction::In: return QStringLiteral("\u2193");
        case Direction::Out: return QStringLiteral("\u2191");
        case Direction::None: break;
        }
        return QStringLiteral("\u00B7");
    case Kind: return describeKind(*m_capture, seq);
    case Type: return summaryOf(seq).type;
    case LastId: return summaryOf(seq).id;
    case Size: {
        const std::uint64_t size = summaryOf(seq).size;
        return record.originLength == 0 && size == 0 ? QStringLiteral("\u2013") : formatSize(size);
    }
    case Preview: return summaryOf(seq).preview;
    case ColumnCount: break;
    }
    return {};
}

QVariant RecordTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows)
        return {};
    switch (role) {
    case Qt::DisplayRole: return textOf(index.row(), index.column());
    case Qt::AccessibleTextRole: {
        if (index.column() == Dir) {
            const Direction direction = m_capture->record(seqAt(index.row())).direction;
            return direction == Direction::In    ? words("received")
                   : direction == Direction::Out ? words("sent")
                                                 : QString();
        }
        return textOf(index.row(), index.column());
    }
    case Qt::TextAlignmentRole:
        return int(isNumeric(index.column()) ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    case SeqRole: return QVariant::fromValue<quint64>(seqAt(index.row()).value);
    case ToneRole: return int(toneOf(*m_capture, seqAt(index.row())));
    case DirectionRole: return int(m_capture->record(seqAt(index.row())).direction);
    default: return {}; // roles are an open set of numbers
    }
}

} // namespace pushscope
