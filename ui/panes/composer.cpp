#include "ui/panes/composer.h"

#include "ui/panes/composetext.h"
#include "ui/panes/modechips.h"
#include "ui/text/describe.h"
#include "ui/text/format.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace pushscope {

namespace {

/// Control frames carry no more (RFC 6455 section 5.5); two bytes of a close are its code.
constexpr qsizetype ControlLimit = 125;
constexpr int LargestCode = 65535;

/// In the order of the modes.
constexpr ModeChips::Chip chips[] = {{"composeText", "Text", "A text message"},
                                     {"composeJson", "JSON", "A JSON message"},
                                     {"composeBinary", "Binary", "Bytes in hexadecimal: 68 65 6c 6c 6f"},
                                     {"composePing", "Ping", "Payload of the ping, may be empty"},
                                     {"composePong", "Pong", "Payload of the pong, may be empty"},
                                     {"composeClose", "Close", "Reason, may be empty"}};

} // namespace

std::optional<Bytes> bytesFromHex(ByteView text)
{
    Bytes bytes;
    int high = -1;
    for (const char c : text) {
        if (c == ' ' || c == '\n' || c == '\t')
            continue;
        const std::size_t digit = ByteView("0123456789abcdef").find(c >= 'A' && c <= 'F' ? char(c + 32) : c);
        if (digit == ByteView::npos)
            return {};
        if (high >= 0)
            bytes.push_back(char(high * 16 + int(digit)));
        high = high >= 0 ? -1 : int(digit);
    }
    return high >= 0 ? std::nullopt : std::optional(bytes);
}

Composer::Composer(QWidget *parent)
    : QFrame(parent), m_name(new PlainLabel(this)), m_modes(new ModeChips(chips, this)), m_code(new QSpinBox(this)),
      m_meaning(new PlainLabel(QString(), this, "muted")), m_text(new ComposeText(this)),
      m_format(new QPushButton(words("Format"), this)), m_send(new QPushButton(words("Send"), this)),
      m_problem(new PlainLabel(QString(), this, "bad"))
{
    setObjectName(QStringLiteral("composer"));
    m_name->setObjectName(QStringLiteral("composerName"));
    m_name->setFont(scaled(font(), 0, true));
    m_text->setObjectName(QStringLiteral("composerText"));
    m_text->setAccessibleName(words("Message"));
    m_code->setObjectName(QStringLiteral("closeCode"));
    m_code->setAccessibleName(words("Close code"));
    m_code->setButtonSymbols(QSpinBox::NoButtons);
    m_code->setRange(0, LargestCode);
    m_code->setSpecialValueText(words("no code"));
    m_code->setValue(1000);
    m_code->installEventFilter(this);
    m_meaning->setObjectName(QStringLiteral("closeMeaning"));
    m_format->setObjectName(QStringLiteral("composerFormat"));
    m_format->setProperty("link", true);
    m_send->setObjectName(QStringLiteral("composerSend"));
    m_send->setProperty("primary", true);
    m_problem->setObjectName(QStringLiteral("composerProblem"));
    m_problem->hide();

    auto *row = new QHBoxLayout;
    row->setSpacing(7);
    row->addWidget(m_name);
    row->addSpacing(4);
    row->addWidget(m_modes);
    row->addWidget(m_code);
    row->addWidget(m_meaning);
    row->addWidget(m_text, 1);
    row->addWidget(m_format);
    row->addWidget(m_send);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 7, 12, 7);
    column->setSpacing(3);
    column->addLayout(row);
    column->addWidget(m_problem);

    connect(m_text, &QPlainTextEdit::textChanged, this, &Composer::edited);
    connect(m_text, &ComposeText::sendRequested, this, &Composer::send);
    connect(m_text, &ComposeText::recallRequested, this, &Composer::recall);
    connect(m_code, &QSpinBox::valueChanged, this, [this](int code) {
        m_meaning->setText(code == 0 ? QString() : describeCloseCode(code));
        edited();
    });
    connect(m_modes, &ModeChips::chosen, this, [this](int mode) {
        setMode(Mode(mode));
        focusText();
    });
    connect(m_send, &QPushButton::clicked, this, &Composer::send);
    connect(m_format, &QPushButton::clicked, m_text, &ComposeText::formatJson);
    m_meaning->setText(describeCloseCode(m_code->value()));
    setMode(Mode::Text);
}

