#include "ui/dialogs/requestpages.h"

#include "core/base/apikeyfield.h"
#include "ui/dialogs/bodyfield.h"
#include "ui/dialogs/pairtable.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"
#include "ui/theme/choice.h"
#include "ui/theme/theme.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace pushscope {

namespace {

const QStringList knownHeaders = {QStringLiteral("Accept"),
                                  QStringLiteral("Accept-Language"),
                                  QStringLiteral("Authorization"),
                                  QStringLiteral("Cache-Control"),
                                  QStringLiteral("Content-Type"),
                                  QStringLiteral("Cookie"),
                                  QStringLiteral("Last-Event-ID"),
                                  QStringLiteral("Origin"),
                                  QStringLiteral("Referer"),
                                  QStringLiteral("User-Agent"),
                                  QStringLiteral("X-Api-Key"),
                                  QStringLiteral("X-Request-Id"),
                                  QStringLiteral("Sec-WebSocket-Protocol")};

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

std::vector<HeaderField> queryOf(const Url &url)
{
    std::vector<HeaderField> items;
    const std::size_t mark = url.target.find('?');
    if (mark == url.target.npos)
        return items;
    for (const QString &part : text(url.target.substr(mark + 1)).split(u'&', Qt::SkipEmptyParts)) {
        const auto decoded = [](const QString &raw) { return QUrl::fromPercentEncoding(raw.toUtf8()).toStdString(); };
        items.push_back({decoded(part.section(u'=', 0, 0)), decoded(part.section(u'=', 1))});
    }
    return items;
}

QString urlWith(const Url &url, const std::vector<HeaderField> &query)
{
    QStringList parts;
    for (const HeaderField &item : query) {
        const QString name = QString::fromLatin1(QUrl::toPercentEncoding(text(item.name)));
        parts += item.value.empty()
                     ? name
                     : name + u'=' + QString::fromLatin1(QUrl::toPercentEncoding(text(item.value), ":/,@"));
    }
    const QString base = text(url.text()).section(u'?', 0, 0);
    return parts.isEmpty() ? base : base + u'?' + parts.join(u'&');
}

bool isBearer(const HeaderField &field)
{
    return field.name == "Authorization" && field.value.starts_with("Bearer ");
}

/// The field that the page of credentials shows as a key: the first of the names that most APIs take one by, where
/// there are no other credentials. Any other stays among the headers.
const HeaderField *apiKeyOf(const Target &target)
{
    const auto isKey = [](const HeaderField &field) { return isApiKeyField(field.name); };
    if (!target.url.user.empty() || std::ranges::any_of(target.headers, isBearer))
        return nullptr;
    const auto found = std::ranges::find_if(target.headers, isKey);
    return found == target.headers.end() ? nullptr : &*found;
}

} // namespace

RequestPage::RequestPage(QWidget *parent) : QWidget(parent), m_form(new QFormLayout)
{
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_form->setHorizontalSpacing(18);
    m_form->setVerticalSpacing(9);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(18, 16, 18, 10);
    column->addLayout(m_form);
    column->addStretch();
}

template <class Field>
Field *RequestPage::add(Field *field, const char *name, const QString &label)
{
    field->setObjectName(QString::fromLatin1(name));
    field->setAccessibleName(label);
    auto *said = new PlainLabel(label, this, "muted");
    said->setBuddy(field);
    m_form->addRow(said, field);
    return field;
}

QLineEdit *RequestPage::line(const char *name, const QString &label, const QString &hint)
{
    QLineEdit *field = add(new QLineEdit(this), name, label);
    field->setPlaceholderText(hint);
    field->setFont(monospace(this));
    connect(field, &QLineEdit::textChanged, this, &RequestPage::edited);
    return field;
}

QLineEdit *RequestPage::secret(const char *name, const QString &label)
{
    QLineEdit *field = line(name, label);
    field->setEchoMode(QLineEdit::Password);
    return field;
}

QLineEdit *RequestPage::file(const char *name, const QString &label)
{
    auto *box = new QWidget(this);
    auto *field = new QLineEdit(box);
    field->setObjectName(QString::fromLatin1(name));
    field->setAccessibleName(label);
    field->setFont(monospace(this));
    auto *browse = new QPushButton(words("Browse\u2026"), box);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(field, 1);
    row->addWidget(browse);
    m_form->addRow(new PlainLabel(label, this, "muted"), box);
    connect(field, &QLineEdit::textChanged, this, &RequestPage::edited);
    connect(browse, &QPushButton::clicked, this, [this, field, label] {
        const QString path = QFileDialog::getOpenFileName(this, label, field->text());
        if (!path.isEmpty())
            field->setText(path);
    });
    return field;
}

