#include "ui/panes/streamspanel.h"

#include "ui/models/sessionlistmodel.h"
#include "ui/panes/streamsdelegate.h"
#include "ui/text/plainlabel.h"
#include "ui/text/words.h"

#include <QAction>
#include <QListView>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace pushscope {

namespace {
constexpr int RowsKept = 4;
}

struct StreamsPanel::CommandText
{
    Command command;
    const char *text;
    const char *keys;
};

constexpr std::array<StreamsPanel::CommandText, 7> StreamsPanel::Commands = {
    {{Command::Connect, "Connect", "Ctrl+Shift+O"},
     {Command::Disconnect, "Disconnect", "Ctrl+Shift+D"},
     {Command::Drop, "Drop the connection", "Ctrl+Shift+X"},
     {Command::ReconnectNow, "Reconnect now", "Ctrl+Shift+R"},
     {Command::Freeze, "Freeze reconnecting", "Ctrl+Shift+E"},
     {Command::PauseReading, "Pause reading", "Ctrl+Shift+P"},
     {Command::HalfClose, "Half close (stop sending)", ""}}};

StreamsPanel::StreamsPanel(SessionListModel *model, QWidget *parent)
    : QWidget(parent), m_model(model), m_list(new QListView(this)), m_remove(new QAction(words("Remove"), this))
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
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    auto *heading = new PlainLabel(words("STREAMS"), this, "heading");
    heading->setContentsMargins(13, 10, 13, 4);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(heading);
    column->addWidget(m_list);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &StreamsPanel::currentChanged);
    connect(m_list, &QListView::clicked, this, &StreamsPanel::currentChanged);
    connect(m_list, &QWidget::customContextMenuRequested, this, &StreamsPanel::showMenu);
    m_remove->setShortcut(QKeySequence::Delete);
    m_remove->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_list->addAction(m_remove);
    connect(m_remove, &QAction::triggered, this, [this] {
        if (current().isValid())
            Q_EMIT removeRequested(current());
    });
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored);
    keepRoom();
    connect(model, &QAbstractItemModel::rowsInserted, this, &StreamsPanel::keepRoom);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &StreamsPanel::keepRoom);
    connect(this, &StreamsPanel::currentChanged, this, &StreamsPanel::updateCommands);
    connect(model, &QAbstractItemModel::dataChanged, this, &StreamsPanel::updateCommands);
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

std::uint32_t StreamsPanel::currentConnection() const
{
    return m_model->connectionAt(m_list->currentIndex().row());
}

void StreamsPanel::setCurrentConnection(std::uint32_t connection)
{
    const int row = m_model->rowOfConnection(connection);
    if (row >= 0)
        m_list->setCurrentIndex(m_model->index(row));
}

void StreamsPanel::showMenu(const QPoint &position)
{
    // By the keyboard the menu is asked for in the middle of the list: it is meant for the current row.
    const QModelIndex under = m_list->indexAt(position);
    const int row = under.isValid() ? under.row() : m_list->currentIndex().row();
    QMenu *menu = nullptr;
    if (const SessionId session = m_model->idAt(row); session.isValid())
        menu = menuFor(session);
    else if (const std::uint32_t connection = m_model->connectionAt(row); connection != 0)
        menu = menuForConnection(connection);
    if (menu)
        menu->popup(m_list->viewport()->mapToGlobal(position));
}

QMenu *StreamsPanel::newMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("streamMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    return menu;
}

QMenu *StreamsPanel::menuForConnection(std::uint32_t connection)
{
    QMenu *menu = newMenu();
    const std::vector<SessionId> sessions = m_model->sessionsOn(connection);
    QAction *disconnect = menu->addAction(words("Disconnect all its streams"), this, [this, sessions] {
        for (const SessionId session : sessions) {
            if (isPossible(Command::Disconnect, session))
                carryOut(Command::Disconnect, session);
        }
    });
    disconnect->setEnabled(std::any_of(sessions.begin(), sessions.end(),
                                       [this](SessionId session) { return isPossible(Command::Disconnect, session); }));
    // To drop one stream's connection is to drop that of all.
    const auto open = std::find_if(sessions.begin(), sessions.end(),
                                   [this](SessionId session) { return isPossible(Command::Drop, session); });
    const SessionId dropped = open == sessions.end() ? SessionId() : *open;
    menu->addAction(words("Drop the connection"), this, [this, dropped] { carryOut(Command::Drop, dropped); })
        ->setEnabled(dropped.isValid());
    return menu;
}

