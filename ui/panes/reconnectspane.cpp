#include "ui/panes/reconnectspane.h"

#include "core/capture/details/ssedetails.h"
#include "ui/models/ledgermodel.h"
#include "ui/scrolling.h"
#include "ui/text/describe.h"
#include "ui/text/format.h"
#include "ui/text/ledgerwords.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

const QString Dot = QStringLiteral(" \u00B7 ");

/// As high as it must be, and as much higher as there is room: a wish of its own would make the pane scroll.
class LedgerTable : public QTableView
{
public:
    using QTableView::QTableView;
    [[nodiscard]] QSize sizeHint() const override { return {QTableView::sizeHint().width(), minimumHeight()}; }
};

/// In characters, at the least.
int charactersOf(int column)
{
    switch (LedgerModel::Column(column)) {
    case LedgerModel::Attempt: return 4;
    case LedgerModel::Began: return 15;
    case LedgerModel::Connecting: return 11;
    case LedgerModel::Open: return 9;
    case LedgerModel::Events: return 8;
    case LedgerModel::Ended: return 28;
    case LedgerModel::Wait:
    case LedgerModel::Sent: return 18;
    case LedgerModel::Seen: return 8;
    case LedgerModel::FirstEvent: return 11;
    case LedgerModel::Resume: return 28;
    case LedgerModel::ColumnCount: break;
    }
    return 10;
}

/// These share the room that the others leave.
bool isSentence(int column)
{
    return column == LedgerModel::Ended || column == LedgerModel::Wait || column == LedgerModel::Sent ||
           column == LedgerModel::Resume;
}

/// Events are parsed for their id up to this size four times a second.
constexpr std::uint32_t LargestParsed = 64 * 1024;

} // namespace

ReconnectsPane::ReconnectsPane(const std::shared_ptr<const Capture> &capture, QWidget *parent)
    : QWidget(parent), m_capture(capture), m_model(new LedgerModel(capture, this)),
      m_controls(new ReconnectControls(this)), m_now(new PlainLabel(QString(), this, "muted")), m_table(makeTable()),
      m_said(new PlainLabel(QString(), this))
{
    setObjectName(QStringLiteral("reconnectsPane"));
    m_now->setObjectName(QStringLiteral("reconnectsNow"));
    m_now->setContentsMargins(12, 7, 12, 0);
    m_now->setWordWrap(true);
    layOut();
    m_said->setObjectName(QStringLiteral("attemptSaid"));
    m_said->setContentsMargins(12, 4, 12, 6);
    m_said->setWordWrap(true);
    m_said->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_said->hide();
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &ReconnectsPane::tellRow);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ReconnectsPane::tellRow);
    connect(m_controls, &ReconnectControls::intended, this,
            [this](const Intent &intent) { Q_EMIT intended(session(), intent); });
    connect(m_model, &QAbstractItemModel::modelReset, this, &ReconnectsPane::fitColumns);
    // The newest stays in view for whoever has not scrolled away from it.
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first) {
        const QScrollBar *bar = m_table->verticalScrollBar();
        if (bar->value() >= bar->maximum() || first == 0)
            m_table->scrollToBottom();
    });
    fitColumns();
}

/// Where the pane is low all of it scrolls, so that no control is squeezed and some rows are left of the table.
void ReconnectsPane::layOut()
{
    auto *box = new QWidget(this);
    box->setAttribute(Qt::WA_StyledBackground);
    box->setProperty("pane", true);
    auto *rows = new QVBoxLayout(box);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_now);
    rows->addWidget(m_controls);
    rows->addWidget(m_table, 1);
    rows->addWidget(m_said);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(scrolling(box, this));
}

QTableView *ReconnectsPane::makeTable()
{
    auto *table = new LedgerTable(this);
    table->setObjectName(QStringLiteral("ledger"));
    table->setAccessibleName(words("Attempts"));
    table->setModel(m_model);
    table->setSelectionBehavior(QTableView::SelectRows);
    table->setSelectionMode(QTableView::ExtendedSelection);
    table->setVerticalScrollMode(QTableView::ScrollPerItem);
    table->setHorizontalScrollMode(QTableView::ScrollPerPixel);
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->setContextMenuPolicy(Qt::CustomContextMenu);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 8);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->installEventFilter(this);
    table->viewport()->installEventFilter(this);
    const auto pick = [this](const QModelIndex &index) {
        if (index.isValid())
            Q_EMIT recordPicked(m_model->entryAt(index.row()).began);
    };
    connect(table, &QTableView::clicked, this, pick);
    connect(table, &QTableView::activated, this, pick);
    connect(table, &QWidget::customContextMenuRequested, this, &ReconnectsPane::showMenu);
    return table;
}

void ReconnectsPane::fitColumns()
{
    const auto least = [this](int column) {
        return m_table->fontMetrics().averageCharWidth() * charactersOf(column) + 16;
    };
    int room = m_table->viewport()->width();
    int sentences = 0;
    for (int column = 0; column < LedgerModel::ColumnCount; ++column) {
        m_table->setColumnHidden(column, !m_model->isShown(column));
        if (!m_model->isShown(column))
            continue;
        room -= least(column);
        sentences += isSentence(column) ? least(column) : 0;
    }
    for (int column = 0; column < LedgerModel::ColumnCount; ++column) {
        const int share = isSentence(column) ? std::max(room, 0) * least(column) / std::max(sentences, 1) : 0;
        m_table->setColumnWidth(column, least(column) + share);
    }
    constexpr int LeastRows = 2; // and the table's head
    const int bar = room < 0 ? m_table->horizontalScrollBar()->sizeHint().height() : 0;
    m_table->setMinimumHeight((LeastRows + 1) * m_table->verticalHeader()->defaultSectionSize() + bar);
}

