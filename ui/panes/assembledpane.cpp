#include "ui/panes/assembledpane.h"

#include "core/insight/transcript.h"
#include "ui/frameticker.h"
#include "ui/panes/assembledtext.h"
#include "ui/panes/exchangechoice.h"
#include "ui/panes/fieldlist.h"
#include "ui/panes/rateplot.h"
#include "ui/text/describeassembly.h"
#include "ui/text/format.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"
#include "ui/theme/choice.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStyle>

#include <utility>

namespace pushscope {

namespace {

constexpr AssemblyPreset Presets[] = {AssemblyPreset::OpenAiChat, AssemblyPreset::OpenAiResponses,
                                      AssemblyPreset::Anthropic,  AssemblyPreset::Gemini,
                                      AssemblyPreset::Ollama,     AssemblyPreset::Recipe};
constexpr qint64 RefreshEvery = 200; ///< ms

QLineEdit *makeField(const char *name, const QString &label, const QString &placeholder, QWidget *parent)
{
    auto *field = new QLineEdit(parent);
    field->setObjectName(QString::fromLatin1(name));
    field->setAccessibleName(label);
    field->setPlaceholderText(placeholder);
    return field;
}

} // namespace

AssembledPane::AssembledPane(std::shared_ptr<const Capture> capture, QWidget *parent)
    : QWidget(parent), m_capture(std::move(capture)), m_text(new AssembledText(this))
{
    setObjectName(QStringLiteral("assembledPane"));
    auto *left = new QWidget(this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(makeRecipe());
    column->addWidget(m_text, 1);
    auto *halves = new QSplitter(Qt::Horizontal, this);
    halves->setHandleWidth(1);
    halves->setChildrenCollapsible(false);
    halves->addWidget(left);
    halves->addWidget(makeSide());
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 2);
    halves->setSizes({660, 380});
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(halves);
    connect(m_text, &AssembledText::eventPicked, this, &AssembledPane::recordPicked);
    connect(m_text, &AssembledText::currentResponseChanged, this, &AssembledPane::refresh);
    m_sinceRefresh.start();
    refresh();
}

AssembledPane::~AssembledPane() = default;

QWidget *AssembledPane::makeHead()
{
    auto *head = new QWidget(this);
    m_preset = new Choice(head);
    m_preset->setObjectName(QStringLiteral("assembledPreset"));
    m_preset->setAccessibleName(words("Format of the stream"));
    m_preset->addItem(words("Automatic"));
    for (const AssemblyPreset preset : Presets)
        m_preset->addItem(describePreset(preset));
    // What was seen is said beside it: the longest name needs room in the list alone.
    m_preset->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_preset->setMinimumContentsLength(8);
    m_preset->view()->setMinimumWidth(m_preset->view()->sizeHintForColumn(0) + 24);
    m_exchange = new ExchangeChoice(m_capture, head);
    m_said = new PlainLabel(QString(), head, "muted");
    m_said->setObjectName(QStringLiteral("assembledSaid"));
    m_said->setWordWrap(true); // it may not make the window wider
    const auto link = [head](const QString &text, const char *name) {
        auto *button = new QPushButton(text, head);
        button->setObjectName(QString::fromLatin1(name));
        button->setProperty("link", true);
        return button;
    };
    m_copy = link(words("Copy"), "assembledCopy");
    m_copy->setToolTip(plainToolTip(words("The answer's text as it came")));
    m_copyCalls = link(words("Copy tool calls"), "assembledCopyCalls");
    m_copyCalls->setToolTip(plainToolTip(words("Names and arguments as JSON")));
    m_save = link(words("Save\u2026"), "assembledSave");
    m_save->setToolTip(plainToolTip(words("All of it, with its headings")));
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(12, 6, 12, 4);
    row->setSpacing(10);
    row->addWidget(m_preset);
    row->addWidget(m_exchange);
    row->addWidget(m_said, 1);
    row->addWidget(m_copyCalls);
    row->addWidget(m_copy);
    row->addWidget(m_save);
    connect(m_preset, &QComboBox::activated, this, &AssembledPane::choose);
    connect(m_exchange, &ExchangeChoice::companionChanged, this, &AssembledPane::restart);
    connect(m_copy, &QPushButton::clicked, this, &AssembledPane::copyAnswer);
    connect(m_copyCalls, &QPushButton::clicked, this, &AssembledPane::copyToolCalls);
    connect(m_save, &QPushButton::clicked, this, [this] {
        Q_EMIT saveRequested(words("Save the assembled text"),
                             QByteArray::fromStdString(transcriptOf(m_assembly->texts())));
    });
    return head;
}

QWidget *AssembledPane::makeRecipe()
{
    m_recipe = new QWidget(this);
    m_textPlace =
        makeField("recipeText", words("Where the text stands"), words("Text: /delta/content or $.a[*].b"), m_recipe);
    m_reasoningPlace =
        makeField("recipeReasoning", words("Where the reasoning stands"), words("Reasoning (optional)"), m_recipe);
    m_type = makeField("recipeType", words("Only events of this type"), words("Event type (all)"), m_recipe);
    const QString places = words("A JSON pointer (RFC 6901) or a JSONPath (RFC 9535); empty: all of an event's data");
    m_textPlace->setToolTip(plainToolTip(places));
    m_wrong = new PlainLabel(QString(), m_recipe, "bad");
    m_wrong->setObjectName(QStringLiteral("recipeWrong"));
    m_wrong->setWordWrap(true);
    m_wrong->hide();
    auto *fields = new QHBoxLayout;
    fields->setSpacing(7);
    fields->addWidget(m_textPlace, 3);
    fields->addWidget(m_reasoningPlace, 2);
    fields->addWidget(m_type, 1);
    auto *column = new QVBoxLayout(m_recipe);
    column->setContentsMargins(12, 0, 12, 4);
    column->setSpacing(3);
    column->addLayout(fields);
    column->addWidget(m_wrong);
    for (QLineEdit *field : {m_textPlace, m_reasoningPlace, m_type})
        connect(field, &QLineEdit::textEdited, this, &AssembledPane::choose);
    m_recipe->hide();
    return m_recipe;
}

QWidget *AssembledPane::makeSide()
{
    m_side = new QWidget(this);
    QWidget *side = m_side;
    side->setMinimumWidth(264);
    m_figures = new FieldList(side);
    m_figures->setObjectName(QStringLiteral("assembledFigures"));
    m_figures->setAccessibleName(words("Figures of the response"));
    m_figures->hideColumn(2); // what they mean stands with them
    m_figures->header()->setStretchLastSection(true);
    m_doubts = new PlainLabel(QString(), side, "warn");
    m_doubts->setObjectName(QStringLiteral("assembledDoubts"));
    m_doubts->setWordWrap(true);
    m_doubts->setContentsMargins(12, 0, 12, 0);
    m_plot = new RatePlot(side);
    auto *plotBox = new QHBoxLayout;
    plotBox->setContentsMargins(12, 4, 12, 8);
    plotBox->addWidget(m_plot);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_figures, 3);
    column->addWidget(m_doubts);
    column->addLayout(plotBox, 2);
    return side;
}

