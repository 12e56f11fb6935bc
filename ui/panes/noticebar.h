#pragma once

#include <QFrame>
#include <QTimer>

#include <functional>

class QAction;
class QPushButton;

namespace pushscope {

class PlainLabel;

/// One sentence in place, under the connect bar, with something to do about it at the most. Never a dialog, never in
/// the way.
class NoticeBar : public QFrame
{
    Q_OBJECT
public:
    enum class Kind { Note, Bad };
    struct Offer
    {
        QString text;
        std::function<void()> accept;
    };

    explicit NoticeBar(QWidget *parent = nullptr);

    /// Replaces what is shown; what the former notice offered lapses. Returns the notice's number.
    int tell(Kind kind, const QString &text, const Offer &offer = {});
    /// A moment to take something back: `lapse` is called when it is over or another notice comes.
    void offerUndo(const QString &text, const QString &undoText, std::function<void()> undo,
                   std::function<void()> lapse);
    void clear();
    /// Only where that notice is still shown.
    void clear(int notice);
    /// Takes back what offerUndo() told; enabled as long as it can.
    [[nodiscard]] QAction *undoAction() const { return m_undo; }

    static constexpr int UndoMoment = 6000; ///< milliseconds

private:
    void finish(bool accepted);

    PlainLabel *m_text;
    QPushButton *m_accept;
    QAction *m_undo;
    QTimer m_moment;
    int m_notice = 0;
    std::function<void()> m_onAccept;
    std::function<void()> m_onLapse;
};

} // namespace pushscope
