#include "ui/panes/timingpane.h"

#include "ui/frameticker.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

namespace pushscope {

TimingPane::TimingPane(const std::shared_ptr<const Capture> &capture, QWidget *parent)
    : QWidget(parent), m_capture(capture), m_arrivals(std::make_unique<Arrivals>(capture, SessionId())),
      m_place(new QLineEdit(this)), m_placeSaid(new PlainLabel(QString(), this, "muted")),
      m_figures(new PlainLabel(QString(), this)), m_bytes(new QPushButton(words("in bytes"), this)),
      m_gaps(addPlot("gapsPlot")), m_lumps(addPlot("lumpsPlot")), m_throughput(addPlot("throughputPlot")),
      m_delays(addPlot("delayPlot"))
{
    setObjectName(QStringLiteral("timingPane"));
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(makePlots());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makePlaceRow());
    column->addWidget(scroll, 1);
    connect(m_place, &QLineEdit::editingFinished, this, &TimingPane::takePlace);
    connect(m_bytes, &QPushButton::clicked, this, [this] {
        m_drawn = 0;
        refresh();
    });
}

PlotView *TimingPane::addPlot(const char *name)
{
    auto *plot = new PlotView(name, this);
    connect(plot, &PlotView::recordPicked, this, &TimingPane::recordPicked);
    return plot;
}

QWidget *TimingPane::makePlaceRow()
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(12, 6, 12, 2);
    row->setSpacing(7);
    m_place->setObjectName(QStringLiteral("serverTimePlace"));
    m_place->setAccessibleName(words("Where the server's time stands in a message"));
    m_place->setPlaceholderText(words("found by itself"));
    m_place->setFont(monospace(this));
    m_place->setMaximumWidth(220);
    m_place->setToolTip(plainToolTip(words("A JSON pointer (/ts) or a JSONPath ($.ts)")));
    m_placeSaid->setObjectName(QStringLiteral("serverTimeSaid"));
    m_bytes->setObjectName(QStringLiteral("throughputInBytes"));
    m_bytes->setProperty("chip", true);
    m_bytes->setCheckable(true);
    row->addWidget(new PlainLabel(words("Server's time"), box, "muted"));
    row->addWidget(m_place);
    row->addWidget(m_placeSaid, 1);
    row->addWidget(m_bytes);
    return box;
}

QWidget *TimingPane::makePlots()
{
    auto *box = new QWidget(this);
    box->setAttribute(Qt::WA_StyledBackground);
    box->setProperty("pane", true);
    m_figures->setObjectName(QStringLiteral("timingFigures"));
    m_figures->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_figures->setWordWrap(true);
    m_figures->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_figures->setMinimumWidth(190);
    m_figures->setMaximumWidth(230);
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(12, 2, 8, 6);
    grid->setSpacing(6);
    grid->addWidget(m_figures, 0, 0, 2, 1);
    grid->addWidget(m_gaps, 0, 1);
    grid->addWidget(m_lumps, 0, 2);
    grid->addWidget(m_throughput, 1, 1);
    grid->addWidget(m_delays, 1, 2);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(2, 1);
    return box;
}

void TimingPane::begin(SessionId session, std::optional<ServerTimePlace> place)
{
    m_arrivals = std::make_unique<Arrivals>(m_capture, session, std::move(place));
    m_drawn = 0;
}

void TimingPane::showSession(SessionId session)
{
    if (session == m_arrivals->session())
        return;
    auto place = ServerTimePlace::parse(m_place->text().toStdString());
    const bool isGiven = !m_place->text().isEmpty() && place;
    begin(session, isGiven ? std::optional(std::move(*place)) : std::nullopt);
}

void TimingPane::takePlace()
{
    const QString text = m_place->text();
    auto place = ServerTimePlace::parse(text.toStdString());
    const bool isWrong = !text.isEmpty() && !place;
    m_place->setProperty("invalid", isWrong);
    m_place->style()->polish(m_place);
    if (isWrong) {
        m_placeSaid->setRole("bad");
        m_placeSaid->setText(words("at character %1: %2")
                                 .arg(QString::number(place.error().place + 1), visibleLine(place.error().reason)));
        m_place->setCursorPosition(int(QString::fromUtf8(text.toUtf8().left(qsizetype(place.error().place))).size()));
        return;
    }
    m_placeSaid->setRole("muted");
    begin(m_arrivals->session(), text.isEmpty() ? std::nullopt : std::optional(std::move(*place)));
}

void TimingPane::advance(std::chrono::microseconds slice)
{
    if (!m_arrivals->session().isValid())
        return;
    constexpr std::uint64_t Step = 32; // messages may have to be parsed
    SliceTimer timer(slice, 1);
    while (m_arrivals->advance(Step) && !timer.isOver()) {
    }
}

void TimingPane::refresh()
{
    if (m_drawn == m_arrivals->position() && m_drawn != 0)
        return;
    m_drawn = m_arrivals->position();
    m_gaps->setPlot(gapsPlot(*m_arrivals));
    m_lumps->setPlot(lumpsPlot(*m_arrivals));
    m_throughput->setPlot(
        throughputPlot(*m_arrivals, m_bytes->isChecked() ? Throughput::InBytes : Throughput::InMessages));
    m_delays->setPlot(delayPlot(*m_arrivals));
    m_figures->setText(arrivalFigures(*m_arrivals));
    if (m_place->property("invalid").toBool())
        return;
    const auto &place = m_arrivals->place();
    m_placeSaid->setText(!place                       ? words("none found yet")
                         : !m_place->text().isEmpty() ? QString()
                                                      : words("found at %1").arg(visibleLine(place->text())));
}

} // namespace pushscope
