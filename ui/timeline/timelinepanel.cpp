#include "ui/timeline/timelinepanel.h"

#include "ui/frameticker.h"
#include "ui/models/connectionindex.h"
#include "ui/text/describe.h"
#include "ui/text/plainlabel.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/timeline/http2lanesview.h"
#include "ui/timeline/timelineview.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace pushscope {

namespace {

QPushButton *makeChip(const QString &text, const char *name, QWidget *parent)
{
    auto *chip = new QPushButton(text, parent);
    chip->setObjectName(QString::fromLatin1(name));
    chip->setProperty("chip", true);
    return chip;
}

struct Span
{
    const char *name;
    const char *text;
    double seconds;
};
constexpr Span spans[] = {{"span1s", "1 s", 1}, {"span10s", "10 s", 10}, {"span1min", "1 min", 60}};

} // namespace

TimelinePanel::TimelinePanel(const std::shared_ptr<const Capture> &capture, const Http2Flow &flow, QWidget *parent)
    : QWidget(parent), m_pages(new QStackedWidget(this)), m_sessions(new TimelineView(capture, this)),
      m_lanes(new Http2LanesView(capture, flow, this)),
      m_sessionsChip(makeChip(words("Streams"), "timelineStreams", this)),
      m_lanesChip(makeChip(QString(), "timelineLanes", this))
{
    setObjectName(QStringLiteral("timelinePanel"));
    setAttribute(Qt::WA_StyledBackground);
    auto *title = new PlainLabel(words("Timeline"), this);
    title->setFont(scaled(font(), 0, true));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(13, 7, 13, 2);
    row->setSpacing(7);
    row->addWidget(title);
    row->addSpacing(4);
    for (const Span &span : spans) {
        QPushButton *chip = makeChip(words(span.text), span.name, this);
        const double nanoseconds = span.seconds * 1e9;
        chip->setCheckable(true);
        chip->setChecked(m_sessions->axis().span() == nanoseconds);
        for (TimeView *view : {static_cast<TimeView *>(m_sessions), static_cast<TimeView *>(m_lanes)})
            connect(view, &TimeView::spanChanged, chip,
                    [chip, nanoseconds](double shown) { chip->setChecked(shown == nanoseconds); });
        connect(chip, &QPushButton::clicked, this, [this, nanoseconds] { view().showSpan(nanoseconds); });
        row->addWidget(chip);
    }
    QPushButton *fit = makeChip(words("Fit"), "spanFit", this);
    connect(fit, &QPushButton::clicked, this, [this] { view().fit(); });
    row->addWidget(fit);
    row->addStretch();
    auto *pages = new QButtonGroup(this);
    for (QPushButton *chip : {m_sessionsChip, m_lanesChip}) {
        chip->setCheckable(true);
        chip->hide();
        pages->addButton(chip);
        row->addWidget(chip);
    }
    m_sessionsChip->setChecked(true);
    connect(m_sessionsChip, &QPushButton::clicked, this, [this] { show(*m_sessions); });
    connect(m_lanesChip, &QPushButton::clicked, this, [this] { show(*m_lanes); });
    QPushButton *live = makeChip(words("\u25CF Live"), "live", this);
    live->setCheckable(true);
    live->setChecked(true);
    connect(live, &QPushButton::toggled, this, [this](bool checked) { view().setLive(checked); });
    joinView(*m_sessions, *live);
    joinView(*m_lanes, *live);
    row->addSpacing(8);
    row->addWidget(live);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 4);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_pages, 1);
}

void TimelinePanel::joinView(TimeView &view, QPushButton &live)
{
    m_pages->addWidget(&view);
    connect(&view, &TimeView::liveChanged, &live, &QPushButton::setChecked);
}

TimeView &TimelinePanel::view()
{
    return showsLanes() ? static_cast<TimeView &>(*m_lanes) : static_cast<TimeView &>(*m_sessions);
}

bool TimelinePanel::showsLanes() const
{
    return m_pages->currentWidget() == m_lanes;
}

void TimelinePanel::show(TimeView &shown)
{
    TimeView &before = view();
    if (&before == &shown)
        return;
    const bool hadFocus = before.hasFocus();
    m_pages->setCurrentWidget(&shown);
    // Hidden lanes stand still: what they missed is there with the first frame, or as much as fits into one.
    if (showsLanes())
        m_lanes->advance(m_published, m_now, FrameTicker::Slice);
    shown.showLike(before);
    if (hadFocus)
        shown.setFocus(Qt::OtherFocusReason);
    m_isChosen = false;
    Q_EMIT lanesShown(showsLanes());
}

int TimelinePanel::wantedHeight() const
{
    return height() - m_pages->height() + m_lanes->wantedHeight();
}

void TimelinePanel::setConnection(const ConnectionSummary *connection, bool isChosen)
{
    const bool hasLanes = connection && connection->isHttp2;
    if (hasLanes) {
        m_lanes->setConnection(*connection);
        m_lanesChip->setText(words("Lanes of ") + describeConnection(connection->id));
    }
    m_sessionsChip->setVisible(hasLanes);
    m_lanesChip->setVisible(hasLanes);
    const bool showsLanes = hasLanes && (isChosen || (this->showsLanes() && !m_isChosen));
    (showsLanes ? m_lanesChip : m_sessionsChip)->setChecked(true);
    const bool wasShown = this->showsLanes();
    show(showsLanes ? static_cast<TimeView &>(*m_lanes) : static_cast<TimeView &>(*m_sessions));
    m_isChosen = isChosen && showsLanes && (m_isChosen || !wasShown);
}

void TimelinePanel::markRecord(Seq seq)
{
    m_sessions->markRecord(seq);
    m_lanes->showRecord(seq);
}

void TimelinePanel::advance(std::uint64_t published, std::int64_t now, std::chrono::microseconds slice)
{
    m_published = published;
    m_now = now;
    m_sessions->advance(published, now, slice);
    if (showsLanes())
        m_lanes->advance(published, now, slice);
}

} // namespace pushscope
