#include "ui/panes/welcomepage.h"

#include "ui/panes/connectbar.h"
#include "ui/panes/welcomecard.h"
#include "ui/text/plainlabel.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace pushscope {

namespace {
constexpr int PageWidth = 760;
}

WelcomePage::WelcomePage(QWidget *parent)
    : QScrollArea(parent), m_page(new QWidget), m_url(new QLineEdit(m_page)),
      m_problem(new PlainLabel(QString(), m_page, "bad")), m_suggestion(new QPushButton(m_page)),
      m_recentHeading(new PlainLabel(words("RECENT"), m_page, "heading")),
      m_recent(new RecentList(RecentList::Look::Welcome, m_page))
{
    setObjectName(QStringLiteral("welcomePage"));
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    m_page->setObjectName(QStringLiteral("welcomeContent"));
    m_page->setAttribute(Qt::WA_StyledBackground);

    auto *title = new PlainLabel(words("Watch a stream"), m_page);
    title->setFont(scaled(font(), 11, true));
    title->setAlignment(Qt::AlignHCenter);
    auto *subtitle =
        new PlainLabel(words("Server-Sent Events or WebSocket. Paste a URL or a curl command."), m_page, "muted");
    subtitle->setAlignment(Qt::AlignHCenter);
    m_url->setObjectName(QStringLiteral("welcomeUrl"));
    m_url->setAccessibleName(words("URL or curl command"));
    m_url->setPlaceholderText(QStringLiteral("https://\u2026  wss://\u2026  curl -N https://\u2026"));
    m_url->setFont(monospace(this));
    m_url->setMinimumHeight(40);
    m_url->setTextMargins(6, 0, 6, 0);
    auto *go = new QPushButton(words("Connect"), m_page);
    go->setObjectName(QStringLiteral("welcomeConnect"));
    go->setProperty("primary", true);
    go->setMinimumSize(104, 40);
    m_problem->setObjectName(QStringLiteral("welcomeProblem"));
    m_suggestion->setObjectName(QStringLiteral("welcomeSuggestion"));
    m_suggestion->setProperty("link", true);
    m_problem->hide();
    m_suggestion->hide();
    auto *keyboard = new QPushButton(words("Keyboard"), m_page);
    keyboard->setObjectName(QStringLiteral("welcomeKeyboard"));
    keyboard->setProperty("link", true);

    auto *field = new QHBoxLayout;
    field->setSpacing(10);
    field->addWidget(m_url, 1);
    field->addWidget(go);
    auto *said = new QHBoxLayout;
    said->setSpacing(10);
    said->addWidget(m_problem);
    said->addWidget(m_suggestion);
    said->addStretch();
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addSpacing(60);
    column->addWidget(title);
    column->addSpacing(6);
    column->addWidget(subtitle);
    column->addSpacing(20);
    column->addLayout(field);
    column->addSpacing(4);
    column->addLayout(said);
    column->addSpacing(28);
    column->addLayout(makeCards());
    column->addSpacing(34);
    column->addWidget(m_recentHeading);
    column->addSpacing(4);
    column->addWidget(m_recent);
    column->addSpacing(24);
    column->addWidget(keyboard, 0, Qt::AlignHCenter);
    column->addStretch();
    auto *row = new QHBoxLayout(m_page);
    row->addStretch();
    row->addLayout(column);
    row->addStretch();
    m_recent->setMinimumWidth(PageWidth);
    m_url->setMinimumWidth(PageWidth - 114);
    setWidget(m_page); // last: the style looks at what is in it, and looks once

    connect(go, &QPushButton::clicked, this, &WelcomePage::submit);
    connect(m_url, &QLineEdit::returnPressed, this, &WelcomePage::submit);
    connect(m_url, &QLineEdit::textEdited, this, [this] {
        m_problem->hide();
        m_suggestion->hide();
    });
    connect(m_suggestion, &QPushButton::clicked, this, [this] {
        m_url->setText(m_suggestion->property("url").toString());
        submit();
    });
    connect(m_recent, &RecentList::chosen, this, &WelcomePage::recentChosen);
    connect(m_recent, &RecentList::forgotten, this, &WelcomePage::recentForgotten);
    connect(keyboard, &QPushButton::clicked, this, &WelcomePage::keyboardRequested);
    setRecent({});
}

QLayout *WelcomePage::makeCards()
{
    auto *cards = new QHBoxLayout;
    cards->setSpacing(14);
    auto *feed =
        new WelcomeCard(WelcomeCard::Picture::Feed, words("Watch the demo feed"),
                        words("A tick each second over SSE. Drop it and see it resume by Last-Event-ID."), m_page);
    feed->setObjectName(QStringLiteral("cardFeed"));
    auto *echo = new WelcomeCard(WelcomeCard::Picture::Echo, words("Talk to the demo echo"),
                                 words("Send a message over WebSocket and look inside its frames."), m_page);
    echo->setObjectName(QStringLiteral("cardEcho"));
    auto *broken = new WelcomeCard(WelcomeCard::Picture::Broken, words("Break something"),
                                   words("Scenarios: resets, gaps, redirects, bad frames, wrong close codes."), m_page);
    broken->setObjectName(QStringLiteral("cardScenarios"));
    for (WelcomeCard *card : {feed, echo, broken})
        cards->addWidget(card);
    connect(feed, &QAbstractButton::clicked, this, &WelcomePage::feedRequested);
    connect(echo, &QAbstractButton::clicked, this, &WelcomePage::echoRequested);
    connect(broken, &QAbstractButton::clicked, this, &WelcomePage::scenariosRequested);
    return cards;
}

void WelcomePage::setRecent(const std::vector<RecentTarget> &targets)
{
    m_recent->setTargets(targets);
    m_recentHeading->setVisible(!targets.empty());
}

void WelcomePage::focusUrl()
{
    m_url->setFocus(Qt::OtherFocusReason);
}

void WelcomePage::submit()
{
    const TypedTarget typed = readTyped(m_url->text(), {});
    m_problem->setText(typed.problem);
    m_problem->setVisible(!typed.problem.isEmpty());
    m_suggestion->setText(plainButtonText(typed.suggestion));
    m_suggestion->setProperty("url", typed.suggestion);
    m_suggestion->setVisible(!typed.suggestion.isEmpty());
    if (!typed.isValid)
        return;
    if (typed.needsLeave()) {
        Q_EMIT leaveNeeded(typed);
        return;
    }
    Q_EMIT connectRequested(typed.target);
    if (!typed.differences.isEmpty())
        Q_EMIT differencesNamed(typed.differences);
}

} // namespace pushscope
