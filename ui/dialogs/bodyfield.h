#pragma once

#include "core/base/target.h"
#include "ui/text/bodykind.h"

#include <QDateTime>
#include <QWidget>

#include <map>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QStackedWidget;

namespace pushscope {

class PairTable;
class PlainLabel;

/// A request's body: typed, as JSON, as a form of either kind, or what a file holds.
class BodyField : public QWidget
{
    Q_OBJECT
public:
    explicit BodyField(QWidget *parent = nullptr);

    void load(const Target &target);
    /// Writes the body, the file's name, and the boundary of a multipart form into the Content-Type field that is
    /// there. False when a file can't be read: said in place.
    [[nodiscard]] bool store(Target &target);

Q_SIGNALS:
    void edited();
    /// The user chose another kind: its Content-Type, "" for none of its own.
    void typeChosen(const QString &contentType);

private:
    [[nodiscard]] BodyKind kind() const;
    [[nodiscard]] QWidget *makeFile();
    void showKind();
    void chooseFile();
    void tellType();
    [[nodiscard]] std::optional<Bytes> contentsOf(const QString &path);
    [[nodiscard]] bool storeParts(Target &target);

    struct Kept
    {
        QDateTime modified;
        Bytes contents;
    };
    QComboBox *m_kind;
    QStackedWidget *m_pages;
    QPlainTextEdit *m_text;
    PairTable *m_form;
    PairTable *m_parts; ///< a value that begins with @ names a file
    QLineEdit *m_file;
    PlainLabel *m_problem;
    Bytes m_original; ///< what is no text, and is neither shown nor changed
    std::map<QString, Kept> m_files;
};

} // namespace pushscope
