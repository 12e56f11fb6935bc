#pragma once

#include "core/insight/arrivals.h"
#include "ui/panes/timingplots.h"

#include <QWidget>

#include <chrono>
#include <memory>

class QGridLayout;
class QLineEdit;
class QPushButton;

namespace pushscope {

class FieldList;
class PlainLabel;

/// When a session's messages came: gaps, lumps, throughput and delays by their server's own time, so that what buffers
/// on the way shows.
class TimingPane : public QWidget
{
    Q_OBJECT
public:
    explicit TimingPane(const std::shared_ptr<const Capture> &capture, QWidget *parent = nullptr);

    void showSession(SessionId session);
    /// Takes what is published by now, for no longer than `slice`; while it is looked at.
    void advance(std::chrono::microseconds slice);
    /// Draws what was taken; a few times a second.
    void refresh();

Q_SIGNALS:
    void recordPicked(pushscope::Seq seq);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QWidget *makePlaceRow();
    [[nodiscard]] QWidget *makeFigures();
    [[nodiscard]] QWidget *makePlots();
    void arrangePlots();
    [[nodiscard]] PlotView *addPlot(const char *name);
    void takePlace();
    void begin(SessionId session, std::optional<ServerTimePlace> place);

    std::shared_ptr<const Capture> m_capture;
    std::unique_ptr<Arrivals> m_arrivals;
    QLineEdit *m_place;
    PlainLabel *m_placeSaid;
    FieldList *m_figures;
    QPushButton *m_bytes;
    PlotView *m_gaps;
    PlotView *m_lumps;
    PlotView *m_throughput;
    PlotView *m_delays;
    QGridLayout *m_plots;
    int m_columns = 0;         ///< of the plots
    std::uint64_t m_drawn = 0; ///< position that was drawn
};

} // namespace pushscope
