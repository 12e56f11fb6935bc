#pragma once

#include "ui/panes/recentlist.h"

#include <QScrollArea>

class QLineEdit;
class QPushButton;

namespace pushscope {

class PlainLabel;
struct TypedTarget;

/// What the window shows before there is a stream: one field, three cards, what was used before.
class WelcomePage : public QScrollArea
{
    Q_OBJECT
public:
    explicit WelcomePage(QWidget *parent = nullptr);

    void setRecent(const std::vector<RecentTarget> &targets);
    void focusUrl();

Q_SIGNALS:
    void connectRequested(const pushscope::Target &target);
    void leaveNeeded(const pushscope::TypedTarget &typed);
    void differencesNamed(const QStringList &differences);
    void feedRequested();
    void echoRequested();
    void scenariosRequested();
    void recentChosen(const pushscope::Target &target);
    void recentForgotten(const pushscope::Target &target);
    void keyboardRequested();

private:
    void submit();
    [[nodiscard]] QLayout *makeCards();

    QWidget *m_page;
    QLineEdit *m_url;
    PlainLabel *m_problem;
    QPushButton *m_suggestion;
    PlainLabel *m_recentHeading;
    RecentList *m_recent;
};

} // namespace pushscope
