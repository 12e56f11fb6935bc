#pragma once

#include "core/capture/details/http2flow.h"

#include <QWidget>

#include <chrono>
#include <memory>

class QPushButton;
class QStackedWidget;

namespace pushscope {

class Capture;
class Http2LanesView;
class TimelineView;
class TimeView;
struct ConnectionSummary;

/// What happened over time under its row of buttons: all sessions, or the lanes of one HTTP/2 connection.
class TimelinePanel : public QWidget
{
    Q_OBJECT
public:
    TimelinePanel(const std::shared_ptr<const Capture> &capture, const Http2Flow &flow, QWidget *parent = nullptr);

    [[nodiscard]] TimelineView &sessions() { return *m_sessions; }
    [[nodiscard]] Http2LanesView &lanes() { return *m_lanes; }
    /// The one of both that is shown.
    [[nodiscard]] TimeView &view();
    [[nodiscard]] bool showsLanes() const;
    /// The HTTP/2 connection whose lanes can be shown; nullptr when there is none. A chosen one is shown until another
    /// comes.
    void setConnection(const ConnectionSummary *connection, bool isChosen);
    /// With which all lanes that are shown would be seen.
    [[nodiscard]] int wantedHeight() const;
    void markRecord(Seq seq);
    void advance(std::uint64_t published, std::int64_t now, std::chrono::microseconds slice);

Q_SIGNALS:
    void lanesShown(bool shown);

private:
    void joinView(TimeView &view, QPushButton &live);
    void show(TimeView &view);

    QStackedWidget *m_pages;
    TimelineView *m_sessions;
    Http2LanesView *m_lanes;
    QPushButton *m_sessionsChip;
    QPushButton *m_lanesChip;
    std::uint64_t m_published = 0;
    std::int64_t m_now = 0;
    bool m_isChosen = false; ///< the lanes came with a connection that was chosen
};

} // namespace pushscope
