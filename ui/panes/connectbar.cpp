#include "ui/panes/connectbar.h"

#include "core/base/curlcommand.h"
#include "ui/chosenfile.h"
#include "ui/text/httphint.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"
#include "ui/theme/choice.h"
#include "ui/theme/theme.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStringListModel>
#include <QStyle>
#include <QVBoxLayout>

namespace pushscope {

namespace {

QString sentence(const Error &error)
{
    return visibleLine(error.detail) + QStringLiteral(" (%1)").arg(QString::fromUtf8(word(error.code)));
}

Expected<Bytes, Error> contentsOf(const std::string &path)
{
    auto contents = contentsOfChosenFile(QString::fromStdString(path));
    if (!contents)
        return Error{ErrorCode::FileUnreadable, contents.error().toStdString()};
    return std::move(*contents);
}

TypedTarget readCurl(const QString &text, const ShellVariables &variables, const CurlFiles &files = {})
{
    TypedTarget typed;
    typed.command = text;
    const auto command = parseCurlCommand(text.toStdString(), variables, files);
    if (!command) {
        typed.problem = sentence(command.error());
        return typed;
    }
    typed.isValid = true;
    typed.target = command->target;
    for (const std::string &flag : command->fileFlags)
        typed.fileFlags += visibleLine(flag);
    for (const std::string &difference : command->differences)
        typed.differences += visibleLine(difference);
    return typed;
}

/// Whether the command can be sent is read with the values of its variables. What it asks for is read with their names
/// in their places: no value gets into a draft before the user has been asked, nor out of it.
TypedTarget readUnasked(const QString &text)
{
    QStringList names;
    TypedTarget typed = readCurl(text, [&](const std::string &name) {
        const auto value = environmentVariable(name);
        if (value)
            names += QString::fromStdString(name);
        return value;
    });
    names.removeDuplicates();
    if (!typed.isValid || names.isEmpty())
        return typed;
    const auto written = [&text](const QString &name) {
        const QString asByCmd = u'%' + name + u'%';
        return text.contains(asByCmd) ? asByCmd : u'$' + name;
    };
    for (const QString &name : names)
        typed.variables += visibleLine(written(name));
    typed.target = readCurl(text, [&](const std::string &name) -> std::optional<std::string> {
                       const QString known = QString::fromStdString(name);
                       return names.contains(known) ? std::optional(written(known).toStdString()) : std::nullopt;
                   }).target;
    return typed;
}

/// What a request has besides what the bar shows.
QStringList extrasOf(const Target &target)
{
    QStringList extras;
    if (!target.headers.empty())
        extras += words("%n header|%n headers", qint64(target.headers.size()));
    if (!target.body.empty())
        extras += words("body");
    if (!target.lastEventId.empty())
        extras += QStringLiteral("Last-Event-ID");
    Target rest = target;
    const Target usual;
    rest.name = usual.name;
    rest.url = usual.url;
    rest.transport = usual.transport;
    rest.http = usual.http;
    rest.method = usual.method;
    rest.headers = usual.headers;
    rest.shelved = usual.shelved;
    rest.body = usual.body;
    rest.bodyFile = usual.bodyFile;
    rest.lastEventId = usual.lastEventId;
    rest.tls.extraCas = usual.tls.extraCas; // the demo server's, none of the user's
    if (rest != usual)
        extras += words("options");
    return extras;
}

/// "htp:/foo" is a scheme gone wrong, "localhost:8080/events" none.
bool hasScheme(const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    return colon > 0 && text.mid(colon + 1).startsWith(u'/');
}

} // namespace

TypedTarget readTyped(const QString &text, const Target &draft)
{
    const QString trimmed = text.trimmed();
    if (isCurlCommand(trimmed.toStdString()))
        return readUnasked(trimmed);
    TypedTarget typed;
    const auto url = parseUrl(trimmed.toStdString());
    if (!url) {
        typed.problem = sentence(url.error());
        if (!trimmed.isEmpty() && !hasScheme(trimmed)) {
            const bool isLocal =
                trimmed.startsWith(QLatin1String("localhost")) || trimmed.startsWith(QLatin1String("127."));
            const QString guess = (isLocal ? QStringLiteral("http://") : QStringLiteral("https://")) + trimmed;
            if (parseUrl(guess.toStdString()))
                typed.suggestion = guess;
        }
        return typed;
    }
    typed.isValid = true;
    typed.target = draft.url.origin() == url->origin() ? draft : Target();
    typed.target.url = *url;
    if (typed.target.name == draft.name && draft.url.target != url->target)
        typed.target.name.clear();
    return typed;
}

TypedTarget readWithLeave(const TypedTarget &typed)
{
    return readCurl(typed.command, environmentVariable, contentsOf);
}

ConnectBar::ConnectBar(QWidget *parent)
    : QFrame(parent), m_transport(new Choice(this)), m_http(new Choice(this)), m_method(new Choice(this)),
      m_url(new QLineEdit(this)), m_request(new QPushButton(words("Request\u2026"), this)),
      m_problem(new PlainLabel(QString(), this, "bad")), m_hint(new PlainLabel(QString(), this, "muted")),
      m_suggestion(new QPushButton(this)), m_known(new QStringListModel(this))
{
    setObjectName(QStringLiteral("connectBar"));
    m_transport->setObjectName(QStringLiteral("transport"));
    m_transport->setAccessibleName(words("Transport"));
    m_transport->addItems({words("Auto"), QStringLiteral("SSE"), QStringLiteral("WebSocket")});
    m_http->setObjectName(QStringLiteral("httpVersion"));
    m_http->setAccessibleName(words("HTTP version"));
    m_http->addItems({words("Any HTTP"), QStringLiteral("HTTP/1.1"), QStringLiteral("HTTP/2")});
    m_hint->setObjectName(QStringLiteral("httpHint"));
    m_method->setObjectName(QStringLiteral("method"));
    m_method->setAccessibleName(words("Method"));
    m_method->addItems({QStringLiteral("GET"), QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("PATCH"),
                        QStringLiteral("DELETE")});
    m_url->setObjectName(QStringLiteral("url"));
    m_url->setAccessibleName(words("URL or curl command"));
    m_url->setPlaceholderText(QStringLiteral("https://\u2026  wss://\u2026  curl -N https://\u2026"));
    m_url->setFont(monospace(this));
    m_url->setClearButtonEnabled(true);
    auto *completer = new QCompleter(m_known, this);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_url->setCompleter(completer);
    m_request->setObjectName(QStringLiteral("requestButton"));
    auto *go = new QPushButton(words("Connect"), this);
    go->setObjectName(QStringLiteral("connectButton"));
    go->setProperty("primary", true);
    m_problem->setObjectName(QStringLiteral("urlProblem"));
    m_suggestion->setObjectName(QStringLiteral("urlSuggestion"));
    m_suggestion->setProperty("link", true);

    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_transport);
    row->addWidget(m_http);
    row->addWidget(m_method);
    row->addWidget(m_url, 1);
    row->addWidget(m_request);
    row->addWidget(go);
    auto *below = new QHBoxLayout;
    below->addWidget(m_problem);
    below->addWidget(m_suggestion);
    below->addWidget(m_hint);
    below->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 9, 12, 9);
    column->setSpacing(4);
    column->addLayout(row);
    column->addLayout(below);
    const int height = m_url->sizeHint().height() + 2;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_transport, m_http, m_method, m_url, m_request, go})
        widget->setFixedHeight(height);

    connect(go, &QPushButton::clicked, this, &ConnectBar::submit);
    connect(m_url, &QLineEdit::returnPressed, this, &ConnectBar::submit);
    connect(m_url, &QLineEdit::textEdited, this, &ConnectBar::edited);
    for (const QComboBox *choice : {m_transport, m_http})
        connect(choice, &QComboBox::currentIndexChanged, this, &ConnectBar::showHint);
    connect(m_request, &QPushButton::clicked, this, &ConnectBar::editorRequested);
    connect(m_suggestion, &QPushButton::clicked, this, [this] {
        m_url->setText(m_suggestion->property("url").toString());
        submit();
    });
    showProblem({}, {});
    showHint();
}

