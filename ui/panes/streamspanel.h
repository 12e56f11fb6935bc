#pragma once

#include "core/capture/statistics.h"
#include "core/engine/intent.h"

#include <QWidget>

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

    [[nodiscard]] SessionId current() const;
    void setCurrent(SessionId session);
    /// The menu of a session, owned by the panel; filled by its state.
    [[nodiscard]] QMenu *menuFor(SessionId session);

Q_SIGNALS:
    void currentChanged(pushscope::SessionId session);
    void intended(pushscope::SessionId session, const pushscope::Intent &intent);
    void copyCurlRequested(pushscope::SessionId session);
    void copyCommandRequested(pushscope::SessionId session);
    void editRequested(pushscope::SessionId session);
    void removeRequested(pushscope::SessionId session);

private:
    void addIntents(QMenu &menu, SessionId session, const SessionSummary &summary);

    SessionListModel *m_model;
    QListView *m_list;
};

} // namespace pushscope