QCheckBox *RequestPage::check(const char *name, const QString &label)
{
    auto *field = new QCheckBox(label, this);
    field->setObjectName(QString::fromLatin1(name));
    m_form->addRow(QString(), field);
    connect(field, &QCheckBox::toggled, this, &RequestPage::edited);
    return field;
}

QComboBox *RequestPage::choice(const char *name, const QString &label, const QStringList &choices)
{
    QComboBox *field = add(new Choice(this), name, label);
    field->addItems(choices);
    field->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(field, &QComboBox::currentTextChanged, this, &RequestPage::edited);
    return field;
}

QSpinBox *RequestPage::number(const char *name, const QString &label, const QString &unit, const QString &none)
{
    QSpinBox *field = add(new QSpinBox(this), name, label);
    field->setButtonSymbols(QSpinBox::NoButtons);
    field->setRange(0, std::numeric_limits<int>::max());
    field->setSuffix(unit);
    field->setSpecialValueText(none);
    field->setMinimumWidth(150);
    field->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(field, &QSpinBox::valueChanged, this, &RequestPage::edited);
    return field;
}

QPlainTextEdit *RequestPage::text(const char *name, const QString &label, const QString &hint, int lines)
{
    QPlainTextEdit *field = add(new QPlainTextEdit(this), name, label);
    field->setPlaceholderText(hint);
    field->setFont(monospace(this));
    field->setTabChangesFocus(true);
    field->setFixedHeight(lines * QFontMetrics(field->font()).lineSpacing() + 18);
    connect(field, &QPlainTextEdit::textChanged, this, &RequestPage::edited);
    return field;
}

PlainLabel *RequestPage::note(const QString &words)
{
    auto *said = new PlainLabel(words, this, "muted");
    said->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    said->setWordWrap(true);
    m_form->addRow(QString(), said);
    return said;
}

MessagePage::MessagePage(QWidget *parent)
    : RequestPage(parent), m_url(line("editUrl", words("URL"))), m_problem(new PlainLabel(QString(), this, "bad")),
      m_name(nullptr), m_transport(nullptr), m_method(nullptr), m_lastEventId(nullptr),
      m_query(new PairTable({}, this)), m_headers(new PairTable(knownHeaders, this)), m_body(nullptr)
{
    form().addRow(QString(), m_problem);
    m_problem->setObjectName(QStringLiteral("editUrlProblem"));
    m_problem->hide();
    m_name = line("editName", words("Name"), words("made from the URL"));
    m_transport = choice("editTransport", words("Transport"),
                         {words("Auto"), QStringLiteral("SSE"), QStringLiteral("WebSocket")});
    m_method = choice("editMethod", words("Method"),
                      {QStringLiteral("GET"), QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("PATCH"),
                       QStringLiteral("DELETE")});
    m_method->setEditable(true);
    m_lastEventId = line("editLastEventId", words("Last-Event-ID"), words("sent with the first request"));
    m_query->setObjectName(QStringLiteral("editQuery"));
    m_headers->setObjectName(QStringLiteral("editHeaders"));
    for (PairTable *table : {m_query, m_headers})
        table->setFixedHeight(118);
    form().addRow(new PlainLabel(words("Query"), this, "muted"), m_query);
    form().addRow(new PlainLabel(words("Headers"), this, "muted"), m_headers);
    m_body = new BodyField(this);
    form().addRow(new PlainLabel(words("Body"), this, "muted"), m_body);
    connect(m_body, &BodyField::edited, this, &RequestPage::edited);
    connect(m_body, &BodyField::typeChosen, this,
            [this](const QString &type) { m_headers->setValue(QStringLiteral("Content-Type"), type); });
    connect(m_query, &PairTable::edited, this, [this] {
        const auto url = parseUrl(m_url->text().toStdString());
        if (url)
            m_url->setText(urlWith(*url, m_query->pairs()));
    });
    connect(m_url, &QLineEdit::textEdited, this, &MessagePage::showQuery);
    connect(m_headers, &PairTable::edited, this, &RequestPage::edited);
}

void MessagePage::showQuery()
{
    const auto url = parseUrl(m_url->text().toStdString());
    m_query->setPairs(url ? queryOf(*url) : std::vector<HeaderField>());
}