SessionId ReconnectsPane::session() const
{
    return m_model->session();
}

void ReconnectsPane::showSession(SessionId session)
{
    if (session == m_model->session())
        return;
    m_wanted = {};
    m_model->setSession(session, true);
}

void ReconnectsPane::showRecord(Seq seq)
{
    m_wanted = seq;
    markAttempt();
}

void ReconnectsPane::markAttempt()
{
    if (!m_wanted.isValid() || m_capture->record(m_wanted).session != session().value ||
        m_model->ledger().position() < m_wanted.value)
        return;
    if (const int row = m_model->rowOf(std::exchange(m_wanted, Seq())); row >= 0)
        m_table->setCurrentIndex(m_model->index(row, 0));
}

void ReconnectsPane::advance(std::chrono::microseconds slice)
{
    if (session().isValid())
        m_model->advance(slice);
    markAttempt();
}

void ReconnectsPane::refresh(std::int64_t now, const std::optional<ReconnectControls::Stream> &stream, bool hasIds)
{
    m_model->setSession(session(), hasIds);
    m_model->refresh(stream ? std::optional(now) : std::nullopt);
    std::optional<ReconnectControls::Stream> shown = stream;
    if (shown)
        shown->idInForce = idInForce();
    m_controls->showStream(shown);
    m_now->setText(headline(now, stream && stream->isFrozen));
    tellRow();
}

void ReconnectsPane::tellRow()
{
    const int row = m_table->currentIndex().row();
    m_said->setVisible(row >= 0 && row < m_model->rowCount());
    if (m_said->isVisibleTo(this))
        m_said->setText(m_model->rowText(row).replace(u'\t', QStringLiteral("   ")));
}

QString ReconnectsPane::idInForce() const
{
    const auto &entries = m_model->ledger().entries();
    if (entries.empty())
        return {};
    const LedgerEntry &entry = entries.back();
    if (!entry.idSetBy.isValid()) {
        const LedgerTexts texts = textsOf(*m_capture, entry);
        return visibleLine(texts.idSent.value_or(std::string()));
    }
    return m_capture->record(entry.idSetBy).originLength > LargestParsed
               ? QString()
               : visibleLine(lastEventIdSetBy(*m_capture, entry.idSetBy));
}

/// "waiting: 1.2 s left of 3.0 s · retry: server — 3 attempts, 2 gaps..."
QString ReconnectsPane::headline(std::int64_t now, bool isFrozen) const
{
    const ReconnectLedger &ledger = m_model->ledger();
    if (ledger.entries().empty())
        return words("No attempt yet");
    const LedgerEntry &entry = ledger.entries().back();
    QStringList parts;
    if (entry.state != SessionState::Waiting) {
        parts += words("now %1").arg(describe(entry.state));
        if (isFrozen)
            parts += words("frozen: a wait will not end by itself");
    } else if (entry.frozen) {
        parts += words("waiting, frozen: reconnect when you like");
    } else {
        const double since = double(now - entry.endedAt.value_or(now)) / 1e6;
        const double all = entry.delayMs.value_or(0);
        parts += words("waiting: %1 s left of %2")
                     .arg(QString::number(std::max(0.0, all - since) / 1000, 'f', 1), formatDuration(all));
        parts += describe(entry.delaySource);
    }
    const ReconnectLedger::Totals &totals = ledger.totals();
    parts += words("%n attempt|%n attempts", qint64(totals.attempts));
    parts += words("%n event|%n events", qint64(totals.events));
    if (totals.gaps > 0)
        parts += words("%n missing", qint64(totals.gaps));
    if (totals.duplicates > 0)
        parts += words("%n twice", qint64(totals.duplicates));
    if (totals.ignored > 0)
        parts += words("Last-Event-ID ignored %n time|Last-Event-ID ignored %n times", qint64(totals.ignored));
    if (ledger.leftOut() > 0)
        parts += words("the %n oldest is left out|the %n oldest are left out", qint64(ledger.leftOut()));
    return parts.join(Dot);
}

void ReconnectsPane::showMenu(const QPoint &position)
{
    const QModelIndex index = m_table->indexAt(position);
    const int row = index.isValid() ? index.row() : m_table->currentIndex().row();
    if (row < 0)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("ledgerMenu"));
    const LedgerEntry &entry = m_model->entryAt(row);
    const std::pair<const char *, Seq> places[] = {
        {"Its beginning", entry.began},        {"Its answer", entry.opened},
        {"Its first event", entry.firstEvent}, {"What became of the resume", entry.resumed},
        {"Its last event", entry.lastEvent},   {"Its end", entry.end}};
    for (const auto &[text, seq] : places)
        menu->addAction(words(text), this, [this, place = seq] { Q_EMIT recordPicked(place); })
            ->setEnabled(seq.isValid());
    menu->addSeparator();
    menu->addAction(words("Copy"), this, [this] { copyRows(false); });
    menu->addAction(words("Copy all attempts"), this, [this] { copyRows(true); });
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void ReconnectsPane::copyRows(bool all) const
{
    QStringList lines;
    if (all) {
        for (int row = 0; row < m_model->rowCount(); ++row)
            lines += m_model->rowText(row);
    } else {
        for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
            lines += m_model->rowText(index.row());
    }
    QApplication::clipboard()->setText(lines.join(u'\n'));
}

bool ReconnectsPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table->viewport() && event->type() == QEvent::Resize)
        fitColumns();
    if (watched == m_table && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy)) {
        copyRows(false);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace pushscope
