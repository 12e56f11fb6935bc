#pragma once

#include "core/base/bytes.h"
#include "core/engine/intent.h"

#include <QFrame>
#include <QString>

#include <optional>
#include <vector>

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
        qsizetype place = -1; ///< of the problem, in the text
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
    [[nodiscard]] QWidget *makeModes();
    void edited();
    void markPlace(qsizetype place);
    void send();
    void formatJson();
    [[nodiscard]] Entry entry() const;
    void recall(int step);

    Mode m_mode = Mode::Text;
    bool m_isOpen = false;
    std::vector<Entry> m_history;
    std::size_t m_recalled = 0; ///< in the history; its size: the draft
    Entry m_draft;              ///< while something of the history stands in its place
    PlainLabel *m_name;
    QWidget *m_modes; // made in the order that Tab goes through them
    QSpinBox *m_code;
    PlainLabel *m_meaning;
    QPlainTextEdit *m_text;
    QPushButton *m_format;
    QPushButton *m_send;
    PlainLabel *m_problem;
};

/// Hexadecimal digits in pairs, spaces allowed; nullopt for anything else.
[[nodiscard]] std::optional<Bytes> bytesFromHex(ByteView text);

} // namespace pushscope
