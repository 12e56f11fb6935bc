#pragma once

#include "core/capture/sessionstate.h"
#include "core/engine/intent.h"

#include <QWidget>

#include <initializer_list>
#include <optional>

class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace pushscope {

/// What can be done about a session's reconnecting: drop it, end a wait, hold it, say another id, other rules, a
/// watchdog. Shows the rules as they are and emits intents.
class ReconnectControls : public QWidget
{
    Q_OBJECT
public:
    /// What it is about, as of now.
    struct Stream
    {
        SessionState state = SessionState::Idle;
        bool isWebSocket = false;
        bool isFrozen = false;
        Reconnection rules;
        std::optional<Milliseconds> idle;
        QString idInForce; ///< the last event ID
    };

    explicit ReconnectControls(QWidget *parent = nullptr);

    /// None: nothing can be done. What the user is typing stays.
    void showStream(const std::optional<Stream> &stream);

Q_SIGNALS:
    void intended(const pushscope::Intent &intent);

private:
    void layOut();
    [[nodiscard]] QWidget *group(const QString &label, std::initializer_list<QWidget *> widgets);
    [[nodiscard]] QPushButton *button(const QString &text, const char *name, const QString &hint);
    [[nodiscard]] QSpinBox *spin(const char *name, const QString &label, const QString &none, const QString &unit);
    void showRules(const Reconnection &rules);
    void takeRules();

    QPushButton *m_drop;
    QPushButton *m_reconnect;
    QPushButton *m_freeze;
    QSpinBox *m_dropAfter;
    QSpinBox *m_watchdog;
    QLineEdit *m_id;
    QPushButton *m_set;
    QPushButton *m_clear;
    QPushButton *m_resume;
    QSpinBox *m_retry;
    QComboBox *m_policy;
    QSpinBox *m_limit;
    QWidget *m_idBox = nullptr;
    std::optional<Stream> m_stream;
};

} // namespace pushscope