void AssembledPane::showRecord(Seq seq)
{
    m_seq = seq;
    if (!seq.isValid())
        return;
    showSession(SessionId(m_capture->record(seq).session));
    m_exchange->showRecord(seq);
    m_text->markEvent(seq);
}

void AssembledPane::showSession(SessionId session)
{
    if (!session.isValid() || session == m_session)
        return;
    m_session = session;
    m_exchange->setSession(session);
    const Setting &setting = m_settings[session.value];
    m_preset->setCurrentIndex(setting.preset);
    m_textPlace->setText(setting.text);
    m_reasoningPlace->setText(setting.reasoning);
    m_type->setText(setting.type);
    restart();
}

void AssembledPane::choose()
{
    if (m_session.isValid())
        m_settings[m_session.value] = {m_preset->currentIndex(), m_textPlace->text(), m_reasoningPlace->text(),
                                       m_type->text()};
    restart();
}

void AssembledPane::restart()
{
    const int row = m_preset->currentIndex();
    m_recipe->setVisible(row > 0 && Presets[row - 1] == AssemblyPreset::Recipe);
    auto choice = chosen();
    if (!choice || !m_session.isValid())
        return;
    choice->companion = m_exchange->companion();
    m_text->setTexts(nullptr);
    m_assembly = std::make_unique<Assembly>(m_capture, m_session, std::move(*choice));
    m_text->setTexts(&m_assembly->texts());
    m_refreshed = ~0ull;
    refresh();
}

std::optional<Assembly::Choice> AssembledPane::chosen()
{
    m_wrong->hide();
    const int row = m_preset->currentIndex();
    if (row == 0)
        return Assembly::Choice{};
    Assembly::Choice choice;
    choice.preset = Presets[row - 1];
    if (choice.preset != AssemblyPreset::Recipe)
        return choice;
    choice.recipe.text = placeIn(m_textPlace);
    const bool hasReasoning = !m_reasoningPlace->text().isEmpty();
    if (hasReasoning)
        choice.recipe.reasoning = placeIn(m_reasoningPlace);
    choice.recipe.eventType = m_type->text().toStdString();
    if (!choice.recipe.text || (hasReasoning && !choice.recipe.reasoning))
        return {};
    return choice;
}

