#pragma once

#include "core/base/error.h"
#include "core/capture/capture.h"

#include <QStatusBar>

#include <optional>

namespace pushscope {

class PlainLabel;

/// Streams, connections, records and bytes; whether anything was lost; where the capture is.
class StatusLine : public QStatusBar
{
    Q_OBJECT
public:
    explicit StatusLine(QWidget *parent = nullptr);

    void show(std::size_t streams, std::uint32_t connections, const Capture::Counts &counts);
    /// A capture that could not be made where it should be, or can't grow any more.
    void showFailure(const Error &error);
    void showPlace(bool inMemory);

private:
    PlainLabel *m_streams;
    PlainLabel *m_records;
    PlainLabel *m_bytes;
    PlainLabel *m_lost;
    PlainLabel *m_capture;
};

} // namespace pushscope