void ConnectBar::focusUrl()
{
    m_url->setFocus(Qt::ShortcutFocusReason);
    m_url->selectAll();
}

void ConnectBar::setKnownUrls(const QStringList &urls)
{
    m_known->setStringList(urls);
}

void ConnectBar::setDraft(const Target &target)
{
    m_draft = target;
    m_url->setText(target.url.host.empty() ? QString() : QString::fromStdString(target.url.text()));
    m_transport->setCurrentIndex(int(target.transport));
    m_http->setCurrentIndex(int(target.http));
    const QString method = QString::fromStdString(target.method);
    if (m_method->findText(method) < 0)
        m_method->addItem(method);
    m_method->setCurrentText(method);
    showProblem({}, {});
    showExtras();
    showHint();
}

void ConnectBar::setCommand(const QString &command)
{
    m_url->setText(command);
    showProblem({}, {});
    showExtras();
    showHint();
}

Target ConnectBar::draft() const
{
    const TypedTarget typed = readTyped(m_url->text(), m_draft);
    if (typed.isValid && !typed.command.isEmpty())
        return typed.target; // a command has choices of its own
    Target target = typed.isValid ? typed.target : m_draft;
    storeChoices(target);
    return target;
}

void ConnectBar::storeChoices(Target &target) const
{
    target.transport = TransportChoice(m_transport->currentIndex());
    target.http = HttpChoice(m_http->currentIndex());
    target.method = m_method->currentText().toStdString();
}

void ConnectBar::edited()
{
    showProblem({}, {});
    showExtras();
    showHint();
    Q_EMIT urlEdited();
}

void ConnectBar::showExtras()
{
    const QStringList extras = extrasOf(draft());
    m_request->setText(QStringList(QStringList(words("Request\u2026")) + extras).join(QStringLiteral(" \u00B7 ")));
    m_request->setToolTip(plainToolTip(extras.isEmpty() ? QString() : words("Goes along with the URL")));
}

void ConnectBar::showHint()
{
    const bool hasUrl = parseUrl(m_url->text().trimmed().toStdString()).hasValue();
    const QString hint = hasUrl ? httpHint(draft()) : QString();
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
}

void ConnectBar::submit()
{
    const TypedTarget typed = readTyped(m_url->text(), m_draft);
    showProblem(typed.problem, typed.suggestion);
    if (!typed.isValid)
        return;
    if (typed.needsLeave()) {
        Q_EMIT leaveNeeded(typed);
        return;
    }
    Target target = typed.target;
    if (typed.command.isEmpty())
        storeChoices(target);
    else
        setDraft(target);
    Q_EMIT connectRequested(target);
    if (!typed.differences.isEmpty())
        Q_EMIT differencesNamed(typed.differences);
}

void ConnectBar::showProblem(const QString &problem, const QString &suggestion)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_suggestion->setText(plainButtonText(suggestion));
    m_suggestion->setProperty("url", suggestion);
    m_suggestion->setVisible(!suggestion.isEmpty());
    m_url->setProperty("invalid", !problem.isEmpty());
    m_url->setAccessibleDescription(problem);
    m_url->style()->unpolish(m_url);
    m_url->style()->polish(m_url);
}

} // namespace pushscope
