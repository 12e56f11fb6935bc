#include "ui/panes/companioncomposer.h"

#include "core/base/formbody.h"
#include "core/insight/mcprequest.h"
#include "ui/chosenfile.h"
#include "ui/dialogs/pairtable.h"
#include "ui/frameticker.h"
#include "ui/panes/companionoutcome.h"
#include "ui/panes/composetext.h"
#include "ui/panes/modechips.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"
#include "ui/theme/choice.h"
#include "ui/theme/theme.h"

#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>
#include <utility>

namespace pushscope {

namespace {

constexpr BodyKind kinds[] = {BodyKind::Text, BodyKind::Json, BodyKind::Form, BodyKind::File};
/// In the order of the kinds.
constexpr ModeChips::Chip chips[] = {{"companionAsText", "Text", "A body of plain text"},
                                     {"companionAsJson", "JSON", "A JSON body, may be empty"},
                                     {"companionAsForm", "Form", "name=value, a line for each"},
                                     {"companionAsFile", "File", "The path of a file, read when it is sent"}};

const QStringList knownHeaders = {QStringLiteral("Accept"), QStringLiteral("Authorization"),
                                  QStringLiteral("Content-Type"), QStringLiteral("Mcp-Session-Id"),
                                  QStringLiteral("X-Request-Id")};

Bytes bytesOf(const QString &text)
{
    return text.toUtf8().toStdString();
}

std::vector<HeaderField> pairsOf(const QString &lines)
{
    std::vector<HeaderField> pairs;
    for (const QString &line : lines.split(u'\n', Qt::SkipEmptyParts))
        pairs.push_back({bytesOf(line.section(u'=', 0, 0).trimmed()), bytesOf(line.section(u'=', 1))});
    return pairs;
}

} // namespace

CompanionComposer::CompanionComposer(std::shared_ptr<const Capture> capture, QWidget *parent)
    : QFrame(parent), m_capture(std::move(capture)), m_name(new PlainLabel(this)), m_method(new Choice(this)),
      m_url(new QLineEdit(this)), m_moreShown(new QPushButton(words("Headers"), this)),
      m_modes(new ModeChips(chips, this)), m_text(new ComposeText(this)),
      m_browse(new QPushButton(words("Browse\u2026"), this)), m_format(new QPushButton(words("Format"), this)),
      m_send(new QPushButton(words("Send"), this)), m_headers(new PairTable(knownHeaders, this)),
      m_pairSide(new Choice(this)), m_pairBy(new QLineEdit(QStringLiteral("/id"), this)), m_pairIn(new QLineEdit(this)),
      m_more(makeMore()), m_problem(new PlainLabel(QString(), this, "bad")),
      m_outcome(new CompanionOutcome(m_capture, this)), m_halves(new QBoxLayout(QBoxLayout::LeftToRight))
{
    setObjectName(QStringLiteral("companionComposer"));
    m_name->setFont(scaled(font(), 0, true));
    m_method->setObjectName(QStringLiteral("companionMethod"));
    m_method->setAccessibleName(words("Method"));
    m_method->setEditable(true);
    m_method->addItems({QStringLiteral("POST"), QStringLiteral("GET"), QStringLiteral("PUT"), QStringLiteral("PATCH"),
                        QStringLiteral("DELETE")});
    m_url->setObjectName(QStringLiteral("companionUrl"));
    m_url->setAccessibleName(words("URL of the request"));
    m_url->setFont(monospace(this));
    m_moreShown->setObjectName(QStringLiteral("companionMore"));
    m_moreShown->setProperty("chip", true);
    m_moreShown->setCheckable(true);
    m_text->setObjectName(QStringLiteral("companionText"));
    m_text->setAccessibleName(words("Body"));
    m_browse->setObjectName(QStringLiteral("companionBrowse"));
    m_browse->setProperty("link", true);
    m_format->setObjectName(QStringLiteral("companionFormat"));
    m_format->setProperty("link", true);
    m_send->setObjectName(QStringLiteral("companionSend"));
    m_send->setProperty("primary", true);
    m_problem->setObjectName(QStringLiteral("companionProblem"));
    m_problem->hide();
    layOut();
    join();
    load({});
    pair();
}

CompanionComposer::~CompanionComposer() = default;

void CompanionComposer::layOut()
{
    auto *head = new QHBoxLayout;
    head->setSpacing(7);
    head->addWidget(m_name);
    head->addSpacing(4);
    head->addWidget(m_method);
    head->addWidget(m_url, 1);
    head->addWidget(m_moreShown);
    auto *body = new QHBoxLayout;
    body->setSpacing(7);
    body->addWidget(m_modes);
    body->addWidget(m_text, 1);
    body->addWidget(m_browse);
    body->addWidget(m_format);
    body->addWidget(m_send);
    m_halves->setSpacing(7);
    m_halves->addLayout(head, 5);
    m_halves->addLayout(body, 7);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 7, 12, 7);
    column->setSpacing(3);
    column->addWidget(m_more);
    column->addLayout(m_halves);
    column->addWidget(m_problem);
    column->addWidget(m_outcome, 0, Qt::AlignLeft);
    // The window may be narrower than one row of it: then there are two.
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void CompanionComposer::resizeEvent(QResizeEvent *event)
{
    m_halves->setDirection(width() < WidthOfOneRow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    QFrame::resizeEvent(event);
}

/// Header fields, and how an answer is paired with the message that came of it.
QWidget *CompanionComposer::makeMore()
{
    auto *more = new QWidget(this);
    m_headers->setObjectName(QStringLiteral("companionHeaders"));
    m_headers->setAccessibleName(words("Headers"));
    m_headers->setFixedHeight(100);
    m_pairSide->setObjectName(QStringLiteral("companionPairSide"));
    m_pairSide->setAccessibleName(words("Where the id stands"));
    m_pairSide->addItems({words("of the answer"), words("of the request")});
    m_pairBy->setObjectName(QStringLiteral("companionPairBy"));
    m_pairBy->setAccessibleName(words("JSON pointer to the id"));
    m_pairBy->setPlaceholderText(words("nothing: no pairing"));
    m_pairIn->setObjectName(QStringLiteral("companionPairIn"));
    m_pairIn->setAccessibleName(words("JSON pointer in the message"));
    m_pairIn->setPlaceholderText(words("nothing: the event's own id"));
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(10);
    form->setVerticalSpacing(6);
    form->addRow(new PlainLabel(words("Pair by the id at"), more, "muted"), m_pairBy);
    form->addRow(new PlainLabel(words("in the body"), more, "muted"), m_pairSide);
    form->addRow(new PlainLabel(words("with the message's"), more, "muted"), m_pairIn);
    for (QLineEdit *pointer : {m_pairBy, m_pairIn})
        pointer->setFont(monospace(this));
    auto *row = new QHBoxLayout(more);
    row->setContentsMargins(0, 0, 0, 3);
    row->setSpacing(18);
    row->addWidget(m_headers, 3);
    row->addLayout(form, 2);
    more->hide();
    return more;
}

void CompanionComposer::join()
{
    connect(m_method, &QComboBox::currentTextChanged, this, &CompanionComposer::edited);
    connect(m_url, &QLineEdit::textChanged, this, &CompanionComposer::edited);
    connect(m_url, &QLineEdit::returnPressed, this, &CompanionComposer::send);
    connect(m_text, &QPlainTextEdit::textChanged, this, &CompanionComposer::edited);
    connect(m_text, &ComposeText::sendRequested, this, &CompanionComposer::send);
    connect(m_text, &ComposeText::recallRequested, this, &CompanionComposer::recall);
    connect(m_headers, &PairTable::edited, this, &CompanionComposer::edited);
    connect(m_pairSide, &QComboBox::currentIndexChanged, this, &CompanionComposer::pair);
    connect(m_pairBy, &QLineEdit::textChanged, this, &CompanionComposer::pair);
    connect(m_pairIn, &QLineEdit::textChanged, this, &CompanionComposer::pair);
    connect(m_moreShown, &QPushButton::toggled, m_more, &QWidget::setVisible);
    connect(m_browse, &QPushButton::clicked, this, &CompanionComposer::chooseFile);
    connect(m_format, &QPushButton::clicked, m_text, &ComposeText::formatJson);
    connect(m_modes, &ModeChips::chosen, this, [this](int chip) {
        setKind(kinds[chip]);
        focusText();
    });
    connect(m_send, &QPushButton::clicked, this, &CompanionComposer::send);
    connect(m_outcome, &CompanionOutcome::recordPicked, this, &CompanionComposer::recordPicked);
}

/// A pointer that is none pairs nothing, and says so by its colour.
void CompanionComposer::pair()
{
    const auto read = [](QLineEdit *field) {
        const auto pointer = JsonPointer::parse(bytesOf(field->text()));
        field->setProperty("invalid", !pointer);
        field->style()->unpolish(field);
        field->style()->polish(field);
        return pointer && !field->text().isEmpty() ? std::optional(*pointer) : std::nullopt;
    };
    const auto by = read(m_pairBy);
    const auto in = read(m_pairIn);
    const bool isUsable = by && (in || m_pairIn->text().isEmpty());
    m_outcome->setRule(isUsable ? std::optional(PairingRule{PairingRule::Side(m_pairSide->currentIndex()), *by, in})
                                : std::nullopt);
}

void CompanionComposer::advance()
{
    constexpr std::uint64_t Step = 64;
    m_outcome->advance();
    if (!m_mcp)
        return;
    SliceTimer timer(FrameTicker::Slice, 1);
    while (m_mcp->advance(Step) && !timer.isOver()) {
    }
    if (m_mcp->isKnown())
        propose();
}

/// What the endpoint needs now takes the place of what it needed before, but not of what the user typed, nor under his
/// hands.
void CompanionComposer::propose()
{
    const Proposal proposal{QString::fromStdString(m_mcp->url()), m_mcp->headers()};
    const QWidget *focus = window()->focusWidget();
    const bool isTyped = focus != nullptr && (focus == m_url || m_headers == focus || m_headers->isAncestorOf(focus));
    if (isTyped || proposal == m_draft.proposed)
        return;
    const Proposal before = std::exchange(m_draft.proposed, proposal);
    if (m_draft.url == before.url) {
        m_url->setText(proposal.url);
        m_url->setCursorPosition(0);
    }
    if (m_draft.headers == before.headers)
        m_headers->setPairs(proposal.headers);
    edited();
}

void CompanionComposer::setKind(BodyKind kind)
{
    const int chip = int(std::ranges::find(kinds, kind) - std::begin(kinds));
    m_draft.kind = kind;
    m_modes->choose(chip);
    m_text->setPlaceholderText(m_modes->hint(chip));
    m_browse->setVisible(kind == BodyKind::File);
    m_format->setVisible(kind == BodyKind::Json);
    edited();
}

void CompanionComposer::setStream(SessionId session, const QString &name, const QString &url)
{
    showShortened(*m_name, visibleLine(name));
    if (session == m_session)
        return;
    m_drafts[m_session] = m_draft;
    m_session = session;
    Draft draft = m_drafts[session];
    if (draft.url.isEmpty())
        draft.url = draft.proposed.url = url;
    m_mcp = session.isValid() ? std::make_unique<McpRequest>(m_capture, session, bytesOf(url)) : nullptr;
    m_history.forgetPlace();
    load(draft);
    m_outcome->setSession(session);
}

void CompanionComposer::load(const Draft &draft)
{
    {
        const QScopedValueRollback guard(m_showing, true);
        m_method->setCurrentText(draft.method);
        m_url->setText(draft.url);
        m_url->setCursorPosition(0);
        m_text->setPlainText(draft.text);
        m_text->moveCursor(QTextCursor::End);
        m_headers->setPairs(draft.headers);
        m_draft.proposed = draft.proposed;
    }
    setKind(draft.kind);
}

void CompanionComposer::focusText()
{
    m_text->setFocus(Qt::OtherFocusReason);
}

std::optional<JsonProblem> CompanionComposer::problem() const
{
    const auto url = parseUrl(bytesOf(m_draft.url.trimmed()));
    if (!url)
        return JsonProblem{visibleLine(url.error().detail)};
    if (url->isWebSocket())
        return JsonProblem{words("A request goes to an http or https URL")};
    if (m_draft.method.trimmed().isEmpty())
        return JsonProblem{words("The request needs a method")};
    if (m_draft.kind == BodyKind::Json && !m_draft.text.isEmpty())
        return jsonProblem(bytesOf(m_draft.text));
    return {};
}

void CompanionComposer::edited()
{
    if (m_showing)
        return;
    m_draft.method = m_method->currentText();
    m_draft.url = m_url->text();
    m_draft.text = m_text->toPlainText();
    m_draft.headers = m_headers->pairs();
    const auto wrong = problem();
    m_problem->setText(wrong ? wrong->words : QString());
    m_problem->setVisible(wrong.has_value());
    m_text->markPlace(wrong ? wrong->place : -1);
    m_format->setEnabled(!wrong);
    m_send->setEnabled(!wrong && m_session.isValid());
    m_moreShown->setText(m_draft.headers.empty() ? words("Headers")
                                                 : words("Headers (%1)").arg(m_draft.headers.size()));
}

/// An error is in words.
Expected<Bytes, QString> CompanionComposer::body() const
{
    if (m_draft.text.isEmpty())
        return Bytes();
    if (m_draft.kind == BodyKind::Form)
        return urlencodedForm(pairsOf(m_draft.text));
    if (m_draft.kind == BodyKind::File)
        return contentsOfChosenFile(m_draft.text.trimmed());
    return bytesOf(m_draft.text);
}

void CompanionComposer::send()
{
    if (!m_send->isEnabled())
        return;
    const auto body = this->body();
    if (!body) {
        m_problem->setText(body.error());
        m_problem->setVisible(true);
        return;
    }
    CompanionRequest request{*parseUrl(bytesOf(m_draft.url.trimmed())), bytesOf(m_draft.method.trimmed()),
                             m_draft.headers, *body};
    if (!request.body.empty() && !fieldNamed(request.headers, "Content-Type"))
        request.headers.push_back({"Content-Type", contentTypeOf(m_draft.kind, m_draft.text.trimmed())});
    m_history.note(m_draft);
    Q_EMIT sendRequested(request);
}

void CompanionComposer::chooseFile()
{
    const QString path = QFileDialog::getOpenFileName(this, words("The request's body"), m_draft.text);
    if (!path.isEmpty())
        m_text->setPlainText(path);
}

void CompanionComposer::recall(int step)
{
    if (const auto recalled = m_history.recall(step, m_draft))
        load(*recalled);
}

} // namespace pushscope
