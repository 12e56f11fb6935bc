#include "ui/workpage.h"

#include "core/capture/details/ssedetails.h"
#include "ui/models/recordtablemodel.h"
#include "ui/models/sessionlistmodel.h"
#include "ui/panes/companioncomposer.h"
#include "ui/panes/composer.h"
#include "ui/panes/connectbar.h"
#include "ui/panes/demopanel.h"
#include "ui/panes/detailtabs.h"
#include "ui/panes/filterbar.h"
#include "ui/panes/findbar.h"
#include "ui/panes/noticebar.h"
#include "ui/panes/recentlist.h"
#include "ui/panes/reconnectspane.h"
#include "ui/panes/recordview.h"
#include "ui/panes/statusline.h"
#include "ui/panes/streamspanel.h"
#include "ui/text/describe.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"
#include "ui/timeline/http2lanesview.h"
#include "ui/timeline/timelinepanel.h"
#include "ui/timeline/timelineview.h"
#include "ui/windowstate.h"
#include "ui/workspace.h"

#include <QApplication>
#include <QHeaderView>
#include <QMenu>
#include <QSplitter>
#include <QVBoxLayout>

#include <array>

namespace pushscope {

WorkPage::WorkPage(Workspace &workspace, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_connections(workspace.capture()), m_flow(workspace.capture()),
      m_sessions(new SessionListModel(workspace.statistics(), m_connections, this)),
      m_records(new RecordTableModel(workspace.capture(), workspace.statistics(), m_connections, this)),
      m_connectBar(new ConnectBar(this)), m_notices(new NoticeBar(this)), m_streams(new StreamsPanel(m_sessions, this)),
      m_savedBox(new QWidget(this)), m_saved(new RecentList(RecentList::Look::Sidebar, m_savedBox)),
      m_demoPanel(new DemoPanel(this)), m_timeline(new TimelinePanel(workspace.capture(), m_flow, this)),
      m_filterBar(new FilterBar(this)), m_table(new RecordView(this)),
      m_findBar(new FindBar(workspace.capture(), m_records, m_table, this)),
      m_details(new DetailTabs(workspace.capture(), m_connections, m_flow, this)), m_composer(new Composer(this)),
      m_companion(new CompanionComposer(workspace.capture(), this)), m_statusLine(new StatusLine(this)),
      m_resume(new QAction(words("Resume from this row"), this)), m_columns(new QSplitter(Qt::Horizontal, this)),
      m_rows(new QSplitter(Qt::Vertical, this))
{
    setObjectName(QStringLiteral("workPage"));
    m_columns->setObjectName(QStringLiteral("columns"));
    m_rows->setObjectName(QStringLiteral("rows"));
    m_table->setRecordModel(m_records);
    m_records->setFilter(m_filterBar->filter());

    m_rows->addWidget(m_timeline);
    m_rows->addWidget(makeTableArea());
    m_rows->addWidget(m_details);
    m_rows->setStretchFactor(0, 2);
    m_rows->setStretchFactor(1, 4);
    m_rows->setStretchFactor(2, 3);
    m_rows->setSizes({196, 340, 246});
    m_details->setMinimumHeight(84); // all that the strip below leaves in a window of 600
    auto *right = new QWidget(this);
    auto *rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(0, 0, 0, 0);
    rightColumn->setSpacing(0);
    rightColumn->addWidget(m_rows, 1);
    rightColumn->addWidget(m_composer);
    rightColumn->addWidget(m_companion);
    m_companion->hide(); // until there is a stream to speak beside
    m_columns->addWidget(makeSidebar());
    m_columns->addWidget(right);
    m_columns->setStretchFactor(1, 1);
    m_columns->setSizes({248, 1192});
    for (QSplitter *splitter : {m_columns, m_rows}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(1);
    }
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(0);
    page->addWidget(m_connectBar);
    page->addWidget(m_notices);
    page->addWidget(m_columns, 1);
    page->addWidget(m_statusLine);
    joinTicker();
    joinPanes();
    joinReconnects();
}

WorkPage::~WorkPage() = default;

QWidget *WorkPage::makeSidebar()
{
    auto *sidebar = new QWidget(this);
    sidebar->setObjectName(QStringLiteral("sidebar"));
    sidebar->setAttribute(Qt::WA_StyledBackground);
    sidebar->setMinimumWidth(200);
    auto *savedColumn = new QVBoxLayout(m_savedBox);
    savedColumn->setContentsMargins(0, 0, 0, 0);
    savedColumn->setSpacing(0);
    auto *heading = new PlainLabel(words("SAVED"), m_savedBox, "heading");
    heading->setContentsMargins(13, 12, 13, 4);
    savedColumn->addWidget(heading);
    savedColumn->addWidget(m_saved);
    auto *column = new QVBoxLayout(sidebar);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_streams, 1);
    column->addWidget(m_savedBox);
    auto *foot = new QVBoxLayout;
    foot->setContentsMargins(10, 12, 10, 10);
    foot->addWidget(m_demoPanel);
    column->addLayout(foot);
    return sidebar;
}

QWidget *WorkPage::makeTableArea()
{
    auto *area = new QWidget(this);
    auto *column = new QVBoxLayout(area);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_filterBar);
    column->addWidget(m_findBar);
    column->addWidget(m_table, 1);
    return area;
}

