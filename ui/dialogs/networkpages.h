#pragma once

#include "ui/dialogs/requestpages.h"

namespace pushscope {

class NetworkPage : public RequestPage
{
    Q_OBJECT
public:
    explicit NetworkPage(QWidget *parent = nullptr);
    void load(const Target &target);
    void store(Target &target) const;

private:
    QSpinBox *m_connect;
    QSpinBox *m_firstByte;
    QSpinBox *m_frameLimit;
    QSpinBox *m_messageLimit;
    QComboBox *m_proxyKind;
    QLineEdit *m_proxyHost;
    QSpinBox *m_proxyPort;
    QLineEdit *m_proxyUser;
    QLineEdit *m_proxyPassword;
    QPlainTextEdit *m_resolve;
};

class TlsPage : public RequestPage
{
    Q_OBJECT
public:
    explicit TlsPage(QWidget *parent = nullptr);
    void load(const Target &target);
    void store(Target &target) const;

private:
    QLineEdit *m_caFile;
    QLineEdit *m_certificate;
    QLineEdit *m_key;
    QLineEdit *m_passphrase;
    QComboBox *m_minimum;
    QLineEdit *m_keyLog;
    QCheckBox *m_insecure;
};

} // namespace pushscope