void MessagePage::load(const Target &target)
{
    m_url->setText(target.url.host.empty() ? QString() : QString::fromStdString(target.url.text()));
    m_name->setText(QString::fromStdString(target.name));
    m_transport->setCurrentIndex(int(target.transport));
    m_method->setCurrentText(QString::fromStdString(target.method));
    m_lastEventId->setText(QString::fromStdString(target.lastEventId));
    std::vector<HeaderField> headers;
    const HeaderField *key = apiKeyOf(target);
    for (const HeaderField &field : target.headers) {
        if (!isBearer(field) && &field != key) // they stand on the page of credentials
            headers.push_back(field);
    }
    m_headers->setPairs(headers, target.shelved);
    m_body->load(target);
    showQuery();
}

bool MessagePage::store(Target &target)
{
    const auto url = parseUrl(m_url->text().trimmed().toStdString());
    m_problem->setText(url ? QString() : visibleLine(url.error().detail));
    m_problem->setVisible(!url);
    if (url)
        target.url = *url;
    target.name = m_name->text().trimmed().toStdString();
    target.transport = TransportChoice(m_transport->currentIndex());
    target.method = m_method->currentText().trimmed().toStdString();
    target.lastEventId = m_lastEventId->text().toStdString();
    target.headers = m_headers->pairs();
    target.shelved = m_headers->shelved();
    return m_body->store(target) && url.hasValue();
}

AuthPage::AuthPage(QWidget *parent)
    : RequestPage(parent), m_kind(choice("authKind", words("Credentials"),
                                         {words("None"), words("Basic (name and password)"), words("Bearer token"),
                                          words("API key in a header field")})),
      m_user(line("authUser", words("Name"))), m_password(secret("authPassword", words("Password"))),
      m_token(secret("authToken", words("Token"))), m_keyName(line("authKeyName", words("Field of the key"))),
      m_key(secret("authKey", words("Key"))),
      m_cookies(check("authCookies", words("Keep a jar of cookies: send what answers set")))
{
    note(words("Credentials are not kept when the window closes."));
    connect(m_kind, &QComboBox::currentIndexChanged, this, &AuthPage::showKind);
    showKind();
}

void AuthPage::showKind()
{
    const int kind = m_kind->currentIndex();
    m_user->setEnabled(kind == 1);
    m_password->setEnabled(kind == 1);
    m_token->setEnabled(kind == 2);
    m_keyName->setEnabled(kind == 3);
    m_key->setEnabled(kind == 3);
}

void AuthPage::load(const Target &target)
{
    m_user->setText(QString::fromStdString(target.url.user));
    m_password->setText(QString::fromStdString(target.url.password));
    m_token->clear();
    m_keyName->setText(QStringLiteral("X-Api-Key"));
    m_key->clear();
    for (const HeaderField &field : target.headers) {
        if (isBearer(field))
            m_token->setText(QString::fromStdString(field.value.substr(7)));
    }
    if (const HeaderField *key = apiKeyOf(target)) {
        m_keyName->setText(QString::fromStdString(key->name));
        m_key->setText(QString::fromStdString(key->value));
    }
    m_kind->setCurrentIndex(!m_token->text().isEmpty() ? 2
                            : !m_key->text().isEmpty() ? 3
                            : target.url.user.empty()  ? 0
                                                       : 1);
    m_cookies->setChecked(target.cookies);
}

void AuthPage::store(Target &target) const
{
    const int kind = m_kind->currentIndex();
    target.url.user = kind == 1 ? m_user->text().toStdString() : std::string();
    target.url.password = kind == 1 ? m_password->text().toStdString() : std::string();
    if (kind == 2 && !m_token->text().isEmpty())
        target.headers.push_back({"Authorization", "Bearer " + m_token->text().toStdString()});
    const std::string keyName = m_keyName->text().trimmed().toStdString();
    if (kind == 3 && !keyName.empty() && !m_key->text().isEmpty())
        target.headers.push_back({keyName, m_key->text().toStdString()});
    target.cookies = m_cookies->isChecked();
}

WebSocketPage::WebSocketPage(QWidget *parent)
    : RequestPage(parent), m_origin(line("wsOrigin", words("Origin"), QStringLiteral("https://example.com"))),
      m_subprotocols(line("wsSubprotocols", words("Subprotocols"), words("one after the other, with commas"))),
      m_pong(choice("wsPong", words("Answer to pings"), {words("at once"), words("never"), words("late")})),
      m_pongDelay(number("wsPongDelay", words("Late by"), QStringLiteral(" ms"))),
      m_closeCode(number("wsCloseCode", words("Close code"), {}, words("no code"))),
      m_closeReason(line("wsCloseReason", words("Close reason"))),
      m_echo(check("wsEcho", words("Answer every message with itself")))
{
    m_closeCode->setMaximum(65535);
    connect(m_pong, &QComboBox::currentIndexChanged, this,
            [this](int mode) { m_pongDelay->setEnabled(mode == int(PongMode::Late)); });
}

