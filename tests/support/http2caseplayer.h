#pragma once

#include "tests/support/http2casejudge.h"

#include <QObject>
#include <QSslSocket>
#include <QTimer>

#include <cstddef>
#include <string>

namespace pushscope::test {

/// A case carried out over a socket that has connected, encrypted or not. Between steps two PINGs go back and forth,
/// the second behind all that the step brought about.
class Http2CasePlayer : public QObject
{
    Q_OBJECT
public:
    Http2CasePlayer(Http2Case rule, QSslSocket &socket);

    /// Sends `opening`, then the steps.
    void start(const Bytes &opening);
    [[nodiscard]] const Http2CaseJudge &judge() const { return m_judge; }
    /// By the time of the decision; what follows it does not count.
    [[nodiscard]] bool isKept() const { return m_isKept; }
    /// The rule is kept or broken, or ten seconds have gone by.
    [[nodiscard]] bool isDecided() const { return m_isDecided; }

Q_SIGNALS:
    void received();
    void decided();

private:
    void write(const Bytes &bytes);
    void sendStep();
    void advance();
    void decide();
    [[nodiscard]] Bytes currentPing() const;
    [[nodiscard]] bool isSettled() const;

    Http2CaseJudge m_judge;
    QSslSocket &m_socket;
    QTimer m_patience;
    bool m_isStarted = false;
    bool m_isDecided = false;
    bool m_isKept = false;
    std::size_t m_step = 0;
    bool m_isSecondPing = false;
};

} // namespace pushscope::test