void WorkPage::setSaved(const std::vector<RecentTarget> &targets)
{
    m_saved->setTargets(targets);
    m_savedBox->setVisible(!targets.empty());
}

void WorkPage::joinTicker()
{
    connect(&m_workspace.ticker(), &FrameTicker::ticked, this, &WorkPage::tick);
    connect(&m_workspace.ticker(), &FrameTicker::pulsed, this, &WorkPage::pulse);
}

void WorkPage::tick()
{
    const FrameTicker &ticker = m_workspace.ticker();
    m_connections.advance(ticker.counts().records, FrameTicker::Slice);
    m_sessions->advance(FrameTicker::Slice);
    refreshJoined();
    m_records->advance(ticker.counts(), FrameTicker::Slice);
    // Windows are counted where they are looked at.
    if (m_details->showsConnection() || m_timeline->showsLanes())
        advanceFlow();
    m_timeline->advance(ticker.counts().records, ticker.now(), FrameTicker::Slice);
    m_details->advance(FrameTicker::Slice);
}

/// In steps between which the clock is looked at.
void WorkPage::advanceFlow()
{
    constexpr std::uint64_t Step = 4096;
    SliceTimer timer(FrameTicker::Slice, 1);
    while (m_flow.advance(Step) && !timer.isOver()) {
    }
}

void WorkPage::pulse()
{
    const FrameTicker &ticker = m_workspace.ticker();
    m_sessions->refresh(ticker.now());
    m_statusLine->show(m_sessions->sessionCount(), m_workspace.statistics().openConnections(), ticker.counts());
    m_filterBar->setCount(std::uint64_t(m_records->rowCount()), m_records->scanned(), m_records->published());
    m_demoPanel->refresh(m_workspace.demo());
    m_details->refresh();
    refreshComposer();
    refreshReconnects();
    if (const auto failure = m_workspace.capture()->failure())
        m_statusLine->showFailure(*failure);
}

void WorkPage::joinPanes()
{
    connect(m_filterBar, &FilterBar::filterChanged, this, [this] {
        // What the panes show: it is selected again even after a filter that did not have it.
        const Seq selected = m_details->record();
        const bool following = m_table->isFollowing();
        m_records->setFilter(m_filterBar->filter());
        if (selected.isValid() && m_records->rowOf(selected) >= 0)
            m_table->selectSeq(selected);
        m_table->setFollowing(following);
    });
    connect(m_table, &RecordView::recordSelected, this, [this](Seq seq) {
        m_records->setDelta(m_records->deltaMode(), seq);
        m_timeline->markRecord(seq);
        m_details->showRecord(seq);
        if (seq.isValid())
            m_details->showSession(SessionId(m_workspace.capture()->record(seq).session));
        m_resume->setEnabled(!lastEventIdAt(*m_workspace.capture(), seq).empty() && m_workspace.isLive());
    });
    for (TimeView *view :
         {static_cast<TimeView *>(&m_timeline->sessions()), static_cast<TimeView *>(&m_timeline->lanes())}) {
        connect(view, &TimeView::recordPicked, this, &WorkPage::pickInTimeline);
        connect(view, &TimeView::pickTakenBack, this, &WorkPage::takePickBack);
    }
    connect(m_timeline, &TimelinePanel::lanesShown, this, &WorkPage::makeRoomForLanes);
    connect(m_details, &DetailTabs::recordPicked, this, &WorkPage::pick);
    connect(m_composer, &Composer::sendRequested, this,
            [this](const Intent &intent) { m_workspace.post(m_streams->current(), intent); });
    connect(m_companion, &CompanionComposer::sendRequested, this, [this](const CompanionRequest &request) {
        m_workspace.post(m_streams->current(), intent::SendRequest{request});
    });
    connect(m_companion, &CompanionComposer::recordPicked, this, &WorkPage::pick);
    connect(&m_timeline->sessions(), &TimelineView::lanePicked, m_streams, &StreamsPanel::setCurrent);
    connect(m_sessions, &SessionListModel::hiddenChanged, &m_timeline->sessions(), &TimelineView::setHidden);
    const auto nameOf = [this](SessionId session) {
        const SessionSummary *summary = m_workspace.statistics().session(session);
        return summary ? visibleLine(summary->name) : QString();
    };
    m_timeline->sessions().setNames(nameOf);
    m_timeline->lanes().setNames(nameOf);
    connect(m_streams, &StreamsPanel::currentChanged, this, &WorkPage::selectCurrent);
    connect(m_streams, &StreamsPanel::intended, this, &WorkPage::carryOut);
}

