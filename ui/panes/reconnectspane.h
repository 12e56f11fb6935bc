#pragma once

#include "core/capture/capture.h"
#include "core/engine/intent.h"
#include "ui/panes/reconnectcontrols.h"

#include <QWidget>

#include <chrono>
#include <memory>

class QTableView;

namespace pushscope {

class LedgerModel;
class PlainLabel;

/// The reconnect ledger of a session: what can be done about its reconnecting, how its wait goes, and every attempt.
class ReconnectsPane : public QWidget
{
    Q_OBJECT
public:
    explicit ReconnectsPane(const std::shared_ptr<const Capture> &capture, QWidget *parent = nullptr);

    void showSession(SessionId session);
    /// Marks the attempt that it belongs to, if it is of the session; as soon as the ledger has reached it.
    void showRecord(Seq seq);
    [[nodiscard]] SessionId session() const;
    /// Takes what is published by now, for no longer than `slice`; while it is looked at.
    void advance(std::chrono::microseconds slice);
    /// What a clock moves, and what can be done now; `now` is capture time. `stream` has no id in force yet.
    void refresh(std::int64_t now, const std::optional<ReconnectControls::Stream> &stream, bool hasIds);

Q_SIGNALS:
    void recordPicked(pushscope::Seq seq);
    void intended(pushscope::SessionId session, const pushscope::Intent &intent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] QTableView *makeTable();
    void layOut();
    void fitColumns();
    void showMenu(const QPoint &position);
    void copyRows(bool all) const;
    void tellRow();
    void markAttempt();
    [[nodiscard]] QString headline(std::int64_t now, bool isFrozen) const;
    [[nodiscard]] QString idInForce() const;

    std::shared_ptr<const Capture> m_capture;
    LedgerModel *m_model;
    Seq m_wanted; ///< whose attempt is to be marked
    ReconnectControls *m_controls;
    PlainLabel *m_now;
    QTableView *m_table;
    PlainLabel *m_said; ///< the current row's words, all of them
};

} // namespace pushscope