/// Where a text is wrong the error stands beneath it, with a mark at its place.
std::optional<TextPlace> AssembledPane::placeIn(QLineEdit *field)
{
    const std::string text = field->text().toStdString();
    auto place = TextPlace::parse(text);
    field->setProperty("invalid", !place);
    field->style()->unpolish(field);
    field->style()->polish(field);
    if (place)
        return std::move(*place);
    const std::size_t at = place.error().place;
    m_wrong->setText(QStringLiteral("%1\u25B8%2   %3")
                         .arg(visibleLine(ByteView(text).substr(0, at)), visibleLine(ByteView(text).substr(at)),
                              QString::fromStdString(place.error().reason)));
    m_wrong->show();
    return {};
}

void AssembledPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::StyleChange)
        return;
    // Letters and rows hold the colours they were written in. The widgets below learn of the new ones after this.
    const auto writeAnew = [this] {
        m_text->setTexts(m_assembly ? &m_assembly->texts() : nullptr);
        refresh();
    };
    QMetaObject::invokeMethod(this, writeAnew, Qt::QueuedConnection);
}

void AssembledPane::advance()
{
    constexpr std::uint64_t Step = 32;
    m_exchange->advance();
    if (!m_assembly)
        return;
    SliceTimer reading(FrameTicker::Slice, 1);
    while (m_assembly->advance(Step) && !reading.isOver()) {
    }
    SliceTimer writing(FrameTicker::Slice, 16);
    const bool hasMore = m_text->advance(writing);
    if (!hasMore && m_seq.isValid())
        m_text->markEvent(m_seq);
    if (m_refreshed != m_assembly->revision() && m_sinceRefresh.elapsed() >= RefreshEvery)
        refresh();
}

void AssembledPane::refresh()
{
    m_sinceRefresh.restart();
    m_refreshed = m_assembly ? m_assembly->revision() : 0;
    refreshSaid();
    const bool hasTexts = m_assembly && !m_assembly->texts().responses().empty();
    const AssembledResponse *response =
        hasTexts ? &m_assembly->texts().responses()[m_text->currentResponse()] : nullptr;
    m_side->setVisible(response != nullptr);
    m_plot->setResponse(response);
    const QString doubts = response ? doubtsAbout(*response) : QString();
    m_doubts->setText(doubts);
    m_doubts->setVisible(!doubts.isEmpty());
    m_copy->setVisible(hasTexts);
    m_save->setVisible(hasTexts);
    m_copyCalls->setVisible(hasTexts && !toolCallsOf(m_assembly->texts(), m_text->currentResponse()).empty());
    m_figures->setFigures(response ? figuresOf(*response) : QList<std::pair<QString, QString>>());
}

void AssembledPane::refreshSaid()
{
    if (!m_assembly) {
        m_said->setText(words("Pick a stream or a row of it"));
        return;
    }
    const auto preset = m_assembly->preset();
    const std::size_t responses = m_assembly->texts().responses().size();
    QStringList said;
    constexpr int FirstError = 400; // RFC 9110 section 15.5
    if (m_assembly->messages() == 0 && m_assembly->status() >= FirstError)
        said += words("The answer was %1: no stream").arg(m_assembly->status());
    else if (!preset && m_assembly->messages() > 0)
        said += words("No known format in its messages: choose one, or write a recipe");
    else if (!preset)
        said += words("Waiting for the first message");
    else if (m_preset->currentIndex() == 0)
        said += words("seen: %1").arg(describePreset(*preset));
    if (responses > 1)
        said += words("response %1 of %2").arg(m_text->currentResponse() + 1).arg(responses);
    if (preset && m_assembly->unknown() > 0)
        said += words("%n message(s) of no such format", qint64(m_assembly->unknown()));
    if (m_assembly->tooLong() > 0)
        said += words("%n message(s) too long to look into", qint64(m_assembly->tooLong()));
    if (m_assembly->texts().leftOut() > 0)
        said += words("%1 of text are left out").arg(formatSize(m_assembly->texts().leftOut()));
    m_said->setText(said.join(QStringLiteral(" \u00B7 ")));
}

void AssembledPane::copyAnswer() const
{
    QGuiApplication::clipboard()->setText(decodedText(answerOf(m_assembly->texts(), m_text->currentResponse())));
}

void AssembledPane::copyToolCalls() const
{
    QGuiApplication::clipboard()->setText(decodedText(toolCallsOf(m_assembly->texts(), m_text->currentResponse())));
}

} // namespace pushscope
