#pragma once

#include "core/demo/demoserver.h"

#include <QFrame>

#include <optional>

class QGridLayout;
class QPushButton;

namespace pushscope {

class PlainLabel;

/// The demo server in the sidebar: on or off, where it listens, how busy it is.
class DemoPanel : public QFrame
{
    Q_OBJECT
public:
    explicit DemoPanel(QWidget *parent = nullptr);

    /// nullptr or a server that does not run: off.
    void showServer(const DemoServer *server);
    /// Counters, at the clock's pace.
    void refresh(const DemoServer *server);

Q_SIGNALS:
    void startRequested();
    void stopRequested();
    void scenariosRequested();

private:
    [[nodiscard]] QPushButton *makeAddress(const char *name, const QString &what);
    [[nodiscard]] static QString place(const std::string &address);

    PlainLabel *m_title;
    QPushButton *m_switch;
    QWidget *m_details;
    QPushButton *m_http;
    QPushButton *m_https;
    QPushButton *m_authority;
    PlainLabel *m_counters;
    bool m_isRunning = false;
    std::uint64_t m_lastSent = 0;
    qint64 m_lastTime = 0;
    double m_rate = 0;
};

} // namespace pushscope
