#pragma once

#include "core/demo/demoserver.h"

#include <QDialog>

class QListWidget;
class QPushButton;

namespace pushscope {

class PlainLabel;

/// What can be tried against the demo server; one click opens the sessions of a scenario. Stays open beside the window.
class ScenariosDialog : public QDialog
{
    Q_OBJECT
public:
    explicit ScenariosDialog(QWidget *parent = nullptr);

Q_SIGNALS:
    void openRequested(const pushscope::Scenario &scenario);

private:
    void fill(const QString &wanted);
    void showCurrent();
    void showParameters(const Scenario &scenario);
    void openCurrent();

    QListWidget *m_list;
    PlainLabel *m_title;
    PlainLabel *m_watch;
    PlainLabel *m_paths;
    QWidget *m_parameters;
    QPushButton *m_open;
};

} // namespace pushscope
