#include "ui/dialogs/bodyfield.h"

#include "core/base/formbody.h"
#include "core/base/utf8.h"
#include "ui/chosenfile.h"
#include "ui/dialogs/pairtable.h"
#include "ui/text/jsonproblem.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"
#include "ui/theme/choice.h"
#include "ui/theme/theme.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace pushscope {

namespace {

constexpr std::string_view multipartType = "multipart/form-data";
constexpr std::string_view boundaryParameter = "boundary=";

/// The parts of a body that the table can show: no part of it came from a file.
std::optional<std::vector<HeaderField>> plainParts(const Bytes &body, std::string_view type)
{
    const std::size_t at = type.find(boundaryParameter);
    const auto parts =
        at == type.npos ? std::nullopt : readMultipartForm(body, type.substr(at + boundaryParameter.size()));
    if (!parts)
        return {};
    std::vector<HeaderField> pairs;
    for (const FormPart &part : *parts) {
        if (part.fileName || !part.contentType.empty() || part.content.starts_with('@') || !isUtf8(part.content))
            return {};
        pairs.push_back({part.name, part.content});
    }
    return pairs;
}

} // namespace

BodyField::BodyField(QWidget *parent)
    : QWidget(parent), m_kind(new Choice(this)), m_pages(new QStackedWidget(this)), m_text(new QPlainTextEdit(this)),
      m_form(new PairTable({}, this)), m_parts(new PairTable({}, this)), m_file(new QLineEdit(this)),
      m_problem(new PlainLabel(QString(), this, "bad"))
{
    m_kind->setObjectName(QStringLiteral("editBodyKind"));
    m_kind->setAccessibleName(words("Kind of body"));
    m_kind->addItems({words("as typed"), QStringLiteral("JSON"), words("form, urlencoded"),
                      words("form, multipart (@ names a file)"), words("a file")});
    m_kind->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_text->setObjectName(QStringLiteral("editBody"));
    m_text->setAccessibleName(words("Body"));
    m_text->setPlaceholderText(words("for methods that have one"));
    m_text->setFont(monospace(this));
    m_text->setTabChangesFocus(true);
    m_form->setObjectName(QStringLiteral("editBodyForm"));
    m_parts->setObjectName(QStringLiteral("editBodyParts"));
    m_problem->setObjectName(QStringLiteral("editBodyProblem"));
    m_problem->hide();
    m_pages->addWidget(m_text);
    m_pages->addWidget(m_form);
    m_pages->addWidget(m_parts);
    m_pages->addWidget(makeFile());
    m_pages->setFixedHeight(4 * QFontMetrics(m_text->font()).lineSpacing() + 26);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_kind);
    column->addWidget(m_pages);
    column->addWidget(m_problem);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &BodyField::showKind);
    connect(m_kind, &QComboBox::activated, this, &BodyField::tellType);
    connect(m_text, &QPlainTextEdit::textChanged, this, &BodyField::edited);
    connect(m_form, &PairTable::edited, this, &BodyField::edited);
    connect(m_parts, &PairTable::edited, this, &BodyField::edited);
    connect(m_file, &QLineEdit::textChanged, this, &BodyField::edited);
}

QWidget *BodyField::makeFile()
{
    auto *page = new QWidget(this);
    auto *browse = new QPushButton(words("Browse\u2026"), page);
    browse->setAutoDefault(false);
    m_file->setObjectName(QStringLiteral("editBodyFile"));
    m_file->setAccessibleName(words("The body's file"));
    m_file->setFont(monospace(this));
    auto *row = new QHBoxLayout;
    row->addWidget(m_file, 1);
    row->addWidget(browse);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row);
    column->addWidget(new PlainLabel(words("It is read now; reconnects send the same again."), page, "muted"));
    column->addStretch();
    connect(browse, &QPushButton::clicked, this, &BodyField::chooseFile);
    return page;
}

/// They are listed in the order of the enumerators; Text is not.
BodyKind BodyField::kind() const
{
    return BodyKind(m_kind->currentIndex());
}

void BodyField::showKind()
{
    // What is typed and JSON share a page.
    m_pages->setCurrentIndex(std::max(0, m_kind->currentIndex() - 1));
    Q_EMIT edited();
}

