#pragma once

#include <QObject>

namespace pushscope {

/// SIGINT, SIGTERM and, unless nohup has it ignored, the SIGHUP of a terminal that goes away, as a signal of Qt's. To
/// be made before any other thread is, or hold() called where that can't be: each thread inherits that they are
/// blocked, and one that does not would end the program. The first two reach us even where a shell has set them to be
/// ignored, as for jobs in the background.
class TerminationSignals : public QObject
{
    Q_OBJECT
public:
    explicit TerminationSignals(QObject *parent = nullptr);
    ~TerminationSignals() override;

    /// They wait from here on.
    static void hold();

Q_SIGNALS:
    void received(int signal);

private:
    void read();

    int m_descriptor = -1;
};

} // namespace pushscope
