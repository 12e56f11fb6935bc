#pragma once

#include "core/base/target.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QWidget>

namespace pushscope {

class BodyField;
class PairTable;
class PlainLabel;

/// A page of the request editor: load() shows its part of a target, store() writes it back. Pages have no say in each
/// other's parts.
class RequestPage : public QWidget
{
    Q_OBJECT
public:
    explicit RequestPage(QWidget *parent = nullptr);

Q_SIGNALS:
    void edited();

protected:
    /// Makes a field, names it for screen readers and tests, adds it to the form and reports its edits.
    [[nodiscard]] QLineEdit *line(const char *name, const QString &label, const QString &hint = {});
    [[nodiscard]] QLineEdit *secret(const char *name, const QString &label);
    [[nodiscard]] QLineEdit *file(const char *name, const QString &label);
    [[nodiscard]] QCheckBox *check(const char *name, const QString &label);
    [[nodiscard]] QComboBox *choice(const char *name, const QString &label, const QStringList &choices);
    /// `none` is what 0 is called.
    [[nodiscard]] QSpinBox *number(const char *name, const QString &label, const QString &unit,
                                   const QString &none = {});
    [[nodiscard]] QPlainTextEdit *text(const char *name, const QString &label, const QString &hint, int lines);
    PlainLabel *note(const QString &words);
    [[nodiscard]] QFormLayout &form() { return *m_form; }

private:
    template <class Field>
    Field *add(Field *field, const char *name, const QString &label);

    QFormLayout *m_form;
};

class MessagePage : public RequestPage
{
    Q_OBJECT
public:
    explicit MessagePage(QWidget *parent = nullptr);
    void load(const Target &target);
    /// False when the URL is none or a file can't be read; the problem stands beside it.
    [[nodiscard]] bool store(Target &target);

private:
    void showQuery();

    QLineEdit *m_url;
    PlainLabel *m_problem;
    QLineEdit *m_name;
    QComboBox *m_transport;
    QComboBox *m_method;
    QLineEdit *m_lastEventId;
    PairTable *m_query;
    PairTable *m_headers;
    BodyField *m_body;
};

class AuthPage : public RequestPage
{
    Q_OBJECT
public:
    explicit AuthPage(QWidget *parent = nullptr);
    void load(const Target &target);
    void store(Target &target) const;

private:
    void showKind();

    QComboBox *m_kind;
    QLineEdit *m_user;
    QLineEdit *m_password;
    QLineEdit *m_token;
    QLineEdit *m_keyName;
    QLineEdit *m_key;
    QCheckBox *m_cookies;
};

class WebSocketPage : public RequestPage
{
    Q_OBJECT
public:
    explicit WebSocketPage(QWidget *parent = nullptr);
    void load(const Target &target);
    void store(Target &target) const;

private:
    QLineEdit *m_origin;
    QLineEdit *m_subprotocols;
    QComboBox *m_pong;
    QSpinBox *m_pongDelay;
    QSpinBox *m_closeCode;
    QLineEdit *m_closeReason;
    QCheckBox *m_echo;
};

class ReconnectionPage : public RequestPage
{
    Q_OBJECT
public:
    explicit ReconnectionPage(QWidget *parent = nullptr);
    void load(const Target &target);
    void store(Target &target) const;

private:
    QCheckBox *m_enabled;
    QCheckBox *m_webSocket;
    QSpinBox *m_initial;
    QSpinBox *m_override;
    QComboBox *m_backoff;
    QSpinBox *m_attempts;
    QSpinBox *m_dropAfter;
    QSpinBox *m_idle;
};

} // namespace pushscope