void WorkPage::joinReconnects()
{
    m_resume->setObjectName(QStringLiteral("resumeFromRow"));
    m_resume->setShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+L")));
    m_resume->setEnabled(false);
    connect(m_resume, &QAction::triggered, this, &WorkPage::resumeFromRow);
    connect(m_details, &DetailTabs::intended, this, &WorkPage::carryOut);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, &WorkPage::showRecordMenu);
}

void WorkPage::carryOut(SessionId session, const Intent &intent)
{
    if (const auto *freeze = std::get_if<intent::Freeze>(&intent))
        m_sessions->setFrozen(session, freeze->frozen);
    m_workspace.post(session, intent);
}

void WorkPage::showRecordMenu(const QPoint &position)
{
    const QModelIndex index = m_table->indexAt(position);
    if (index.isValid())
        m_table->setCurrentIndex(index);
    if (!m_table->currentSeq().isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("recordMenu"));
    menu->addAction(m_resume);
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void WorkPage::resumeFromRow()
{
    const Seq seq = m_table->currentSeq();
    const std::string id = lastEventIdAt(*m_workspace.capture(), seq);
    if (!id.empty())
        carryOut(SessionId(m_workspace.capture()->record(seq).session), intent::ResumeFrom{id});
}

void WorkPage::refreshReconnects()
{
    ReconnectsPane &pane = m_details->reconnects();
    if (!m_details->isLookedAt(&pane))
        return;
    const SessionSummary *session = m_workspace.statistics().session(pane.session());
    const Target *target = m_workspace.targetOf(pane.session());
    const bool isWebSocket = session && session->transport == "websocket";
    std::optional<ReconnectControls::Stream> stream;
    if (session && target && m_workspace.isLive())
        stream = {session->state,       isWebSocket,           m_sessions->isFrozen(pane.session()),
                  target->reconnection, target->timeouts.idle, {}};
    pane.refresh(m_workspace.ticker().now(), stream, !isWebSocket);
}

void WorkPage::selectCurrent()
{
    refreshComposer();
    if (const std::uint32_t connection = m_streams->currentConnection(); connection != 0) {
        selectConnection(connection);
        return;
    }
    const SessionId session = m_streams->current();
    const SessionSummary *summary = m_workspace.statistics().session(session);
    m_timeline->sessions().showLane(session);
    m_details->showSession(session);
    offerLanes();
    m_filterBar->setStream(summary ? session : SessionId(), summary ? QString::fromStdString(summary->name) : QString(),
                           m_connections.joined(session));
}

void WorkPage::offerLanes()
{
    const ConnectionIndex::Place place = m_connections.placeOf(m_streams->current());
    m_timeline->setConnection(place.stream != 0 ? m_connections.connection(place.connection) : nullptr, false);
    m_timeline->lanes().showStream(place.stream);
}

void WorkPage::selectConnection(std::uint32_t connection)
{
    m_timeline->setConnection(m_connections.connection(connection), true);
    m_timeline->lanes().showStream(0);
    m_filterBar->setConnection(ConnectionId(connection), describeConnection(connection));
    const ConnectionSummary *summary = m_connections.connection(connection);
    const Seq shown = m_details->record();
    const bool isElsewhere = !shown.isValid() || m_workspace.capture()->record(shown).connection != connection;
    if (summary && isElsewhere)
        m_details->showRecord(summary->first);
}

void WorkPage::makeRoomForLanes(bool areShown)
{
    const QList<int> heights = m_rows->sizes();
    if (!areShown) {
        // What was moved by hand since then stays.
        if (heights == m_rowsWithLanes)
            m_rows->setSizes(m_rowsBefore);
        m_rowsWithLanes.clear();
        return;
    }
    const int wanted = std::min(m_timeline->wantedHeight(), m_rows->height() * 2 / 5);
    const int missing = wanted - heights[0];
    if (missing <= 0 || !m_rowsWithLanes.isEmpty())
        return;
    m_rowsBefore = heights;
    const int fromTable = missing * heights[1] / std::max(1, heights[1] + heights[2]);
    m_rows->setSizes({wanted, heights[1] - fromTable, heights[2] - (missing - fromTable)});
    m_rowsWithLanes = m_rows->sizes();
}

void WorkPage::refreshJoined()
{
    if (m_revision == m_connections.revision())
        return;
    m_revision = m_connections.revision();
    const SessionId session = m_streams->current();
    if (session.isValid() && m_connections.joined(session) != m_filterBar->joined())
        selectCurrent();
    else if (session.isValid())
        offerLanes();
}

void WorkPage::refreshComposer()
{
    const SessionSummary *session = m_workspace.statistics().session(m_streams->current());
    const bool isWebSocket = session && session->transport == "websocket" && m_workspace.isLive();
    m_composer->setVisible(isWebSocket);
    refreshCompanion(isWebSocket || !m_workspace.isLive() ? nullptr : session);
    if (!isWebSocket)
        return;
    const bool isOpen = session->state == SessionState::Open;
    m_composer->setStream(QString::fromStdString(session->name), isOpen);
    if (m_wantsToTalk && isOpen)
        m_composer->focusText();
    if (isOpen || session->state == SessionState::Failed)
        m_wantsToTalk = false;
}

void WorkPage::refreshCompanion(const SessionSummary *session)
{
    m_companion->setVisible(session != nullptr);
    if (session == nullptr)
        return;
    m_companion->setStream(session->id, QString::fromStdString(session->name), QString::fromStdString(session->url));
    m_companion->advance();
}

void WorkPage::pick(Seq seq)
{
    if (m_records->rowOf(seq) >= 0) {
        m_table->selectSeq(seq);
        return;
    }
    // The filter hides its row: the panes show it all the same.
    m_timeline->markRecord(seq);
    m_details->showRecord(seq);
}

void WorkPage::pickInTimeline(Seq seq)
{
    m_beforePick = {m_details->record(), m_table->isFollowing()};
    pick(seq);
}

void WorkPage::takePickBack()
{
    if (m_beforePick.seq.isValid()) {
        pick(m_beforePick.seq);
    } else {
        m_table->setCurrentIndex({});
        m_timeline->markRecord({});
        m_details->showRecord({});
    }
    m_table->setFollowing(m_beforePick.isFollowing);
}

void WorkPage::focusNextPane(bool backwards)
{
    const std::array<QWidget *, 6> panes = {m_streams->findChild<QWidget *>(QStringLiteral("streamsList")),
                                            &m_timeline->view(),
                                            m_table,
                                            m_details,
                                            m_composer,
                                            m_companion};
    const QWidget *focused = QApplication::focusWidget();
    std::size_t at = backwards ? 0 : panes.size() - 1;
    for (std::size_t i = 0; i < panes.size(); ++i) {
        if (focused && (panes[i] == focused || panes[i]->isAncestorOf(focused)))
            at = i;
    }
    for (std::size_t step = 1; step <= panes.size(); ++step) {
        QWidget *pane = panes[(at + (backwards ? panes.size() - step : step)) % panes.size()];
        if (!pane->isVisible())
            continue;
        if (pane == m_composer)
            m_composer->focusText();
        else if (pane == m_companion)
            m_companion->focusText();
        else
            pane->setFocus(Qt::ShortcutFocusReason);
        return;
    }
}

void WorkPage::restore(const WindowState &state)
{
    m_columns->restoreState(state.bytes("columns"));
    m_rows->restoreState(state.bytes("rows"));
    m_table->horizontalHeader()->restoreState(state.bytes("tableHeader"));
    if (const QStringList layers = state.list("layers"); !layers.isEmpty())
        m_filterBar->setLayers(layers);
}

void WorkPage::save(WindowState &state)
{
    makeRoomForLanes(false);
    state.setBytes("columns", m_columns->saveState());
    state.setBytes("rows", m_rows->saveState());
    state.setBytes("tableHeader", m_table->horizontalHeader()->saveState());
    state.setList("layers", m_filterBar->layers());
}

} // namespace pushscope
