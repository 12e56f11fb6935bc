#pragma once

#include "core/capture/statistics.h"
#include "core/engine/intent.h"
#include "ui/carrier.h"

#include <QWidget>

#include <array>
#include <functional>
#include <utility>
#include <vector>

class QAction;
class QListView;
class QMenu;

namespace pushscope {

class SessionListModel;

/// The list of streams and what can be done with one.
class StreamsPanel : public QWidget
{
    Q_OBJECT
public:
    explicit StreamsPanel(SessionListModel *model, QWidget *parent = nullptr);

    /// None while a connection is the current row.
    [[nodiscard]] SessionId current() const;
    /// 0 while a session is the current row.
    [[nodiscard]] std::uint32_t currentConnection() const;
    void setCurrent(SessionId session);
    void setCurrentConnection(std::uint32_t connection);
    /// The menu of a session, owned by the panel; filled by its state.
    [[nodiscard]] QMenu *menuFor(SessionId session);
    /// The menu of a connection: what can be done with all its streams at once.
    [[nodiscard]] QMenu *menuForConnection(std::uint32_t connection);
    /// Adds what can be done with the current stream, with shortcuts, to a menu of the window.
    void addCommands(QMenu &menu);

Q_SIGNALS:
    /// Another row is the current one, or the current one was clicked: it is meant again; see current() and
    /// currentConnection().
    void currentChanged();
    void intended(pushscope::SessionId session, const pushscope::Intent &intent);
    void copyCurlRequested(pushscope::SessionId session);
    void copyCommandRequested(pushscope::SessionId session);
    void editRequested(pushscope::SessionId session);
    /// The same source over each of these.
    void duplicateRequested(pushscope::SessionId session, const std::vector<pushscope::Carrier> &carriers);
    void removeRequested(pushscope::SessionId session);

private:
    enum class Command { Connect, Disconnect, Drop, ReconnectNow, Freeze, PauseReading, HalfClose };
    struct CommandText;
    static const std::array<CommandText, 7> Commands;

    [[nodiscard]] static bool isSwitch(Command command)
    {
        return command == Command::Freeze || command == Command::PauseReading;
    }
    [[nodiscard]] bool isOn(Command command, SessionId session) const;
    [[nodiscard]] bool isPossible(Command command, SessionId session) const;
    void carryOut(Command command, SessionId session);
    [[nodiscard]] QMenu *newMenu();
    void showMenu(const QPoint &position);
    void addRequestActions(QMenu &menu, const std::function<SessionId()> &session);
    void addDuplicates(QMenu &menu, const std::function<SessionId()> &session);
    /// A few streams are always to be seen, whatever else wants the room.
    void keepRoom();
    /// The window's actions follow the current stream.
    void updateCommands();

    SessionListModel *m_model;
    QListView *m_list;
    QAction *m_remove;
    std::vector<std::pair<Command, QAction *>> m_commands;
};

} // namespace pushscope
