#pragma once

#include "ui/timeline/timelinelanes.h"
#include "ui/timeline/timeview.h"

#include <QSet>

#include <functional>

namespace pushscope {

/// A lane over time for each session.
class TimelineView : public TimeView
{
    Q_OBJECT
public:
    explicit TimelineView(const std::shared_ptr<const Capture> &capture, QWidget *parent = nullptr);

    /// What a lane is called.
    void setNames(std::function<QString(SessionId)> names) { m_names = std::move(names); }
    void setHidden(const QSet<std::uint32_t> &sessions);
    /// Takes what is published by now; `now` is capture time.
    void advance(std::uint64_t published, std::int64_t now, std::chrono::microseconds slice);

    /// Tints the lane of the current session, and scrolls it into view.
    void showLane(SessionId session);
    /// The record nearest to a point of the viewport, within a few pixels; else the state that holds there.
    [[nodiscard]] Seq recordAt(const QPoint &point) const override;
    [[nodiscard]] SessionId laneAt(const QPoint &point) const;
    [[nodiscard]] QRect laneArea(int place) const override;

Q_SIGNALS:
    void lanePicked(pushscope::SessionId session);

protected:
    [[nodiscard]] double edge() const override;
    [[nodiscard]] double beginning() const override;
    void paintLanes(QPainter &painter) override;
    void layOut() override;
    void clicked(const QPoint &point) override;
    [[nodiscard]] int laneCount() const override;
    [[nodiscard]] QString laneName(int place) const override;
    [[nodiscard]] std::vector<const LanePyramid *> pyramidsOf(int place) const override;
    void enterLane(int place) override;

private:
    [[nodiscard]] std::vector<const Lane *> shownLanes() const;
    [[nodiscard]] QString nameOf(const Lane &lane) const;
    void revealLane();

    TimelineLanes m_lanes;
    std::function<QString(SessionId)> m_names;
    QSet<std::uint32_t> m_hidden;
    double m_now = 0;
    SessionId m_lane;
    bool m_isLaneDue = false; ///< still to be scrolled to: it may come after its session
};

} // namespace pushscope
