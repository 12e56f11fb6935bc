#pragma once

#include "core/base/bytes.h"
#include "core/engine/intent.h"
#include "ui/panes/sendhistory.h"
#include "ui/text/jsonproblem.h"

#include <QFrame>
#include <QString>

#include <optional>

class QPushButton;
class QSpinBox;

namespace pushscope {

class ComposeText;
class ModeChips;
class PlainLabel;

/// Says something over a WebSocket: text, JSON, bytes, a ping, a pong, the close.
class Composer : public QFrame
{
    Q_OBJECT
public:
    enum class Mode { Text, Json, Binary, Ping, Pong, Close };

    explicit Composer(QWidget *parent = nullptr);

    /// Whom it speaks to, and whether anything can be sent now.
    void setStream(const QString &name, bool isOpen);
    void setMode(Mode mode);
    [[nodiscard]] Mode mode() const { return m_mode; }
    void focusText();

Q_SIGNALS:
    void sendRequested(const pushscope::Intent &intent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Checked
    {
        std::optional<Intent> intent;
        JsonProblem problem = {};
    };
    /// What was composed; the close code belongs to it.
    struct Entry
    {
        Mode mode = Mode::Text;
        QString text;
        int code = 0;
        friend bool operator==(const Entry &, const Entry &) = default;
    };
    [[nodiscard]] Checked check() const;
    [[nodiscard]] Checked checkJson(const Bytes &text) const;
    [[nodiscard]] Checked checkBinary(const Bytes &text) const;
    void edited();
    void send();
    [[nodiscard]] Entry entry() const;
    void recall(int step);

    Mode m_mode = Mode::Text;
    bool m_isOpen = false;
    SendHistory<Entry> m_history;
    PlainLabel *m_name;
    ModeChips *m_modes; // made in the order that Tab goes through them
    QSpinBox *m_code;
    PlainLabel *m_meaning;
    ComposeText *m_text;
    QPushButton *m_format;
    QPushButton *m_send;
    PlainLabel *m_problem;
};

/// Hexadecimal digits in pairs, spaces allowed; nullopt for anything else.
[[nodiscard]] std::optional<Bytes> bytesFromHex(ByteView text);

} // namespace pushscope
