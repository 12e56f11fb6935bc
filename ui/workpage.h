#pragma once

#include "core/base/ids.h"
#include "core/capture/details/http2flow.h"
#include "core/engine/intent.h"
#include "ui/models/connectionindex.h"

#include <QWidget>

#include <vector>

class QAction;
class QSplitter;

namespace pushscope {

class CompanionComposer;
class Composer;
class ConnectBar;
class DemoPanel;
class DetailTabs;
class FilterBar;
class FindBar;
class NoticeBar;
class RecentList;
struct RecentTarget;
struct SessionSummary;
class RecordTableModel;
class RecordView;
class SessionListModel;
class StatusLine;
class StreamsPanel;
class TimelinePanel;
class WindowState;
class Workspace;

/// The window at work: streams at the left; timeline, table, details and composer at the right. Makes the panes and
/// joins them to the workspace and to each other; what a pane shows is its own affair.
class WorkPage : public QWidget
{
    Q_OBJECT
public:
    explicit WorkPage(Workspace &workspace, QWidget *parent = nullptr);
    ~WorkPage() override;

    [[nodiscard]] ConnectBar &connectBar() { return *m_connectBar; }
    [[nodiscard]] NoticeBar &notices() { return *m_notices; }
    [[nodiscard]] StreamsPanel &streams() { return *m_streams; }
    [[nodiscard]] SessionListModel &sessions() { return *m_sessions; }
    [[nodiscard]] RecordTableModel &records() { return *m_records; }
    [[nodiscard]] RecordView &table() { return *m_table; }
    [[nodiscard]] FilterBar &filterBar() { return *m_filterBar; }
    [[nodiscard]] FindBar &findBar() { return *m_findBar; }
    [[nodiscard]] DemoPanel &demoPanel() { return *m_demoPanel; }
    [[nodiscard]] RecentList &savedList() { return *m_saved; }
    [[nodiscard]] DetailTabs &details() { return *m_details; }
    [[nodiscard]] Composer &composer() { return *m_composer; }
    [[nodiscard]] CompanionComposer &companion() { return *m_companion; }
    [[nodiscard]] StatusLine &statusLine() { return *m_statusLine; }

    /// Asks again from the last event ID in force at the selected row.
    [[nodiscard]] QAction *resumeAction() { return m_resume; }
    void setSaved(const std::vector<RecentTarget> &targets);
    /// The focus goes on to the next pane: streams, timeline, table, details, composer.
    void focusNextPane(bool backwards);
    /// For somebody who came to talk: once the current stream can be talked to.
    void focusComposerOnceOpen() { m_wantsToTalk = true; }
    void restore(const WindowState &state);
    void save(WindowState &state);

private:
    [[nodiscard]] QWidget *makeSidebar();
    [[nodiscard]] QWidget *makeTableArea();
    void joinTicker();
    void joinPanes();
    void joinReconnects();
    void tick();
    void advanceFlow();
    void pulse();
    /// The session or connection that is the current row of the streams.
    void selectCurrent();
    /// The lanes of the current session's connection, when that is HTTP/2.
    void offerLanes();
    void selectConnection(std::uint32_t connection);
    /// A connection's lanes are higher than streams': they have room while they are shown.
    void makeRoomForLanes(bool areShown);
    /// A session that comes to a connection of others is shown with it.
    void refreshJoined();
    void refreshComposer();
    void refreshReconnects();
    void carryOut(SessionId session, const Intent &intent);
    void showRecordMenu(const QPoint &position);
    void resumeFromRow();
    /// nullptr: there is no stream that a request could be sent beside.
    void refreshCompanion(const SessionSummary *session);
    void pick(Seq seq);
    /// A click in the timeline picks; a second one right after it takes that back.
    void pickInTimeline(Seq seq);
    void takePickBack();

    Workspace &m_workspace;
    ConnectionIndex m_connections;
    Http2Flow m_flow;
    SessionListModel *m_sessions;
    RecordTableModel *m_records;
    ConnectBar *m_connectBar;
    NoticeBar *m_notices;
    StreamsPanel *m_streams;
    QWidget *m_savedBox;
    RecentList *m_saved;
    DemoPanel *m_demoPanel;
    TimelinePanel *m_timeline;
    FilterBar *m_filterBar;
    RecordView *m_table;
    FindBar *m_findBar;
    DetailTabs *m_details;
    Composer *m_composer;
    CompanionComposer *m_companion;
    StatusLine *m_statusLine;
    QAction *m_resume;
    QSplitter *m_columns;
    QSplitter *m_rows;
    struct Selection
    {
        Seq seq;
        bool isFollowing = true;
    };
    Selection m_beforePick;
    QList<int> m_rowsBefore;    ///< heights of the rows without lanes
    QList<int> m_rowsWithLanes; ///< and with them; empty: they were high enough
    bool m_wantsToTalk = false;
    std::uint64_t m_revision = 0; ///< of the connections, when the filter learned of them
};

} // namespace pushscope
