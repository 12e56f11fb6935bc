#pragma once

#include "core/insight/companionpairs.h"

#include <QPushButton>

#include <memory>
#include <optional>

namespace pushscope {

/// What came of the newest companion request of a stream, in a line: its answer, the message that it is paired with and
/// how long that took. A click shows it.
class CompanionOutcome : public QPushButton
{
    Q_OBJECT
public:
    explicit CompanionOutcome(std::shared_ptr<const Capture> capture, QWidget *parent = nullptr);

    void setSession(SessionId session);
    /// Without a rule answers are told, and paired with nothing.
    void setRule(const std::optional<PairingRule> &rule);
    /// Takes what the capture has more, a slice at a time.
    void advance();

Q_SIGNALS:
    void recordPicked(pushscope::Seq seq);

private:
    void startOver();
    void tell();
    [[nodiscard]] QString shortened(const QString &text) const;

    std::shared_ptr<const Capture> m_capture;
    SessionId m_session;
    std::optional<PairingRule> m_rule;
    std::unique_ptr<CompanionPairs> m_pairs;
    std::uint64_t m_told = 0; ///< the revision
    Seq m_shown;
};

} // namespace pushscope
