#include "ui/dialogs/requesteditor.h"

#include "ui/dialogs/httppage.h"
#include "ui/dialogs/networkpages.h"
#include "ui/dialogs/requestpages.h"
#include "ui/scrolling.h"
#include "ui/text/commandline.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace pushscope {

RequestEditor::RequestEditor(QWidget *parent)
    : QDialog(parent), m_message(new MessagePage(this)), m_auth(new AuthPage(this)), m_http(new HttpPage(this)),
      m_webSocket(new WebSocketPage(this)), m_reconnection(new ReconnectionPage(this)),
      m_network(new NetworkPage(this)), m_tls(new TlsPage(this)), m_tabs(new QTabWidget(this)),
      m_command(new QLineEdit(this))
{
    setObjectName(QStringLiteral("requestEditor"));
    setWindowTitle(words("Request"));
    resize(760, 660);
    m_tabs->setObjectName(QStringLiteral("requestTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);
    auto *first = scrolling(m_message, m_tabs);
    first->setMinimumWidth(m_message->minimumSizeHint().width());
    m_tabs->addTab(first, words("Request"));
    m_tabs->addTab(m_auth, words("Credentials"));
    m_tabs->addTab(m_http, QStringLiteral("HTTP"));
    m_tabs->addTab(m_webSocket, QStringLiteral("WebSocket"));
    m_tabs->addTab(m_reconnection, words("Reconnection"));
    m_tabs->addTab(m_network, words("Network"));
    m_tabs->addTab(m_tls, QStringLiteral("TLS"));
    m_command->setObjectName(QStringLiteral("editCommand"));
    m_command->setAccessibleName(words("As a command line"));
    m_command->setReadOnly(true);
    m_command->setFont(monospace(this));
    auto *copy = new QPushButton(words("Copy as command line"), this);
    copy->setObjectName(QStringLiteral("editCopy"));
    copy->setAutoDefault(false);
    auto *go = new QPushButton(words("Connect"), this);
    go->setObjectName(QStringLiteral("editConnect"));
    go->setProperty("primary", true);
    go->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(18, 4, 18, 14);
    buttons->setSpacing(8);
    buttons->addWidget(m_command, 1);
    buttons->addWidget(copy);
    buttons->addWidget(go);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_tabs, 1);
    column->addLayout(buttons);
    for (RequestPage *page :
         std::initializer_list<RequestPage *>{m_message, m_auth, m_http, m_webSocket, m_reconnection, m_network, m_tls})
        connect(page, &RequestPage::edited, this, &RequestEditor::showCommand);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_command->text()); });
    connect(go, &QPushButton::clicked, this, [this] {
        if (!store()) {
            m_tabs->setCurrentIndex(0);
            return;
        }
        Q_EMIT connectRequested(m_target);
        accept();
    });
}

void RequestEditor::setTarget(const Target &target)
{
    const QScopedValueRollback guard(m_loading, true);
    m_target = target;
    m_message->load(target);
    m_auth->load(target);
    m_http->load(target);
    m_webSocket->load(target);
    m_reconnection->load(target);
    m_network->load(target);
    m_tls->load(target);
    m_command->setText(pushscopeCommand(target));
    m_command->setCursorPosition(0);
}

bool RequestEditor::store()
{
    const bool isValid = m_message->store(m_target);
    m_auth->store(m_target);
    m_http->store(m_target);
    m_webSocket->store(m_target);
    m_reconnection->store(m_target);
    m_network->store(m_target);
    m_tls->store(m_target);
    return isValid;
}

void RequestEditor::showCommand()
{
    if (m_loading)
        return;
    m_command->setText(store() ? pushscopeCommand(m_target) : QString());
    m_http->explain(m_target);
    m_command->setCursorPosition(0);
}

} // namespace pushscope
