#include "ui/panes/timingpane.h"

#include "ui/frameticker.h"
#include "ui/panes/fieldlist.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

#include <utility>

namespace pushscope {

namespace {
constexpr int FiguresWidth = 264;
}

TimingPane::TimingPane(const std::shared_ptr<const Capture> &capture, QWidget *parent)
    : QWidget(parent), m_capture(capture), m_arrivals(std::make_unique<Arrivals>(capture, SessionId())),
      m_place(new QLineEdit(this)), m_placeSaid(new PlainLabel(QString(), this, "muted")),
      m_figures(new FieldList(this)), m_bytes(new QPushButton(words("in bytes"), this)), m_gaps(addPlot("gapsPlot")),
      m_lumps(addPlot("lumpsPlot")), m_throughput(addPlot("throughputPlot")), m_delays(addPlot("delayPlot")),
      m_plots(new QGridLayout)
{
    setObjectName(QStringLiteral("timingPane"));
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(makePlots());
    auto *halves = new QHBoxLayout;
    halves->setSpacing(0);
    halves->addWidget(makeFigures());
    halves->addWidget(scroll, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makePlaceRow());
    column->addLayout(halves, 1);
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
    m_placeSaid->setWordWrap(true); // it may not make the window wider
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
    m_plots->setContentsMargins(12, 2, 8, 6);
    m_plots->setSpacing(6);
    box->setLayout(m_plots);
    arrangePlots();
    return box;
}

/// Beside each other where there is no room for two rows, but for all of them in one.
void TimingPane::arrangePlots()
{
    PlotView *const plots[] = {m_gaps, m_lumps, m_throughput, m_delays};
    const QSize least = m_gaps->minimumSizeHint();
    const bool isLow = height() < 3 * least.height();
    const bool isOneRow = isLow && width() - FiguresWidth > int(std::size(plots)) * (least.width() + 12);
    const int columns = isOneRow ? int(std::size(plots)) : 2;
    if (std::exchange(m_columns, columns) == columns)
        return;
    for (int i = 0; i < int(std::size(plots)); ++i) {
        m_plots->addWidget(plots[i], i / columns, i % columns);
        m_plots->setColumnStretch(i, i < columns ? 1 : 0);
        m_plots->setRowStretch(i, i < int(std::size(plots)) / columns ? 1 : 0);
    }
}

void TimingPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrangePlots();
}

QWidget *TimingPane::makeFigures()
{
    m_figures->setObjectName(QStringLiteral("timingFigures"));
    m_figures->setAccessibleName(words("Figures of the messages' times"));
    m_figures->hideColumn(2); // what they mean stands with them
    m_figures->header()->setStretchLastSection(true);
    m_figures->setFixedWidth(FiguresWidth);
    return m_figures;
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
    m_figures->setFigures(arrivalFigures(*m_arrivals));
    if (m_place->property("invalid").toBool())
        return;
    const auto &place = m_arrivals->place();
    m_placeSaid->setText(!place                       ? words("none found yet")
                         : !m_place->text().isEmpty() ? QString()
                                                      : words("found at %1").arg(visibleLine(place->text())));
}

} // namespace pushscope
