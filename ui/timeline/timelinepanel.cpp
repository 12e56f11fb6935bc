#include "ui/timeline/timelinepanel.h"

#include "ui/text/plainlabel.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timelineview.h"

#include <QHBoxLayout>
#include <QPushButton>
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

} // namespace

TimelinePanel::TimelinePanel(std::shared_ptr<const Capture> capture, QWidget *parent)
    : QWidget(parent), m_view(new TimelineView(std::move(capture), this))
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
    struct Span
    {
        const char *name;
        QString text;
        double seconds;
    };
    for (const Span &span :
         {Span{"span1s", words("1 s"), 1}, Span{"span10s", words("10 s"), 10}, Span{"span1min", words("1 min"), 60}}) {
        QPushButton *chip = makeChip(span.text, span.name, this);
        chip->setCheckable(true);
        chip->setChecked(m_view->axis().span() == span.seconds * 1e9);
        connect(m_view, &TimelineView::spanChanged, chip,
                [chip, seconds = span.seconds](double shown) { chip->setChecked(shown == seconds * 1e9); });
        connect(chip, &QPushButton::clicked, m_view,
                [this, seconds = span.seconds] { m_view->showSpan(seconds * 1e9); });
        row->addWidget(chip);
    }
    QPushButton *fit = makeChip(words("Fit"), "spanFit", this);
    connect(fit, &QPushButton::clicked, m_view, &TimelineView::fit);
    row->addWidget(fit);
    row->addStretch();
    QPushButton *live = makeChip(words("\u25CF Live"), "live", this);
    live->setCheckable(true);
    live->setChecked(true);
    connect(live, &QPushButton::toggled, m_view, &TimelineView::setLive);
    connect(m_view, &TimelineView::liveChanged, live, &QPushButton::setChecked);
    row->addWidget(live);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 4);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_view, 1);
}

} // namespace pushscope
