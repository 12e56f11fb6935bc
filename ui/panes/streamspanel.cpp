#include "ui/panes/streamspanel.h"

#include "ui/models/sessionlistmodel.h"
#include "ui/panes/streamsdelegate.h"
#include "ui/text/plainlabel.h"
#include "ui/text/words.h"

#include <QAction>
#include <QListView>
#include <QMenu>
#include <QVBoxLayout>

namespace pushscope {

StreamsPanel::StreamsPanel(SessionListModel *model, QWidget *parent)
    : QWidget(parent), m_model(model), m_list(new QListView(this))
{
    setObjectName(QStringLiteral("streamsPanel"));
    setAttribute(Qt::WA_StyledBackground);
    m_list->setObjectName(QStringLiteral("streamsList"));
    m_list->setAccessibleName(words("Streams"));
    m_list->setItemDelegate(new StreamsDelegate(m_list));
    m_list->setModel(model);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    auto *heading = new PlainLabel(words("STREAMS"), this, "heading");
    heading->setContentsMargins(13, 10, 13, 4);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(heading);
    column->addWidget(m_list);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this] { Q_EMIT currentChanged(current()); });
    connect(m_list, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        // By the keyboard the menu is asked for in the middle of the list: it is meant for the current stream.
        const QModelIndex under = m_list->indexAt(position);
        const SessionId session = under.isValid() ? m_model->idAt(under.row()) : current();
        if (session.isValid())
            menuFor(session)->popup(m_list->viewport()->mapToGlobal(position));
    });
    auto *remove = new QAction(words("Remove"), this);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_list->addAction(remove);
    connect(remove, &QAction::triggered, this, [this] {
        if (current().isValid())
            Q_EMIT removeRequested(current());
    });
}

SessionId StreamsPanel::current() const
{
    return m_model->idAt(m_list->currentIndex().row());
}

void StreamsPanel::setCurrent(SessionId session)
{
    const int row = m_model->rowOf(session);
    if (row >= 0)
        m_list->setCurrentIndex(m_model->index(row));
}

QMenu *StreamsPanel::menuFor(SessionId session)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("streamMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const SessionSummary *summary = m_model->statistics().session(session);
    if (!summary)
        return menu;
    addIntents(*menu, session, *summary);
    menu->addSeparator();
    menu->addAction(words("Edit request\u2026"), this, [this, session] { Q_EMIT editRequested(session); });
    menu->addAction(words("Copy as curl"), this, [this, session] { Q_EMIT copyCurlRequested(session); });
    menu->addAction(words("Copy as command line"), this, [this, session] { Q_EMIT copyCommandRequested(session); });
    menu->addSeparator();
    menu->addAction(words("Remove"), this, [this, session] { Q_EMIT removeRequested(session); });
    return menu;
}

void StreamsPanel::addIntents(QMenu &menu, SessionId session, const SessionSummary &summary)
{
    const auto add = [&](const QString &text, const Intent &intent, bool isEnabled) {
        QAction *action = menu.addAction(text, this, [this, session, intent] { Q_EMIT intended(session, intent); });
        action->setEnabled(isEnabled);
        return action;
    };
    const SessionState state = summary.state;
    const bool isOver = state == SessionState::Closed || state == SessionState::Failed || state == SessionState::Idle;
    const bool isConnected =
        state == SessionState::Open || state == SessionState::Requesting || state == SessionState::Closing;
    add(words("Connect"), intent::Connect{}, isOver);
    add(words("Disconnect"), intent::Disconnect{}, !isOver);
    add(words("Drop the connection"), intent::Drop{}, isConnected);
    add(words("Reconnect now"), intent::ReconnectNow{}, state == SessionState::Waiting);
    const bool isPaused = m_model->isPaused(session);
    QAction *pause = menu.addAction(words("Pause reading"), this, [this, session, isPaused] {
        m_model->setPaused(session, !isPaused);
        Q_EMIT intended(session, intent::PauseReading{!isPaused});
    });
    pause->setCheckable(true);
    pause->setChecked(isPaused);
    pause->setEnabled(isConnected || isPaused);
    add(words("Half close (stop sending)"), intent::HalfClose{}, isConnected);
}

} // namespace pushscope
