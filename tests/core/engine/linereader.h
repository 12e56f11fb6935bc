#pragma once

#include "core/capture/capture.h"
#include "core/capture/capturewriter.h"
#include "core/capture/details/wsdetails.h"
#include "core/capture/files/jsonlines.h"

#include <memory>
#include <string>
#include <utility>

namespace pushscope::test {

/// Reads a capture as a headless recording does: a JSON line for each record, in order.
class LineReader
{
public:
    /// One that lets go has every record that it took given up at once.
    LineReader(std::shared_ptr<Capture> capture, CaptureWriter &writer, bool letsGo)
        : m_capture(capture), m_lines(std::move(capture)), m_letsGo(letsGo)
    {
        if (!m_letsGo)
            return;
        writer.marks().setPace({1, 1});
        CaptureWriter::release(*m_capture, Seq());
    }

    /// Takes what was published; a close frame that may still be answered, and what is behind it, not before the end.
    void follow(bool toTheEnd)
    {
        for (; m_next.value <= m_capture->counts().records; ++m_next.value) {
            const Record &record = m_capture->record(m_next);
            const bool mayWait = record.kind == RecordKind::WsClose && record.related == 0 && !toTheEnd;
            if (mayWait && closeAnswerOf(*m_capture, m_next) == CloseAnswer::Awaited)
                break;
            if (layerOf(record.kind) == Layer::Connection)
                m_lines.note(m_next);
            m_lines.write(m_next, m_text);
        }
        if (m_letsGo)
            CaptureWriter::release(*m_capture, Seq(m_next.value - 1));
    }
    [[nodiscard]] const std::string &text() const { return m_text; }

private:
    std::shared_ptr<Capture> m_capture;
    JsonLines m_lines;
    bool m_letsGo;
    Seq m_next = Seq(1);
    std::string m_text;
};

} // namespace pushscope::test
