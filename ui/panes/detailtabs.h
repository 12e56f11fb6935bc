#pragma once

#include "core/capture/capture.h"

#include <QTabWidget>

#include <functional>
#include <memory>
#include <vector>

namespace pushscope {

class AssembledPane;
class ConnectionIndex;
class ConnectionPane;
class Http2Flow;

/// The panes about the record picked in the table. Only the pane in front is kept up to date.
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
    /// A stream was picked, rather than a row of it.
    void showSession(SessionId session);
    /// Lets the pane that reads on by itself do so for a slice of a frame, where it is looked at.
    void advance();
    /// What changes there with time; a few times a second.
    void refreshConnection();

Q_SIGNALS:
    void recordPicked(pushscope::Seq seq);
    void saveRequested(pushscope::Seq seq);
    void textSaveRequested(const QString &title, const QByteArray &content);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Pane
    {
        std::function<void(Seq)> show;
        bool isFresh = false;
    };
    template <class Widget>
    void add(Widget *pane, const QString &title);
    void update();

    std::shared_ptr<const Capture> m_capture;
    std::vector<Pane> m_panes;
    AssembledPane *m_assembled;
    ConnectionPane *m_connection;
    Seq m_seq;
};

} // namespace pushscope
