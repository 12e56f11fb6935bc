#include "ui/panes/payloadpane.h"

#include "core/capture/details/payload.h"
#include "ui/models/jsontreemodel.h"
#include "ui/panes/hexview.h"
#include "ui/panes/pictureview.h"
#include "ui/text/describe.h"
#include "ui/text/format.h"
#include "ui/text/plainlabel.h"
#include "ui/text/plaintext.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QButtonGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>

namespace pushscope {

namespace {

QPushButton *makeChip(const QString &text, const char *name, QWidget *parent)
{
    auto *chip = new QPushButton(text, parent);
    chip->setObjectName(QString::fromLatin1(name));
    chip->setProperty("chip", true);
    chip->setCheckable(true);
    return chip;
}

QTreeView *makeTree(JsonTreeModel *model, QWidget *parent)
{
    auto *tree = new QTreeView(parent);
    tree->setObjectName(QStringLiteral("jsonTree"));
    tree->setAccessibleName(words("Payload as a tree"));
    tree->setModel(model);
    tree->setUniformRowHeights(true);
    tree->setHeaderHidden(true);
    tree->setFrameShape(QFrame::NoFrame);
    tree->setFont(monospace(parent));
    tree->header()->resizeSection(0, 220);
    tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    const auto add = [tree](const QString &text, int role, int column) {
        auto *action = new QAction(text, tree);
        QObject::connect(action, &QAction::triggered, tree, [tree, role, column] {
            const QModelIndex index = tree->currentIndex().siblingAtColumn(column);
            QGuiApplication::clipboard()->setText(index.data(role).toString());
        });
        tree->addAction(action);
    };
    add(words("Copy value"), Qt::DisplayRole, JsonTreeModel::Value);
    add(words("Copy JSON path"), JsonTreeModel::PathRole, JsonTreeModel::Name);
    return tree;
}

} // namespace

PayloadPane::PayloadPane(std::shared_ptr<const Capture> capture, QWidget *parent)
    : QWidget(parent), m_capture(std::move(capture)), m_stack(new QStackedWidget(this)),
      m_json(new JsonTreeModel(this)), m_tree(makeTree(m_json, this)), m_text(new QPlainTextEdit(this)),
      m_picture(new PictureView(this)), m_hex(new HexView(this))
{
    setObjectName(QStringLiteral("payloadPane"));
    m_text->setObjectName(QStringLiteral("payloadText"));
    m_text->setAccessibleName(words("Payload as text"));
    m_text->setReadOnly(true);
    m_text->setProperty("flat", true);
    m_text->setFont(monospace(this));
    m_text->setWordWrapMode(QTextOption::WrapAnywhere);
    // The paragraph is ours: no letter of the payload turns it around.
    QTextOption option = m_text->document()->defaultTextOption();
    option.setTextDirection(Qt::LeftToRight);
    m_text->document()->setDefaultTextOption(option);
    m_hex->setObjectName(QStringLiteral("payloadHex"));
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_text);
    m_stack->addWidget(m_picture);
    auto *left = new QWidget(this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(m_stack, 1);
    auto *halves = new QSplitter(Qt::Horizontal, this);
    halves->setObjectName(QStringLiteral("payloadHalves"));
    halves->setHandleWidth(1);
    halves->setChildrenCollapsible(false);
    halves->addWidget(left);
    halves->addWidget(m_hex);
    halves->setSizes({560, 560});
    auto *page = new QVBoxLayout(this);
    page->setContentsMargins(0, 0, 0, 0);
    page->addWidget(halves);
    showRecord({});
}

QWidget *PayloadPane::makeHead()
{
    auto *head = new QWidget(this);
    m_asTree = makeChip(words("Tree"), "payloadAsTree", head);
    m_asText = makeChip(words("Text"), "payloadAsText", head);
    m_asTree->setChecked(true);
    auto *group = new QButtonGroup(this);
    group->addButton(m_asTree);
    group->addButton(m_asText);
    m_said = new PlainLabel(QString(), head, "muted");
    m_said->setObjectName(QStringLiteral("payloadSaid"));
    m_copy = new QPushButton(words("Copy"), head);
    m_copy->setObjectName(QStringLiteral("payloadCopy"));
    m_copy->setProperty("link", true);
    m_save = new QPushButton(words("Save\u2026"), head);
    m_save->setObjectName(QStringLiteral("payloadSave"));
    m_save->setProperty("link", true);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(12, 6, 12, 4);
    row->setSpacing(7);
    row->addWidget(m_asTree);
    row->addWidget(m_asText);
    row->addSpacing(4);
    row->addWidget(m_said, 1);
    row->addWidget(m_copy);
    row->addWidget(m_save);
    connect(m_asTree, &QPushButton::toggled, this, &PayloadPane::showText);
    connect(m_copy, &QPushButton::clicked, this, &PayloadPane::copyAll);
    connect(m_save, &QPushButton::clicked, this, [this] {
        if (m_seq.isValid())
            Q_EMIT saveRequested(m_seq);
    });
    return head;
}

void PayloadPane::showRecord(Seq seq)
{
    m_seq = seq;
    m_isJson = m_isPicture = false;
    m_raw.clear();
    m_indented.clear();
    m_sentence.clear();
    m_json->clear();
    std::uint64_t total = 0;
    bool isText = false;
    std::string mediaType;
    if (seq.isValid()) {
        Payload payload = payloadOf(*m_capture, seq, BytesLimit);
        m_raw = std::move(payload.bytes);
        total = payload.totalBytes;
        isText = payload.isText;
        mediaType = std::move(payload.mediaType);
        const Layer layer = layerOf(m_capture->record(seq).kind);
        if (m_raw.empty() && (layer == Layer::Connection || layer == Layer::Findings))
            m_sentence = describeRecord(*m_capture, seq);
    }
    if (total <= BytesLimit && !m_raw.empty()) {
        if (auto document = JsonDocument::parse(m_raw)) {
            m_isJson = true;
            m_indented = document->indented();
            m_json->setDocument(std::move(*document));
            m_tree->expandToDepth(m_json->rowCount(m_json->index(0, 0)) > 200 ? 0 : 1);
        }
    }
    m_isPicture = mediaType.starts_with("image/") && total <= BytesLimit && m_picture->setPicture(m_raw);
    const QString ofItself = m_isJson ? words("JSON") : isText ? words("text") : words("binary");
    const QString kind = mediaType.empty() ? ofItself : visibleLine(mediaType);
    const QString empty = m_sentence.isEmpty() ? words("No payload") : words("What happened");
    QString said = m_raw.empty() ? empty : kind + QStringLiteral(" \u00B7 ") + formatSize(total);
    if (total > BytesLimit)
        said += QStringLiteral(" \u00B7 ") + words("the first %1 are shown").arg(formatSize(BytesLimit));
    m_said->setText(seq.isValid() ? said : words("Pick a row to see what it says"));
    m_asTree->setVisible(m_isJson);
    m_asText->setVisible(m_isJson);
    m_copy->setVisible(!m_raw.empty());
    m_save->setVisible(!m_raw.empty());
    m_hex->setBytes(m_raw);
    showText();
}

void PayloadPane::showText()
{
    const bool asTree = m_isJson && m_asTree->isChecked();
    m_stack->setCurrentWidget(asTree ? static_cast<QWidget *>(m_tree) : m_text);
    if (m_isPicture)
        m_stack->setCurrentWidget(m_picture);
    if (asTree || m_isPicture)
        return;
    const ByteView bytes = m_isJson ? ByteView(m_indented) : ByteView(m_raw);
    QString text = m_sentence.isEmpty() ? visibleText(bytes.substr(0, TextLimit)) : m_sentence;
    if (bytes.size() > TextLimit)
        text += words("\n\u2026 %1 more; Copy and Save take all of it").arg(formatSize(bytes.size() - TextLimit));
    m_text->setPlainText(text);
}

void PayloadPane::copyAll() const
{
    if (!m_seq.isValid())
        return;
    const Bytes all = payloadOf(*m_capture, m_seq).bytes;
    QGuiApplication::clipboard()->setText(decodedText(all));
}

} // namespace pushscope