void WebSocketPage::load(const Target &target)
{
    const WebSocketOptions &options = target.webSocket;
    m_origin->setText(QString::fromStdString(options.origin));
    QStringList protocols;
    for (const std::string &name : options.subprotocols)
        protocols += QString::fromStdString(name);
    m_subprotocols->setText(protocols.join(QStringLiteral(", ")));
    m_pong->setCurrentIndex(int(options.pong));
    m_pongDelay->setValue(int(options.pongDelay.count()));
    m_pongDelay->setEnabled(options.pong == PongMode::Late);
    m_closeCode->setValue(options.closeCode);
    m_closeReason->setText(QString::fromStdString(options.closeReason));
    m_echo->setChecked(options.echo);
}

void WebSocketPage::store(Target &target) const
{
    WebSocketOptions &options = target.webSocket;
    options.origin = m_origin->text().trimmed().toStdString();
    options.subprotocols.clear();
    for (const QString &name : m_subprotocols->text().split(u',', Qt::SkipEmptyParts))
        options.subprotocols.push_back(name.trimmed().toStdString());
    options.pong = PongMode(m_pong->currentIndex());
    options.pongDelay = Milliseconds(m_pongDelay->value());
    options.closeCode = std::uint16_t(m_closeCode->value());
    options.closeReason = m_closeReason->text().toStdString();
    options.echo = m_echo->isChecked();
}

ReconnectionPage::ReconnectionPage(QWidget *parent)
    : RequestPage(parent), m_enabled(check("reconnect", words("Reconnect as the standard says"))),
      m_webSocket(check("reconnectWebSocket", words("WebSocket too"))),
      m_initial(number("reconnectInitial", words("First delay"), QStringLiteral(" ms"))),
      m_override(
          number("reconnectOverride", words("Fixed delay"), QStringLiteral(" ms"), words("the server's retry counts"))),
      m_backoff(choice("reconnectBackoff", words("Growth"),
                       {words("none"), words("doubled after each failure, with jitter")})),
      m_attempts(number("reconnectAttempts", words("Reconnects at most"), {}, words("without end"))),
      m_dropAfter(number("reconnectDrop", words("Cut after"), words(" events"), words("never"))),
      m_idle(number("timeoutIdle", words("Watchdog: silent at most"), QStringLiteral(" ms"), words("for ever")))
{
    m_initial->setSpecialValueText({});
}

void ReconnectionPage::load(const Target &target)
{
    const Reconnection &reconnection = target.reconnection;
    m_enabled->setChecked(reconnection.enabled);
    m_webSocket->setChecked(reconnection.webSocket);
    m_initial->setValue(int(reconnection.initial.count()));
    m_override->setValue(reconnection.overrideTime ? int(reconnection.overrideTime->count()) : 0);
    m_backoff->setCurrentIndex(int(reconnection.backoff));
    m_attempts->setValue(int(reconnection.maxAttempts.value_or(0)));
    m_dropAfter->setValue(int(reconnection.dropAfter.value_or(0)));
    m_idle->setValue(target.timeouts.idle ? int(target.timeouts.idle->count()) : 0);
}

void ReconnectionPage::store(Target &target) const
{
    Reconnection &reconnection = target.reconnection;
    reconnection.enabled = m_enabled->isChecked();
    reconnection.webSocket = m_webSocket->isChecked();
    reconnection.initial = Milliseconds(m_initial->value());
    reconnection.overrideTime =
        m_override->value() > 0 ? std::optional(Milliseconds(m_override->value())) : std::nullopt;
    reconnection.backoff = Backoff(m_backoff->currentIndex());
    reconnection.maxAttempts =
        m_attempts->value() > 0 ? std::optional(std::uint32_t(m_attempts->value())) : std::nullopt;
    reconnection.dropAfter =
        m_dropAfter->value() > 0 ? std::optional(std::uint64_t(m_dropAfter->value())) : std::nullopt;
    target.timeouts.idle = m_idle->value() > 0 ? std::optional(Milliseconds(m_idle->value())) : std::nullopt;
}

} // namespace pushscope
