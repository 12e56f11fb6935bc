#include "ui/panes/statusline.h"

#include "ui/text/format.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"

namespace pushscope {

StatusLine::StatusLine(QWidget *parent)
    : QStatusBar(parent), m_streams(new PlainLabel(this)), m_records(new PlainLabel(this)),
      m_bytes(new PlainLabel(this)), m_lost(new PlainLabel(words("nothing lost"), this, "good")),
      m_capture(new PlainLabel(this))
{
    setObjectName(QStringLiteral("statusLine"));
    setSizeGripEnabled(false);
    m_streams->setObjectName(QStringLiteral("statusStreams"));
    m_records->setObjectName(QStringLiteral("statusRecords"));
    m_bytes->setObjectName(QStringLiteral("statusBytes"));
    m_lost->setObjectName(QStringLiteral("statusLost"));
    m_capture->setObjectName(QStringLiteral("statusCapture"));
    for (PlainLabel *label : {m_streams, m_records, m_bytes, m_lost}) {
        label->setContentsMargins(8, 2, 8, 3);
        addWidget(label);
    }
    m_capture->setContentsMargins(8, 2, 12, 3);
    addPermanentWidget(m_capture);
    showPlace(false);
}

void StatusLine::show(std::size_t streams, std::uint32_t connections, const Capture::Counts &counts)
{
    m_streams->setText(words("%n stream|%n streams", qint64(streams)) + words(" on ") +
                       words("%n connection|%n connections", connections));
    m_records->setText(words("%n record|%n records", qint64(counts.records)));
    m_bytes->setText(formatSize(counts.bytes));
}

void StatusLine::showFailure(const Error &error)
{
    m_lost->setText(words("stopped: %1 (%2)").arg(visibleLine(error.detail), QString::fromUtf8(word(error.code))));
    m_lost->setRole("bad");
}

void StatusLine::showPlace(bool inMemory)
{
    m_capture->setText(inMemory ? words("capture: in memory") : words("capture: unsaved"));
}

} // namespace pushscope
