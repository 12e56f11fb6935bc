#include "ui/panes/companionoutcome.h"

#include "core/capture/details/summary.h"
#include "ui/frameticker.h"
#include "ui/text/format.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"

#include <utility>

namespace pushscope {

CompanionOutcome::CompanionOutcome(std::shared_ptr<const Capture> capture, QWidget *parent)
    : QPushButton(parent), m_capture(std::move(capture))
{
    setObjectName(QStringLiteral("companionOutcome"));
    setProperty("link", true);
    hide();
    connect(this, &QPushButton::clicked, this, [this] { Q_EMIT recordPicked(m_shown); });
}

void CompanionOutcome::setSession(SessionId session)
{
    if (std::exchange(m_session, session) != session)
        startOver();
}

void CompanionOutcome::setRule(const std::optional<PairingRule> &rule)
{
    m_rule = rule;
    startOver();
}

void CompanionOutcome::startOver()
{
    m_told = 0;
    m_pairs = m_session.isValid()
                  ? std::make_unique<CompanionPairs>(m_capture, m_session, m_rule.value_or(PairingRule()))
                  : nullptr;
    hide();
}

void CompanionOutcome::advance()
{
    if (m_pairs == nullptr)
        return;
    constexpr std::uint64_t Step = 4096;
    SliceTimer timer(FrameTicker::Slice, 1);
    while (m_pairs->advance(Step) && !timer.isOver()) {
    }
    if (std::exchange(m_told, m_pairs->revision()) != m_pairs->revision())
        tell();
}

/// What came of it stands behind, and shall be seen in a window of 1000 pixels, too.
QString CompanionOutcome::shortened(const QString &text) const
{
    constexpr int Characters = 44;
    return fontMetrics().elidedText(text, Qt::ElideMiddle, Characters * fontMetrics().averageCharWidth());
}

void CompanionOutcome::tell()
{
    if (m_pairs->pairs().empty())
        return;
    const CompanionPair &newest = m_pairs->pairs().back();
    const auto numberOf = [](Seq seq) { return u'#' + QString::number(seq.value); };
    const QString request = visibleLine(summarize(*m_capture, newest.request).preview);
    QString said = shortened(request) + u' ' + numberOf(newest.request);
    m_shown = newest.request;
    setToolTip(plainToolTip(request));
    if (newest.answer.isValid()) {
        said += QStringLiteral("  \u2192  ") + visibleLine(summarize(*m_capture, newest.answer).preview);
        m_shown = newest.answer;
    }
    if (newest.message.isValid()) {
        said += QStringLiteral("  \u2192  ") + words("answered by %1, id %2, after %3")
                                                   .arg(numberOf(newest.message), shortened(visibleLine(newest.id)),
                                                        formatDuration(double(*newest.latency()) / 1e6));
        m_shown = newest.message;
    } else if (m_rule && !newest.id.empty()) {
        said +=
            QStringLiteral("  \u2192  ") + words("no message has the id %1 yet").arg(shortened(visibleLine(newest.id)));
    }
    setText(plainButtonText(said));
    setVisible(true);
}

} // namespace pushscope
