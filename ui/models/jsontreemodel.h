#pragma once

#include "core/base/jsondocument.h"

#include <QAbstractItemModel>

namespace pushscope {

/// A JSON text as a tree of names and values as they are spelled.
class JsonTreeModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Name, Value, ColumnCount };
    enum Role { KindRole = Qt::UserRole, PathRole };

    explicit JsonTreeModel(QObject *parent = nullptr);

    void setDocument(JsonDocument document);
    void clear();

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString textOf(const JsonNode &node, int column) const;

    std::optional<JsonDocument> m_document;
};

} // namespace pushscope
