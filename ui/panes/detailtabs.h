#pragma once

#include "core/capture/capture.h"
#include "core/engine/intent.h"

#include <QTabWidget>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace pushscope {

class AssembledPane;
class ConnectionIndex;
class ConnectionPane;
class Http2Flow;
class ReconnectsPane;
class RpcPane;
class TimingPane;

/// The panes about the record picked in the table, and about its session or the current one. Only the pane in front is
/// kept up to date.
class DetailTabs : public QTabWidget
{
    Q_OBJECT
public:
    DetailTabs(std::shared_ptr<const Capture> capture, const ConnectionIndex &index, const Http2Flow &flow,
               QWidget *parent = nullptr);

    void showRecord(Seq seq);
    [[nodiscard]] Seq record() const { return m_seq; }
    /// Whether the Connection pane is the one that is looked at.
    [[nodiscard]] bool showsConnection() const;
    /// What changes with time, in the Connection pane or Timing; a few times a second.
    void refresh();
    /// What panes about a whole session show from here on: a stream was picked, or a row of it.
    void showSession(SessionId session);
    /// The session panes take what is published by now, the one in front for no longer than `slice`.
    void advance(std::chrono::microseconds slice);
    [[nodiscard]] ReconnectsPane &reconnects() { return *m_reconnects; }
    /// Whether a pane is the one that is looked at.
    [[nodiscard]] bool isLookedAt(const QWidget *pane) const { return isVisible() && currentWidget() == pane; }

Q_SIGNALS:
    void recordPicked(pushscope::Seq seq);
    void saveRequested(pushscope::Seq seq);
    void textSaveRequested(const QString &title, const QByteArray &content);
    void intended(pushscope::SessionId session, const pushscope::Intent &intent);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Pane
    {
        std::function<void(Seq)> show;
        bool isFresh = false;
    };
    /// A pane about a session.
    struct SessionPane
    {
        QWidget *widget;
        std::function<void(SessionId)> show;
        std::function<void(std::chrono::microseconds)> advance;
    };
    template <class Widget>
    void addForSession(Widget *pane, const QString &title);
    template <class Widget>
    void add(Widget *pane, const QString &title);
    void update();
    void offerRpc(bool isOffered);

    std::shared_ptr<const Capture> m_capture;
    std::vector<Pane> m_panes;
    AssembledPane *m_assembled;
    std::vector<SessionPane> m_sessionPanes;
    ConnectionPane *m_connection;
    ReconnectsPane *m_reconnects;
    TimingPane *m_timing;
    RpcPane *m_rpc;
    QWidget *m_insteadOfRpc = nullptr; ///< what came to the front when that went
    Seq m_seq;
};

} // namespace pushscope
