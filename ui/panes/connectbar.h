#pragma once

#include "core/base/target.h"

#include <QFrame>

class QComboBox;
class QCompleter;
class QLineEdit;
class QPushButton;
class QStringListModel;

namespace pushscope {

class PlainLabel;

/// Reads what a person typed: a URL or a curl command. Shared by the connect bar and the welcome page.
struct TypedTarget
{
    bool isValid = false;
    Target target;           ///< without what needs leave: files left out, variables by their names
    QString problem;         ///< a sentence with the stable code
    QString suggestion;      ///< a URL that would do
    QString command;         ///< the curl command itself; empty for a URL
    QStringList fileFlags;   ///< of a curl command: what would read files
    QStringList variables;   ///< of a curl command: what the environment would give, as it is written there
    QStringList differences; ///< of a curl command: what is done otherwise than by curl

    /// Whether it would send what the user has on this machine but did not paste.
    [[nodiscard]] bool needsLeave() const { return !fileFlags.isEmpty() || !variables.isEmpty(); }
};
[[nodiscard]] TypedTarget readTyped(const QString &text, const Target &draft);
/// The same command again, with what its files hold and the values of its variables: only where the user said so.
[[nodiscard]] TypedTarget readWithLeave(const TypedTarget &typed);

/// Transport, HTTP version, method and URL of the next session. Whatever else the request editor or a pasted curl
/// command said is kept in the draft as long as the URL stays with the same host: credentials must not follow to
/// another.
class ConnectBar : public QFrame
{
    Q_OBJECT
public:
    explicit ConnectBar(QWidget *parent = nullptr);

    /// Shows a target and keeps all of it as the draft.
    void setDraft(const Target &target);
    /// Shows a curl command as if it were typed here; it is no draft until it has leave.
    void setCommand(const QString &command);
    /// What is typed now on top of the draft; its URL may be empty.
    [[nodiscard]] Target draft() const;
    void setKnownUrls(const QStringList &urls);
    void focusUrl();

Q_SIGNALS:
    void connectRequested(const pushscope::Target &target);
    /// For a curl command that names files or variables: nothing of it goes out before the user says so.
    void leaveNeeded(const pushscope::TypedTarget &typed);
    /// Of the command that connectRequested() was just emitted for.
    void differencesNamed(const QStringList &differences);
    void editorRequested();
    /// By the user, not by setDraft().
    void urlEdited();

private:
    void submit();
    void edited();
    /// What of the draft goes along with the URL, on the button that leads to it.
    void showExtras();
    /// What the bar itself shows of a target, taken over.
    void storeChoices(Target &target) const;
    void showHint();
    void showProblem(const QString &problem, const QString &suggestion);

    QComboBox *m_transport;
    QComboBox *m_http;
    QComboBox *m_method;
    QLineEdit *m_url;
    QPushButton *m_request;
    PlainLabel *m_problem;
    PlainLabel *m_hint;
    QPushButton *m_suggestion;
    QStringListModel *m_known;
    Target m_draft;
};

} // namespace pushscope
