#include "ui/panes/exchangechoice.h"

#include "core/capture/details/summary.h"
#include "ui/frameticker.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"

#include <QSignalBlocker>

#include <algorithm>
#include <utility>

namespace pushscope {

ExchangeChoice::ExchangeChoice(std::shared_ptr<const Capture> capture, QWidget *parent)
    : Choice(parent), m_capture(std::move(capture))
{
    setObjectName(QStringLiteral("exchangeChoice"));
    setAccessibleName(words("The stream, or a request beside it"));
    constexpr int Least = 24; // characters
    setMinimumContentsLength(Least);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    hide();
    connect(this, &QComboBox::currentIndexChanged, this, &ExchangeChoice::companionChanged);
}

void ExchangeChoice::setSession(SessionId session)
{
    const QSignalBlocker quiet(this);
    m_requests = std::make_unique<CompanionRequests>(m_capture, session);
    m_listed = 0;
    m_wanted = {};
    clear();
    addItem(words("The stream"), QVariant::fromValue(Seq()));
    hide();
}

void ExchangeChoice::showRecord(Seq seq)
{
    m_wanted = seq;
    showWanted();
}

void ExchangeChoice::advance()
{
    if (!m_requests)
        return;
    constexpr std::uint64_t Step = 8192;
    SliceTimer timer(FrameTicker::Slice, 1);
    while (m_requests->advance(Step) && !timer.isOver()) {
    }
    addNew();
    showWanted();
}

/// The newest stands first behind the stream.
void ExchangeChoice::addNew()
{
    if (m_listed == m_requests->count())
        return;
    const auto &requests = m_requests->requests();
    const auto fresh = std::min<std::uint64_t>(m_requests->count() - m_listed, requests.size());
    for (std::size_t i = requests.size() - fresh; i < requests.size(); ++i) {
        const QString said = visibleLine(summarize(*m_capture, requests[i]).preview);
        insertItem(1, QStringLiteral("#%1  %2").arg(QString::number(requests[i].value), said),
                   QVariant::fromValue(requests[i]));
    }
    while (count() > int(CompanionRequests::Limit) + 1 && currentIndex() != count() - 1)
        removeItem(count() - 1);
    m_listed = m_requests->count();
    setVisible(true);
}

void ExchangeChoice::showWanted()
{
    if (!m_wanted.isValid() || !m_requests || m_requests->position() < m_wanted.value)
        return;
    const Seq seq = std::exchange(m_wanted, Seq());
    const Record &record = m_capture->record(seq);
    // What only carries the stream, or tells of its state, is no reason to leave a request that is looked at.
    if (!record.has(RecordFlag::Companion) && layerOf(record.kind) != Layer::Messages)
        return;
    const Seq request = m_requests->requestOf(seq);
    for (int row = 0; row < count(); ++row) {
        if (itemData(row).value<Seq>() == request)
            setCurrentIndex(row);
    }
}

Seq ExchangeChoice::companion() const
{
    return currentData().value<Seq>();
}

} // namespace pushscope