void Composer::setMode(Mode mode)
{
    m_mode = mode;
    m_modes->choose(int(mode));
    m_text->setPlaceholderText(m_modes->hint(int(mode)));
    m_code->setVisible(mode == Mode::Close);
    m_meaning->setVisible(mode == Mode::Close);
    m_format->setVisible(mode == Mode::Json);
    edited();
}

void Composer::setStream(const QString &name, bool isOpen)
{
    showShortened(*m_name, visibleLine(name));
    m_isOpen = isOpen;
    edited();
}

void Composer::focusText()
{
    m_text->setFocus(Qt::OtherFocusReason);
}

Composer::Checked Composer::checkBinary(const Bytes &text) const
{
    const auto bytes = bytesFromHex(text);
    if (!bytes)
        return {{}, {words("Not hexadecimal: pairs of digits 0-9 and a-f, spaces allowed")}};
    return {intent::SendBinary{*bytes}, {}};
}

Composer::Checked Composer::checkJson(const Bytes &text) const
{
    if (text.empty())
        return {};
    if (auto problem = jsonProblem(text))
        return {{}, std::move(*problem)};
    return {intent::SendText{text}, {}};
}

Composer::Checked Composer::check() const
{
    const QByteArray utf8 = m_text->toPlainText().toUtf8();
    const Bytes payload(utf8.constData(), std::size_t(utf8.size()));
    switch (m_mode) {
    case Mode::Text: return {intent::SendText{payload}, {}};
    case Mode::Json: return checkJson(payload);
    case Mode::Binary: return checkBinary(payload);
    case Mode::Ping:
    case Mode::Pong:
        if (utf8.size() > ControlLimit)
            return {{}, {words("A control frame carries 125 bytes at the most; these are %1").arg(utf8.size())}};
        return {m_mode == Mode::Ping ? Intent(intent::SendPing{payload}) : Intent(intent::SendPong{payload}), {}};
    case Mode::Close:
        if (utf8.size() > ControlLimit - 2)
            return {{}, {words("A reason has 123 bytes at the most; these are %1").arg(utf8.size())}};
        if (m_code->value() == 0 && !utf8.isEmpty())
            return {{}, {words("A reason needs a code")}};
        return {intent::SendClose{std::uint16_t(m_code->value()), payload}, {}};
    }
    return {};
}

void Composer::edited()
{
    const Checked checked = check();
    m_problem->setText(checked.problem.words);
    m_problem->setVisible(!checked.problem.words.isEmpty());
    m_text->markPlace(checked.problem.place);
    m_format->setEnabled(checked.intent.has_value());
    m_send->setEnabled(m_isOpen && checked.intent.has_value());
    m_send->setToolTip(plainToolTip(m_isOpen ? QString() : words("The stream is not open")));
}

void Composer::send()
{
    const Checked checked = check();
    if (!m_isOpen || !checked.intent)
        return;
    const Entry sent = entry();
    if (!sent.text.isEmpty())
        m_history.note(sent);
    m_history.forgetPlace();
    m_text->clear();
    Q_EMIT sendRequested(*checked.intent);
}

Composer::Entry Composer::entry() const
{
    return {m_mode, m_text->toPlainText(), m_code->value()};
}

void Composer::recall(int step)
{
    const auto recalled = m_history.recall(step, entry());
    if (!recalled)
        return;
    setMode(recalled->mode);
    m_code->setValue(recalled->code);
    m_text->setPlainText(recalled->text);
    m_text->moveCursor(QTextCursor::End);
}

/// Ctrl+Enter sends from the code too.
bool Composer::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_code || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isReturn = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (!isReturn || !key->modifiers().testFlag(Qt::ControlModifier))
        return false;
    send();
    return true;
}

} // namespace pushscope
