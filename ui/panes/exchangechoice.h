#pragma once

#include "core/insight/companionrequests.h"
#include "ui/theme/choice.h"

#include <memory>

namespace pushscope {

/// What of a session is meant: its stream, or one of the requests that were sent beside it. Hidden where there is
/// nothing to choose.
class ExchangeChoice : public Choice
{
    Q_OBJECT
public:
    explicit ExchangeChoice(std::shared_ptr<const Capture> capture, QWidget *parent = nullptr);

    /// Begins with the session's stream.
    void setSession(SessionId session);
    /// Chooses what a record belongs to, as soon as that is known.
    void showRecord(Seq seq);
    /// Takes the requests that are published by now, for a slice of a frame.
    void advance();
    /// The request; invalid: the stream.
    [[nodiscard]] Seq companion() const;

Q_SIGNALS:
    void companionChanged();

private:
    void addNew();
    void showWanted();

    std::shared_ptr<const Capture> m_capture;
    std::unique_ptr<CompanionRequests> m_requests;
    std::uint64_t m_listed = 0; ///< of the requests, those that are listed or were
    Seq m_wanted;               ///< a record that was to be shown before its request was known
};

} // namespace pushscope
