#pragma once

#include "core/capture/filter.h"

#include <QFrame>
#include <QTimer>

#include <array>
#include <vector>

class QLineEdit;
class QPushButton;

namespace pushscope {

class PlainLabel;

/// Which records the table shows: a box for words and kinds, a chip for each layer, one for the current stream, and the
/// count of matches.
class FilterBar : public QFrame
{
    Q_OBJECT
public:
    static constexpr std::size_t Layers = 5;

    explicit FilterBar(QWidget *parent = nullptr);

    [[nodiscard]] Filter filter() const;
    /// What the last chip stands for: a stream, with the connections of others that it shares; none hides the chip.
    void setStream(SessionId session, const QString &name, const std::vector<std::uint32_t> &joined);
    [[nodiscard]] const std::vector<std::uint32_t> &joined() const { return m_joined; }
    /// A whole connection with its frames: that is on until another stream or connection comes.
    void setConnection(ConnectionId connection, const QString &name);
    void setCount(std::uint64_t shown, std::uint64_t scanned, std::uint64_t all);
    void focusText();
    [[nodiscard]] QStringList layers() const;
    void setLayers(const QStringList &names);

Q_SIGNALS:
    void filterChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Chips
    {
        bool hasFrames = false;
        bool isOnlyOne = false;
    };
    void setChips(const Chips &chips);
    void fitName();
    [[nodiscard]] QPushButton *frames() const { return m_layers[1]; }
    [[nodiscard]] QPushButton *makeChip(const QString &text, const char *name, bool checked);
    /// Says which kinds in it there are not, and announces the filter.
    void takeText();

    QLineEdit *m_text;
    std::array<QPushButton *, Layers> m_layers{};
    QPushButton *m_stream;
    QString m_name; ///< of the stream or connection that could be the only one
    PlainLabel *m_count;
    QTimer m_typing;
    SessionId m_session;
    std::vector<std::uint32_t> m_joined;
    ConnectionId m_connection;
    Chips m_before; ///< the connection came
};

} // namespace pushscope