void BodyField::chooseFile()
{
    const QString path = QFileDialog::getOpenFileName(this, words("The request's body"), m_file->text());
    if (path.isEmpty())
        return;
    m_file->setText(path);
    tellType();
}

void BodyField::tellType()
{
    Q_EMIT typeChosen(QString::fromStdString(contentTypeOf(kind(), m_file->text())));
}

void BodyField::load(const Target &target)
{
    const HeaderField *field = fieldNamed(target.headers, "Content-Type");
    const std::string type = field ? field->value : std::string();
    const std::vector<HeaderField> pairs = readUrlencodedForm(target.body);
    const auto parts = plainParts(target.body, type);
    const bool isText = isUtf8(target.body);
    const bool isForm = type.starts_with("application/x-www-form-urlencoded") && urlencodedForm(pairs) == target.body;
    m_original = isText ? Bytes() : target.body;
    m_file->setText(QString::fromStdString(target.bodyFile));
    m_text->setPlainText(isText ? QString::fromStdString(target.body) : QString());
    m_text->setReadOnly(!isText);
    m_text->setPlaceholderText(isText ? words("for methods that have one")
                                      : words("%n bytes that are no text", qint64(target.body.size())));
    m_form->setPairs(isForm ? pairs : std::vector<HeaderField>());
    m_parts->setPairs(parts.value_or(std::vector<HeaderField>()));
    const BodyKind kind = !target.bodyFile.empty()                                            ? BodyKind::File
                          : isForm && !pairs.empty()                                          ? BodyKind::Form
                          : parts                                                             ? BodyKind::Multipart
                          : type.starts_with("application/json") && !jsonProblem(target.body) ? BodyKind::Json
                                                                                              : BodyKind::Typed;
    m_kind->setCurrentIndex(int(kind));
    m_problem->hide();
}

/// Read again only when it changed: the whole request is put together at each edit.
std::optional<Bytes> BodyField::contentsOf(const QString &path)
{
    const QFileInfo info(path);
    const auto kept = m_files.find(path);
    if (kept != m_files.end() && kept->second.modified == info.lastModified())
        return kept->second.contents;
    auto contents = contentsOfChosenFile(path);
    if (!contents) {
        m_problem->setText(contents.error());
        m_problem->show();
        return {};
    }
    m_files.clear(); // one at a time is enough
    return m_files.emplace(path, Kept{info.lastModified(), std::move(*contents)}).first->second.contents;
}

bool BodyField::storeParts(Target &target)
{
    std::vector<FormPart> parts;
    for (const HeaderField &pair : m_parts->pairs()) {
        FormPart part{pair.name, pair.value};
        if (pair.value.starts_with('@')) {
            const QString path = QString::fromStdString(pair.value.substr(1));
            const auto contents = contentsOf(path);
            if (!contents)
                return false;
            part.content = *contents;
            part.fileName = QFileInfo(path).fileName().toStdString();
            part.contentType = contentTypeOfFile(*part.fileName);
        }
        parts.push_back(std::move(part));
    }
    const std::string boundary = formBoundary(parts);
    target.body = multipartForm(parts, boundary);
    if (HeaderField *type = fieldNamed(target.headers, "Content-Type"); type && type->value.starts_with(multipartType))
        type->value = std::string(multipartType).append("; ").append(boundaryParameter).append(boundary);
    return true;
}

bool BodyField::store(Target &target)
{
    m_problem->hide();
    target.bodyFile.clear();
    switch (kind()) {
    case BodyKind::Typed:
    case BodyKind::Text:
        target.body = m_original.empty() ? m_text->toPlainText().toStdString() : m_original;
        return true;
    case BodyKind::Json: {
        target.body = m_text->toPlainText().toStdString();
        const auto problem = target.body.empty() ? std::nullopt : jsonProblem(target.body);
        m_problem->setText(problem ? problem->words : QString());
        m_problem->setVisible(problem.has_value());
        return true; // it may be meant
    }
    case BodyKind::Form: target.body = urlencodedForm(m_form->pairs()); return true;
    case BodyKind::Multipart: return storeParts(target);
    case BodyKind::File: break;
    }
    const auto contents = contentsOf(m_file->text());
    if (!contents)
        return false;
    target.body = *contents;
    target.bodyFile = m_file->text().toStdString();
    return true;
}

} // namespace pushscope
