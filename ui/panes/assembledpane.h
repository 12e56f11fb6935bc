#pragma once

#include "core/insight/assembly.h"

#include <QElapsedTimer>
#include <QWidget>

#include <map>
#include <memory>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace pushscope {

class AssembledText;
class ExchangeChoice;
class FieldList;
class PlainLabel;
class RatePlot;

/// What a language model's stream says, put together: its texts, what was measured of them, and tokens a second as a
/// plot. Of the session whose row or stream was picked last, its stream or a request beside it; read on while it is
/// looked at.
class AssembledPane : public QWidget
{
    Q_OBJECT
public:
    explicit AssembledPane(std::shared_ptr<const Capture> capture, QWidget *parent = nullptr);
    ~AssembledPane() override;

    void showRecord(Seq seq);
    void showSession(SessionId session);
    /// Reads on for a slice of a frame.
    void advance();
    [[nodiscard]] const Assembly *assembly() const { return m_assembly.get(); }

Q_SIGNALS:
    void recordPicked(pushscope::Seq seq);
    /// The user wants it in a file; who asks for the name stands outside.
    void saveRequested(const QString &title, const QByteArray &content);

protected:
    void changeEvent(QEvent *event) override;

private:
    /// What the user chose for a session.
    struct Setting
    {
        int preset = 0; ///< row of the choice
        QString text, reasoning, type;
    };

    [[nodiscard]] QWidget *makeHead();
    [[nodiscard]] QWidget *makeRecipe();
    [[nodiscard]] QWidget *makeSide();
    void choose();
    /// Begins anew with what is chosen; not while a recipe is wrong.
    void restart();
    [[nodiscard]] std::optional<Assembly::Choice> chosen();
    [[nodiscard]] std::optional<TextPlace> placeIn(QLineEdit *field);
    void refresh();
    void refreshSaid();
    void copyAnswer() const;
    void copyToolCalls() const;

    std::shared_ptr<const Capture> m_capture;
    std::unique_ptr<Assembly> m_assembly;
    std::map<std::uint32_t, Setting> m_settings; ///< by session
    SessionId m_session;
    Seq m_seq;
    QComboBox *m_preset;
    ExchangeChoice *m_exchange;
    PlainLabel *m_said;
    QPushButton *m_copy;
    QPushButton *m_copyCalls;
    QPushButton *m_save;
    QWidget *m_recipe;
    QLineEdit *m_textPlace;
    QLineEdit *m_reasoningPlace;
    QLineEdit *m_type;
    PlainLabel *m_wrong;
    AssembledText *m_text;
    QWidget *m_side; ///< what was measured
    FieldList *m_figures;
    PlainLabel *m_doubts;
    RatePlot *m_plot;
    QElapsedTimer m_sinceRefresh;
    std::uint64_t m_refreshed = ~0ull; ///< the assembly's revision when the figures were shown
};

} // namespace pushscope