QMenu *StreamsPanel::menuFor(SessionId session)
{
    QMenu *menu = newMenu();
    if (!m_model->statistics().session(session))
        return menu;
    for (const CommandText &entry : Commands) {
        QAction *action = menu->addAction(words(entry.text), this,
                                          [this, command = entry.command, session] { carryOut(command, session); });
        action->setEnabled(isPossible(entry.command, session));
        action->setCheckable(isSwitch(entry.command));
        action->setChecked(isOn(entry.command, session));
    }
    menu->addSeparator();
    addRequestActions(*menu, [session] { return session; });
    menu->addSeparator();
    menu->addAction(words("Remove"), this, [this, session] { Q_EMIT removeRequested(session); });
    return menu;
}

void StreamsPanel::keepRoom()
{
    QStyleOptionViewItem option;
    option.font = m_list->font();
    const int row = m_list->itemDelegate()->sizeHint(option, {}).height();
    m_list->setMinimumHeight(row * std::clamp(m_model->rowCount(), 1, RowsKept));
    // What the list wants beyond that is ignored, and with it the smallest size the layout asks for.
    setMinimumHeight(layout()->minimumSize().height());
}

void StreamsPanel::addCommands(QMenu &menu)
{
    for (const CommandText &entry : Commands) {
        auto *action = new QAction(words(entry.text), this);
        action->setShortcut(QKeySequence(QString::fromLatin1(entry.keys)));
        action->setCheckable(isSwitch(entry.command));
        connect(action, &QAction::triggered, this, [this, command = entry.command] { carryOut(command, current()); });
        menu.addAction(action);
        m_commands.emplace_back(entry.command, action);
    }
    menu.addSeparator();
    addRequestActions(menu, [this] { return current(); });
    menu.addSeparator();
    menu.addAction(m_remove);
    updateCommands();
}

void StreamsPanel::addRequestActions(QMenu &menu, const std::function<SessionId()> &session)
{
    menu.addAction(words("Edit request\u2026"), this, [this, session] { Q_EMIT editRequested(session()); });
    addDuplicates(menu, session);
    menu.addAction(words("Copy as curl"), this, [this, session] { Q_EMIT copyCurlRequested(session()); });
    menu.addAction(words("Copy as command line"), this, [this, session] { Q_EMIT copyCommandRequested(session()); });
}

void StreamsPanel::addDuplicates(QMenu &menu, const std::function<SessionId()> &session)
{
    QMenu *over = menu.addMenu(words("Duplicate over another transport"));
    over->setObjectName(QStringLiteral("duplicateMenu"));
    const auto add = [&](const QString &text, const std::vector<Carrier> &carriers) {
        over->addAction(text, this, [this, session, carriers] { Q_EMIT duplicateRequested(session(), carriers); });
    };
    for (const Carrier carrier : Carriers)
        add(carrierName(carrier), {carrier});
    over->addSeparator();
    add(words("All four"), {Carriers.begin(), Carriers.end()});
}

void StreamsPanel::updateCommands()
{
    for (const auto &[command, action] : m_commands) {
        action->setEnabled(isPossible(command, current()));
        action->setChecked(isOn(command, current()));
    }
}

bool StreamsPanel::isOn(Command command, SessionId session) const
{
    return command == Command::Freeze ? m_model->isFrozen(session)
                                      : command == Command::PauseReading && m_model->isPaused(session);
}

bool StreamsPanel::isPossible(Command command, SessionId session) const
{
    const SessionSummary *summary = m_model->statistics().session(session);
    if (!summary)
        return false;
    const SessionState state = summary->state;
    const bool isOver = state == SessionState::Closed || state == SessionState::Failed || state == SessionState::Idle;
    const bool isConnected =
        state == SessionState::Open || state == SessionState::Requesting || state == SessionState::Closing;
    switch (command) {
    case Command::Connect: return isOver;
    case Command::Disconnect: return !isOver;
    case Command::Drop:
    case Command::HalfClose: return isConnected;
    case Command::ReconnectNow: return state == SessionState::Waiting;
    case Command::Freeze: return true;
    case Command::PauseReading: return isConnected || m_model->isPaused(session);
    }
    return false;
}

void StreamsPanel::carryOut(Command command, SessionId session)
{
    switch (command) {
    case Command::Connect: Q_EMIT intended(session, intent::Connect{}); break;
    case Command::Disconnect: Q_EMIT intended(session, intent::Disconnect{}); break;
    case Command::Drop: Q_EMIT intended(session, intent::Drop{}); break;
    case Command::ReconnectNow: Q_EMIT intended(session, intent::ReconnectNow{}); break;
    case Command::HalfClose: Q_EMIT intended(session, intent::HalfClose{}); break;
    case Command::Freeze: Q_EMIT intended(session, intent::Freeze{!m_model->isFrozen(session)}); break;
    case Command::PauseReading: {
        const bool pause = !m_model->isPaused(session);
        m_model->setPaused(session, pause);
        Q_EMIT intended(session, intent::PauseReading{pause});
        break;
    }
    }
}

} // namespace pushscope
