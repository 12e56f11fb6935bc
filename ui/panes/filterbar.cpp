#include "ui/panes/filterbar.h"

#include "ui/text/format.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>

namespace pushscope {

namespace {

/// A pause in the typing that is worth a search.
constexpr int TypingPause = 120;
/// Of a stream's name, in characters, where there is room.
constexpr int NameLength = 26;
/// Of what gives way where there is little, px.
constexpr int LeastText = 64;
constexpr int LeastStream = 60;

struct LayerChip
{
    Layer layer;
    const char *name;
    const char *text;
    bool isShown;
};
constexpr std::array<LayerChip, FilterBar::Layers> chips = {{{Layer::Messages, "layerMessages", "Messages", true},
                                                             {Layer::Frames, "layerFrames", "Frames", false},
                                                             {Layer::Connection, "layerConnection", "Connection", true},
                                                             {Layer::Findings, "layerFindings", "Findings", true},
                                                             {Layer::Reads, "layerReads", "Reads", false}}};

} // namespace

FilterBar::FilterBar(QWidget *parent)
    : QFrame(parent), m_text(new QLineEdit(this)), m_count(new PlainLabel(QString(), this, "muted"))
{
    setObjectName(QStringLiteral("filterBar"));
    m_text->setObjectName(QStringLiteral("filter"));
    m_text->setAccessibleName(words("Filter"));
    m_text->setPlaceholderText(words("Filter: text in the payload, kind:ws.close"));
    m_text->setFont(monospace(this));
    m_text->setClearButtonEnabled(true);
    m_text->setMinimumWidth(LeastText);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 7, 12, 7);
    row->setSpacing(7);
    row->addWidget(m_text, 1);
    for (std::size_t i = 0; i < Layers; ++i) {
        m_layers[i] = makeChip(words(chips[i].text), chips[i].name, chips[i].isShown);
        row->addWidget(m_layers[i]);
    }
    m_stream = makeChip({}, "layerStream", false);
    m_stream->setMinimumWidth(LeastStream);
    m_stream->hide();
    row->addWidget(m_stream);
    m_count->setObjectName(QStringLiteral("filterCount"));
    row->addSpacing(4);
    row->addWidget(m_count);
    m_typing.setSingleShot(true);
    m_typing.setInterval(TypingPause);
    connect(m_text, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_text, &QLineEdit::returnPressed, this, [this] {
        m_typing.stop();
        takeText();
    });
    connect(&m_typing, &QTimer::timeout, this, &FilterBar::takeText);
}

void FilterBar::takeText()
{
    QStringList unknown;
    for (const std::string &kind : parseFilter(m_text->text().toStdString()).kinds) {
        if (!isKind(kind))
            unknown += visibleLine(kind);
    }
    const QString problem =
        unknown.isEmpty()
            ? QString()
            : words("There is no kind called %1. Kinds are such as event, sse.comment, ws.close, ws., state or error.")
                  .arg(unknown.join(QStringLiteral(", ")));
    m_text->setProperty("invalid", !problem.isEmpty());
    m_text->setToolTip(plainToolTip(problem));
    m_text->setAccessibleDescription(problem);
    m_text->style()->unpolish(m_text);
    m_text->style()->polish(m_text);
    Q_EMIT filterChanged();
}

QPushButton *FilterBar::makeChip(const QString &text, const char *name, bool checked)
{
    auto *chip = new QPushButton(text, this);
    chip->setObjectName(QString::fromLatin1(name));
    chip->setProperty("chip", true);
    chip->setCheckable(true);
    chip->setChecked(checked);
    connect(chip, &QPushButton::toggled, this, &FilterBar::filterChanged);
    return chip;
}

Filter FilterBar::filter() const
{
    Filter filter = parseFilter(m_text->text().toStdString());
    // Whoever names a kind wants to see it, whatever the chips of the layers say.
    if (filter.kinds.empty()) {
        filter.layers.reset();
        for (std::size_t i = 0; i < Layers; ++i)
            filter.layers[std::size_t(chips[i].layer)] = m_layers[i]->isChecked();
    }
    if (m_stream->isChecked() && m_connection.isValid()) {
        filter.connection = m_connection;
    } else if (m_stream->isChecked() && m_session.isValid()) {
        filter.session = m_session;
        filter.joined = {m_joined.begin(), m_joined.end()};
    }
    return filter;
}

void FilterBar::setStream(SessionId session, const QString &name, const std::vector<std::uint32_t> &joined)
{
    const bool wasConnection = m_connection.isValid();
    m_session = session;
    m_joined = joined;
    m_connection = {};
    if (wasConnection)
        setChips(m_before);
    m_stream->setVisible(session.isValid());
    m_name = visibleLine(name);
    fitName();
    if (m_stream->isChecked() || wasConnection)
        Q_EMIT filterChanged();
}

void FilterBar::setConnection(ConnectionId connection, const QString &name)
{
    if (!m_connection.isValid()) {
        m_before = {frames()->isChecked(), m_stream->isChecked()};
        setChips({true, true});
    }
    m_session = {};
    m_connection = connection;
    m_stream->setVisible(true);
    m_name = name;
    fitName();
    Q_EMIT filterChanged();
}

/// A long name may not make the window wider: it has what the rest of the row leaves.
void FilterBar::fitName()
{
    constexpr int LeastName = 2; // and the dots
    const int character = fontMetrics().averageCharWidth();
    const auto named = [this](int room) {
        return plainButtonText(words("Only %1").arg(fontMetrics().elidedText(m_name, Qt::ElideMiddle, room)));
    };
    m_stream->setText(named(character * NameLength));
    const int missing = layout()->sizeHint().width() - m_text->sizeHint().width() + m_text->minimumWidth() - width();
    if (missing > 0)
        m_stream->setText(named(std::max(character * NameLength - missing, character * LeastName)));
}

void FilterBar::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    fitName();
}

void FilterBar::setChips(const Chips &chips)
{
    // What they say together is announced once.
    const QSignalBlocker first(frames());
    const QSignalBlocker second(m_stream);
    frames()->setChecked(chips.hasFrames);
    m_stream->setChecked(chips.isOnlyOne);
}

void FilterBar::setCount(std::uint64_t shown, std::uint64_t scanned, std::uint64_t all)
{
    QString text = words("%1 of %2").arg(formatCount(shown), formatCount(all));
    if (all - scanned > all / 50)
        text += words(" \u00B7 searching %1 %").arg(scanned * 100 / all);
    if (text == m_count->text())
        return;
    const bool isAsWide = text.size() == m_count->text().size();
    m_count->setText(text);
    if (!isAsWide)
        fitName();
}

void FilterBar::focusText()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

QStringList FilterBar::layers() const
{
    QStringList names;
    for (const QPushButton *chip : m_layers) {
        const bool isBorrowed = chip == frames() && m_connection.isValid();
        if (isBorrowed ? m_before.hasFrames : chip->isChecked())
            names += chip->objectName();
    }
    return names;
}

void FilterBar::setLayers(const QStringList &names)
{
    for (QPushButton *chip : m_layers)
        chip->setChecked(names.contains(chip->objectName()));
}

} // namespace pushscope
