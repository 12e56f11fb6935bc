#include "ui/models/jsontreemodel.h"

#include "ui/text/plaintext.h"
#include "ui/text/words.h"

namespace pushscope {

namespace {
/// A row shows no more of a long string; the text view and the hex view have all of it.
constexpr std::size_t LongestValue = 2000;
} // namespace

JsonTreeModel::JsonTreeModel(QObject *parent) : QAbstractItemModel(parent) {}

void JsonTreeModel::setDocument(JsonDocument document)
{
    beginResetModel();
    m_document = std::move(document);
    endResetModel();
}

void JsonTreeModel::clear()
{
    beginResetModel();
    m_document.reset();
    endResetModel();
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const std::uint32_t node =
        parent.isValid() ? m_document->child(std::uint32_t(parent.internalId()), std::uint32_t(row)) : 0;
    return createIndex(row, column, quintptr(node));
}

QModelIndex JsonTreeModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return {};
    const std::uint32_t above = m_document->node(std::uint32_t(index.internalId())).parent;
    return createIndex(int(m_document->node(above).row), 0, quintptr(above));
}

int JsonTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!m_document || parent.column() > 0)
        return 0;
    return parent.isValid() ? int(m_document->node(std::uint32_t(parent.internalId())).childCount) : 1;
}

int JsonTreeModel::columnCount(const QModelIndex & /*parent*/) const
{
    return ColumnCount;
}

QString JsonTreeModel::textOf(const JsonNode &node, int column) const
{
    if (column == Name) {
        if (node.nameEnd > node.nameBegin)
            return visibleLine(m_document->nameOf(node)) + (node.isDuplicate ? words(" (again)") : QString());
        return &node == &m_document->node(0) ? QStringLiteral("$") : QStringLiteral("[%1]").arg(node.row);
    }
    switch (node.kind) {
    case JsonNode::Kind::Object: return QStringLiteral("{ %1 }").arg(node.childCount);
    case JsonNode::Kind::Array: return QStringLiteral("[ %1 ]").arg(node.childCount);
    case JsonNode::Kind::String:
    case JsonNode::Kind::Number:
    case JsonNode::Kind::Word: break;
    }
    const ByteView text = m_document->textOf(node);
    return visibleLine(text.substr(0, LongestValue)) +
           (text.size() > LongestValue ? QStringLiteral("\u2026") : QString());
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto at = std::uint32_t(index.internalId());
    const JsonNode &node = m_document->node(at);
    switch (role) {
    case Qt::DisplayRole: return textOf(node, index.column());
    case KindRole: return int(node.kind);
    case PathRole: return decodedText(m_document->pathOf(at));
    default: return {}; // roles are an open set of numbers
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? words("Name") : words("Value");
}

} // namespace pushscope
