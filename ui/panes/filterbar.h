#pragma once

#include "core/capture/filter.h"

#include <QFrame>
#include <QTimer>

#include <array>

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
    /// The stream that the last chip stands for; none hides the chip.
    void setStream(SessionId session, const QString &name);
    void setCount(std::uint64_t shown, std::uint64_t scanned, std::uint64_t all);
    void focusText();
    [[nodiscard]] QStringList layers() const;
    void setLayers(const QStringList &names);

Q_SIGNALS:
    void filterChanged();

private:
    [[nodiscard]] QPushButton *makeChip(const QString &text, const char *name, bool checked);
    /// Says which kinds in it there are not, and announces the filter.
    void takeText();

    QLineEdit *m_text;
    std::array<QPushButton *, Layers> m_layers{};
    QPushButton *m_stream;
    PlainLabel *m_count;
    QTimer m_typing;
    SessionId m_session;
};

} // namespace pushscope
