#include "ui/panes/reconnectcontrols.h"

#include "ui/text/plainlabel.h"
#include "ui/text/words.h"
#include "ui/theme/choice.h"
#include "ui/theme/flowlayout.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>
#include <limits>

namespace pushscope {

namespace {

constexpr int MostReconnects = 1'000'000;
constexpr int MostEvents = std::numeric_limits<int>::max();
constexpr int LongestWait = 24 * 60 * 60 * 1000;
constexpr int LongestSilence = 24 * 60 * 60;
constexpr int GroupGap = 8; // px, beyond the spacing

enum Policy { Fixed, Exponential, Never };

/// -1, which the spin box shows in words, for none.
template <class Number>
int shown(const std::optional<Number> &value)
{
    return value ? int(std::min<std::uint64_t>(*value, MostEvents)) : -1;
}

template <class Number>
std::optional<Number> chosen(const QSpinBox &spin)
{
    return spin.value() < spin.minimum() + 1 ? std::nullopt : std::optional(Number(spin.value()));
}

/// Whoever types in it is not interrupted.
void display(QSpinBox &spin, int value)
{
    const QSignalBlocker quiet(&spin);
    if (!spin.hasFocus())
        spin.setValue(value);
}

} // namespace

ReconnectControls::ReconnectControls(QWidget *parent)
    : QWidget(parent), m_drop(button(words("Drop now"), "dropNow", words("Cut the connection as a network would"))),
      m_reconnect(button(words("Reconnect now"), "reconnectNow", words("End the wait"))),
      m_freeze(button(words("Freeze"), "freeze", words("Waits do not end until you say so"))),
      m_dropAfter(spin("dropAfter", words("Drop after"), words("never"), words(" events"))),
      m_watchdog(spin("watchdog", words("Watchdog"), words("off"), words(" s of silence"))), m_id(new QLineEdit(this)),
      m_set(button(words("Set"), "setId", words("The next request asks with this id"))),
      m_clear(button(words("Clear"), "clearId", words("The next request asks without an id"))),
      m_resume(button(words("Resume from it"), "resumeFromId", words("Leave the connection and ask again at once"))),
      m_retry(spin("retryOverride", words("Wait"), words("as the server says"), words(" ms"))),
      m_policy(new Choice(this)), m_limit(spin("reconnectLimit", words("At most"), words("no limit"), QString()))
{
    setObjectName(QStringLiteral("reconnectControls"));
    m_freeze->setCheckable(true);
    m_dropAfter->setRange(0, MostEvents);
    m_watchdog->setRange(0, LongestSilence);
    m_retry->setRange(-1, LongestWait);
    m_limit->setRange(-1, MostReconnects);
    m_limit->setSuffix(words(" times"));
    m_id->setObjectName(QStringLiteral("lastEventId"));
    m_id->setAccessibleName(words("Last event ID"));
    m_id->setFont(monospace(this));
    m_id->setMinimumWidth(90);
    m_policy->setObjectName(QStringLiteral("reconnectPolicy"));
    m_policy->setAccessibleName(words("Reconnecting"));
    m_policy->addItems({words("always the same"), words("longer after failures"), words("no reconnects")});
    m_policy->setItemData(Exponential, plainToolTip(words("Doubled for each failure in a row, with jitter")),
                          Qt::ToolTipRole);
    layOut();
    connect(m_drop, &QPushButton::clicked, this, [this] { Q_EMIT intended(intent::Drop{}); });
    connect(m_reconnect, &QPushButton::clicked, this, [this] { Q_EMIT intended(intent::ReconnectNow{}); });
    connect(m_freeze, &QPushButton::clicked, this, [this](bool checked) { Q_EMIT intended(intent::Freeze{checked}); });
    connect(m_set, &QPushButton::clicked, this,
            [this] { Q_EMIT intended(intent::SetLastEventId{m_id->text().toStdString()}); });
    connect(m_id, &QLineEdit::returnPressed, m_set, &QPushButton::click);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        m_id->clear();
        Q_EMIT intended(intent::SetLastEventId{});
    });
    connect(m_resume, &QPushButton::clicked, this,
            [this] { Q_EMIT intended(intent::ResumeFrom{m_id->text().toStdString()}); });
    connect(m_watchdog, &QSpinBox::valueChanged, this, [this](int seconds) {
        Q_EMIT intended(
            intent::SetIdleTimeout{seconds > 0 ? std::optional(Milliseconds(seconds * 1000LL)) : std::nullopt});
    });
    for (const QSpinBox *rule : {m_dropAfter, m_retry, m_limit})
        connect(rule, &QSpinBox::valueChanged, this, &ReconnectControls::takeRules);
    connect(m_policy, &QComboBox::activated, this, &ReconnectControls::takeRules);
    showStream(std::nullopt);
}

