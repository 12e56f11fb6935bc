#pragma once

#include "core/base/target.h"

#include <QDialog>

class QLineEdit;
class QTabWidget;

namespace pushscope {

class AuthPage;
class HttpPage;
class MessagePage;
class NetworkPage;
class ReconnectionPage;
class TlsPage;
class WebSocketPage;

/// Everything that shapes a request, beside the window; what it comes to as a command line stands below.
class RequestEditor : public QDialog
{
    Q_OBJECT
public:
    explicit RequestEditor(QWidget *parent = nullptr);

    void setTarget(const Target &target);

Q_SIGNALS:
    void connectRequested(const pushscope::Target &target);

private:
    [[nodiscard]] bool store();
    void showCommand();

    Target m_target;
    MessagePage *m_message;
    AuthPage *m_auth;
    HttpPage *m_http;
    WebSocketPage *m_webSocket;
    ReconnectionPage *m_reconnection;
    NetworkPage *m_network;
    TlsPage *m_tls;
    QTabWidget *m_tabs;
    QLineEdit *m_command;
    bool m_loading = false;
};

} // namespace pushscope
