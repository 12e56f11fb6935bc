#pragma once

#include "core/capture/details/http2flow.h"
#include "ui/timeline/http2lanes.h"
#include "ui/timeline/timeview.h"

#include <functional>

namespace pushscope {

class Http2LanePainter;
struct ConnectionSummary;

/// The lanes of one HTTP/2 connection over time: the connection's own, then one for each stream, with their DATA, other
/// frames, PING round trips and flow-control windows.
class Http2LanesView : public TimeView
{
    Q_OBJECT
public:
    /// `flow` is advanced by somebody else while this can be seen.
    Http2LanesView(const std::shared_ptr<const Capture> &capture, const Http2Flow &flow, QWidget *parent = nullptr);

    /// What a session is called.
    void setNames(std::function<QString(SessionId)> names) { m_names = std::move(names); }
    void setConnection(const ConnectionSummary &connection);
    [[nodiscard]] std::uint32_t connection() const { return m_lanes.connection(); }
    /// Takes what is published by now; `now` is capture time.
    void advance(std::uint64_t published, std::int64_t now, std::chrono::microseconds slice);
    /// Marks the record, and scrolls to its lane.
    void showRecord(Seq seq);
    /// Tints the lane of the current stream, and scrolls it into view; 0: none.
    void showStream(std::uint32_t stream);
    [[nodiscard]] const Http2Lanes &lanes() const { return m_lanes; }

    [[nodiscard]] Seq recordAt(const QPoint &point) const override;
    [[nodiscard]] QRect laneArea(int place) const override;
    /// With which all lanes would be seen.
    [[nodiscard]] int wantedHeight() const;

protected:
    [[nodiscard]] double edge() const override;
    [[nodiscard]] double beginning() const override;
    void paintLanes(QPainter &painter) override;
    void layOut() override;
    [[nodiscard]] int laneCount() const override { return int(m_lanes.lanes().size()); }
    [[nodiscard]] QString laneName(int place) const override;
    [[nodiscard]] std::vector<const LanePyramid *> pyramidsOf(int place) const override;

private:
    /// Of a lane: the stream's windows, or the connection's; nullptr as long as the flow has not come as far.
    struct Windows
    {
        const FlowWindow *in = nullptr;
        const FlowWindow *out = nullptr;
        double from = 0, to = 0; ///< how long they live
        QString state;
    };
    [[nodiscard]] Windows windowsOf(const Http2Lane &lane) const;
    void paintLegend(QPainter &painter);
    void paintLabel(QPainter &painter, Http2LanePainter &lanePainter, const Http2Lane &lane, const QRect &area,
                    const Windows &windows);
    void revealStream();
    [[nodiscard]] QString nameOf(const Http2Lane &lane) const;
    [[nodiscard]] int laneHeight() const;

    const Http2Flow &m_flow;
    Http2Lanes m_lanes;
    std::function<QString(SessionId)> m_names;
    double m_now = 0;
    std::uint32_t m_stream = 0;
    bool m_isStreamDue = false; ///< still to be scrolled to: its lane comes with its first frame
};

} // namespace pushscope