QPushButton *ReconnectControls::button(const QString &text, const char *name, const QString &hint)
{
    auto *made = new QPushButton(text, this);
    made->setObjectName(QString::fromLatin1(name));
    made->setProperty("small", true);
    made->setToolTip(plainToolTip(hint));
    return made;
}

QSpinBox *ReconnectControls::spin(const char *name, const QString &label, const QString &none, const QString &unit)
{
    auto *made = new QSpinBox(this);
    made->setObjectName(QString::fromLatin1(name));
    made->setAccessibleName(label);
    made->setSpecialValueText(none);
    made->setSuffix(unit);
    made->setButtonSymbols(QSpinBox::NoButtons);
    made->setKeyboardTracking(false); // a number counts once it is typed
    return made;
}

/// What belongs together stays together where a row is used up.
QWidget *ReconnectControls::group(const QString &label, std::initializer_list<QWidget *> widgets)
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, GroupGap, 0);
    row->setSpacing(7);
    if (!label.isEmpty())
        row->addWidget(new PlainLabel(label, box, "muted"));
    for (QWidget *widget : widgets)
        row->addWidget(widget, widget == m_id ? 1 : 0);
    return box;
}

void ReconnectControls::layOut()
{
    m_idBox = group(words("Id"), {m_id, m_set, m_clear, m_resume});
    m_idBox->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *rows = new FlowLayout(this);
    rows->setContentsMargins(12, 6, 12, 4);
    rows->setSpacing(7);
    rows->addWidget(group({}, {m_drop, m_reconnect, m_freeze}));
    for (QSpinBox *rule : {m_dropAfter, m_watchdog})
        rows->addWidget(group(rule->accessibleName(), {rule}));
    rows->addWidget(group(m_retry->accessibleName(), {m_retry, m_policy}));
    rows->addWidget(group(m_limit->accessibleName(), {m_limit}));
    rows->addWidget(m_idBox);
}

void ReconnectControls::showStream(const std::optional<Stream> &stream)
{
    m_stream = stream;
    setEnabled(stream.has_value());
    const SessionState state = stream ? stream->state : SessionState::Idle;
    const bool isOver = state == SessionState::Closed || state == SessionState::Failed || state == SessionState::Idle;
    m_drop->setEnabled(!isOver && state != SessionState::Waiting);
    m_reconnect->setEnabled(state == SessionState::Waiting);
    m_idBox->setVisible(!stream || !stream->isWebSocket);
    if (!stream)
        return;
    m_freeze->setChecked(stream->isFrozen);
    m_freeze->setText(stream->isFrozen ? words("Frozen \u00B7 thaw") : words("Freeze"));
    m_id->setPlaceholderText(stream->idInForce.isEmpty() ? words("none in force")
                                                         : words("in force: %1").arg(stream->idInForce));
    showRules(stream->rules);
    display(*m_watchdog, stream->idle ? int(std::min<std::int64_t>(stream->idle->count() / 1000, LongestSilence)) : 0);
}

void ReconnectControls::showRules(const Reconnection &rules)
{
    display(*m_dropAfter, std::max(0, shown(rules.dropAfter)));
    display(*m_retry, rules.overrideTime ? int(std::min<std::int64_t>(rules.overrideTime->count(), LongestWait)) : -1);
    display(*m_limit, shown(rules.maxAttempts));
    if (!m_policy->hasFocus())
        m_policy->setCurrentIndex(!rules.enabled ? Never : rules.backoff == Backoff::Exponential ? Exponential : Fixed);
}

void ReconnectControls::takeRules()
{
    if (!m_stream)
        return;
    Reconnection &rules = m_stream->rules; // what there is no control for stays
    rules.dropAfter = chosen<std::uint64_t>(*m_dropAfter);
    const auto wait = chosen<std::int64_t>(*m_retry);
    rules.overrideTime = wait ? std::optional(Milliseconds(*wait)) : std::nullopt;
    rules.maxAttempts = chosen<std::uint32_t>(*m_limit);
    rules.enabled = m_policy->currentIndex() != Never;
    rules.backoff = m_policy->currentIndex() == Exponential ? Backoff::Exponential : Backoff::Fixed;
    Q_EMIT intended(intent::SetReconnection{rules});
}

} // namespace pushscope
