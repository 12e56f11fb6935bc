#include "ui/panes/detailtabs.h"

#include "ui/panes/assembledpane.h"
#include "ui/panes/connectionpane.h"
#include "ui/panes/framepane.h"
#include "ui/panes/headerspane.h"
#include "ui/panes/layerspane.h"
#include "ui/panes/payloadpane.h"
#include "ui/panes/reconnectspane.h"
#include "ui/panes/rpcpane.h"
#include "ui/panes/timingpane.h"
#include "ui/text/words.h"

#include <QEvent>
#include <QTabBar>

#include <utility>

namespace pushscope {

DetailTabs::DetailTabs(std::shared_ptr<const Capture> capture, const ConnectionIndex &index, const Http2Flow &flow,
                       QWidget *parent)
    : QTabWidget(parent), m_capture(std::move(capture))
{
    setObjectName(QStringLiteral("detailTabs"));
    setAccessibleName(words("Details"));
    setDocumentMode(true);
    tabBar()->setDrawBase(false);
    auto *payload = new PayloadPane(m_capture, this);
    auto *layers = new LayersPane(m_capture, this);
    add(payload, words("Payload"));
    add(new FramePane(m_capture, this), words("Frame"));
    add(layers, words("Layers"));
    add(new HeadersPane(m_capture, index, this), words("Headers"));
    m_connection = new ConnectionPane(m_capture, index, flow, this);
    add(m_connection, words("Connection"));
    m_assembled = new AssembledPane(m_capture, this);
    add(m_assembled, words("Assembled"));
    m_reconnects = new ReconnectsPane(m_capture, this);
    addForSession(m_reconnects, words("Reconnects"));
    m_timing = new TimingPane(m_capture, this);
    addForSession(m_timing, words("Timing"));
    m_rpc = new RpcPane(m_capture, this);
    add(m_rpc, words("JSON-RPC"));
    setTabVisible(indexOf(m_rpc), false);
    connect(m_rpc, &RpcPane::recognised, this, &DetailTabs::offerRpc);
    connect(m_rpc, &RpcPane::recordPicked, this, &DetailTabs::recordPicked);
    connect(this, &QTabWidget::currentChanged, this, &DetailTabs::update);
    connect(layers, &LayersPane::recordPicked, this, &DetailTabs::recordPicked);
    connect(m_assembled, &AssembledPane::recordPicked, this, &DetailTabs::recordPicked);
    connect(m_assembled, &AssembledPane::saveRequested, this, &DetailTabs::textSaveRequested);
    connect(m_reconnects, &ReconnectsPane::recordPicked, this, &DetailTabs::recordPicked);
    connect(m_timing, &TimingPane::recordPicked, this, &DetailTabs::recordPicked);
    connect(m_reconnects, &ReconnectsPane::intended, this, &DetailTabs::intended);
    connect(payload, &PayloadPane::saveRequested, this, &DetailTabs::saveRequested);
}

template <class Widget>
void DetailTabs::add(Widget *pane, const QString &title)
{
    pane->setAttribute(Qt::WA_StyledBackground);
    pane->setProperty("pane", true);
    addTab(pane, title);
    m_panes.push_back({[pane](Seq seq) { pane->showRecord(seq); }, false});
}

template <class Widget>
void DetailTabs::addForSession(Widget *pane, const QString &title)
{
    pane->setAttribute(Qt::WA_StyledBackground);
    pane->setProperty("pane", true);
    addTab(pane, title);
    const auto show = [pane]([[maybe_unused]] Seq seq) {
        if constexpr (requires { pane->showRecord(seq); })
            pane->showRecord(seq);
    };
    m_panes.push_back({show, false});
    m_sessionPanes.push_back({pane, [pane](SessionId session) { pane->showSession(session); },
                              [pane](std::chrono::microseconds slice) { pane->advance(slice); }});
}

/// Another session takes the tab away until it is known to speak JSON-RPC, too: then whoever looked at it looks at it
/// again, unless he went on to another one.
void DetailTabs::offerRpc(bool isOffered)
{
    const bool wasCurrent = currentWidget() == m_rpc;
    setTabVisible(indexOf(m_rpc), isOffered);
    if (wasCurrent && !isOffered)
        m_insteadOfRpc = currentWidget();
    else if (isOffered && m_insteadOfRpc && std::exchange(m_insteadOfRpc, nullptr) == currentWidget())
        setCurrentWidget(m_rpc);
}

void DetailTabs::showSession(SessionId session)
{
    m_assembled->showSession(session);
    m_rpc->showSession(session);
    for (const SessionPane &pane : m_sessionPanes)
        pane.show(session);
    if (!m_seq.isValid() || m_capture->record(m_seq).session == session.value)
        return;
    // The record that was picked before does not bring its own session back once they are opened.
    for (const QWidget *pane : {static_cast<QWidget *>(m_assembled), static_cast<QWidget *>(m_rpc)})
        m_panes[std::size_t(indexOf(pane))].isFresh = true;
}

void DetailTabs::advance(std::chrono::microseconds slice)
{
    if (isLookedAt(m_assembled))
        m_assembled->advance();
    m_rpc->advance(isLookedAt(m_rpc));
    for (const SessionPane &pane : m_sessionPanes) {
        if (isLookedAt(pane.widget))
            pane.advance(slice);
    }
}

void DetailTabs::showRecord(Seq seq)
{
    m_seq = seq;
    for (Pane &pane : m_panes)
        pane.isFresh = false;
    update();
}

bool DetailTabs::showsConnection() const
{
    return isVisible() && currentWidget() == m_connection;
}

void DetailTabs::refresh()
{
    if (isLookedAt(m_timing))
        m_timing->refresh();
    if (showsConnection())
        m_connection->refresh();
}

void DetailTabs::changeEvent(QEvent *event)
{
    QTabWidget::changeEvent(event);
    // Rows hold the colours they were made with. The panes below learn of the new ones after this.
    if (event->type() == QEvent::StyleChange)
        QMetaObject::invokeMethod(
            this, [this] { showRecord(m_seq); }, Qt::QueuedConnection);
}

void DetailTabs::update()
{
    const int current = currentIndex();
    if (current < 0 || m_panes[std::size_t(current)].isFresh)
        return;
    Pane &pane = m_panes[std::size_t(current)];
    pane.isFresh = true;
    pane.show(m_seq);
}

} // namespace pushscope
