#pragma once

#include "core/base/bytes.h"
#include "core/engine/intent.h"

#include <QFrame>
#include <QStringList>

#include <optional>

class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace pushscope {

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
        QString problem;
    };
    [[nodiscard]] Checked check() const;
    [[nodiscard]] Checked checkBinary(const Bytes &text) const;
    void makeModes(class QHBoxLayout &row);
    void edited();
    void send();
    void formatJson();
    void recall(int step);

    Mode m_mode = Mode::Text;
    bool m_isOpen = false;
    QStringList m_history;
    qsizetype m_recalled = 0;
    PlainLabel *m_name;
    QPlainTextEdit *m_text;
    QSpinBox *m_code;
    PlainLabel *m_meaning;
    QPushButton *m_format;
    QPushButton *m_send;
    PlainLabel *m_problem;
};

/// Hexadecimal digits in pairs, spaces allowed; nullopt for anything else.
[[nodiscard]] std::optional<Bytes> bytesFromHex(ByteView text);

} // namespace pushscope
