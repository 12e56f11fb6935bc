#include "app/record/recordwriter.h"

#include "app/standarderror.h"
#include "core/capture/capture.h"
#include "core/capture/capturewriter.h"
#include "core/capture/details/wsdetails.h"

#include <utility>

namespace pushscope {

namespace {
constexpr int FollowMilliseconds = 5;
constexpr int ReaderMilliseconds = 500;
constexpr std::size_t BufferBytes = 256 * 1024;
} // namespace

RecordWriter::RecordWriter(std::shared_ptr<const Capture> capture, const RecordOptions &options, RecordOutput output)
    : m_capture(capture), m_options(options), m_output(std::move(output)), m_lines(std::move(capture))
{
    for (std::size_t kind = 0; kind != m_asked.size(); ++kind)
        m_asked.set(kind, isAskedFor(static_cast<RecordKind>(kind)));
}

bool RecordWriter::isAskedFor(RecordKind kind) const
{
    const Layer layer = layerOf(kind);
    return m_options.statistics || layer == Layer::Connection || layer == Layer::Findings ||
           (layer == Layer::Messages && m_options.count) ||
           (!m_output.writesNothing() && m_options.layers.test(static_cast<std::size_t>(layer)));
}

void RecordWriter::start()
{
    release(); // from the beginning, so that the writer knows
    m_timer = std::make_unique<QTimer>();
    connect(m_timer.get(), &QTimer::timeout, this, [this] { follow(false); });
    m_timer->start(FollowMilliseconds);
    m_readerTimer = std::make_unique<QTimer>();
    connect(m_readerTimer.get(), &QTimer::timeout, this, &RecordWriter::lookForReader);
    m_readerTimer->start(ReaderMilliseconds);
}

void RecordWriter::finish()
{
    m_timer.reset(); // they belong to this thread
    m_readerTimer.reset();
    follow(true);
    if (const auto closed = m_output.close(); !closed && !std::exchange(m_failed, true))
        Q_EMIT outputFailed(closed.error());
    Q_EMIT finished();
}

void RecordWriter::follow(bool toTheEnd)
{
    const Seq published(m_capture->counts().records);
    while (m_next <= published) {
        flush();
        release();
        for (const Record &record : m_capture->records(m_next, published)) {
            if (!m_asked.test(static_cast<std::size_t>(record.kind))) {
                ++m_next.value;
                continue;
            }
            if (record.kind == RecordKind::WsClose && record.related == 0 && !toTheEnd &&
                isUndecided(m_next, published))
                return flush();
            take(record, m_next);
            ++m_next.value;
            if (m_buffer.size() >= BufferBytes)
                flush();
        }
    }
    flush();
    release();
}

/// What was written out is not looked at again; but Findings behind the end ask what they are about.
void RecordWriter::release()
{
    if (!m_end.isValid())
        CaptureWriter::release(*m_capture, Seq(m_next.value - 1));
}

/// Whether a close frame may still be answered. Its line says "clean" and waits until that is known, so that the same
/// exchange always reads the same, and what is behind it waits too, since lines stand in the order of `seq`. That is
/// short: a peer's close frame is answered in the same turn, and ours for no longer than the engine is patient.
bool RecordWriter::isUndecided(Seq close, Seq published)
{
    if (m_awaiting != close) {
        m_awaiting = close;
        m_searched = close;
    }
    const Seq from(m_searched.value + 1);
    m_searched = published; // no more than that was seen: the capture may have grown since
    return closeAnswerOf(*m_capture, close, from) == CloseAnswer::Awaited;
}

void RecordWriter::take(const Record &record, Seq seq)
{
    const Layer layer = layerOf(record.kind);
    const bool isTail = m_end.isValid() && isBehindEnd(record, seq);
    if (layer == Layer::Connection || (layer == Layer::Findings && !isTail)) {
        if (const auto line = m_narrator.take(*m_capture, seq))
            tell(*line);
    }
    if (isTail) {
        m_totals.takeTail(*m_capture, record, seq);
        return;
    }
    if (layer == Layer::Connection)
        m_lines.note(seq);
    if (m_options.statistics)
        m_totals.take(*m_capture, record, layer, seq);
    if (!m_output.writesNothing() && m_options.layers.test(static_cast<std::size_t>(layer))) {
        if (m_failed)
            ++m_lost;
        else
            m_lines.write(seq, m_buffer);
    }
    if (layer == Layer::Messages && !record.has(RecordFlag::Companion) && ++m_messages == m_options.count) {
        m_end = seq;
        Q_EMIT countReached();
    }
}

bool RecordWriter::isBehindEnd(const Record &record, Seq seq) const
{
    const Seq of = record.kind == RecordKind::Finding ? Seq(record.related) : seq;
    return of > m_end && layerOf(m_capture->record(of).kind) != Layer::Connection;
}

/// A quiet stream may have nothing to write for hours, and nobody would find out that `| head` has enough.
void RecordWriter::lookForReader()
{
    if (m_failed || m_output.hasReader())
        return;
    m_failed = true;
    Q_EMIT readerGone();
}

void RecordWriter::flush()
{
    if (m_buffer.empty())
        return;
    if (const auto written = m_output.write(m_buffer); !written) {
        m_lost += m_output.unwritten();
        m_failed = true;
        if (m_output.isReaderGone())
            Q_EMIT readerGone();
        else
            Q_EMIT outputFailed(written.error());
    }
    m_buffer.clear();
}

} // namespace pushscope
