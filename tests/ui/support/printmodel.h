#pragma once

#include <QAbstractItemModel>
#include <QStringList>

namespace pushscope::test {

/// A model as lines, cells apart by " | ", children indented.
[[nodiscard]] inline QStringList printModel(const QAbstractItemModel &model, const QModelIndex &parent = {},
                                            int depth = 0)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(parent); ++column)
            cells += model.index(row, column, parent).data().toString();
        lines += QString(depth * 2, u' ') + cells.join(QStringLiteral(" | "));
        lines += printModel(model, model.index(row, 0, parent), depth + 1);
    }
    return lines;
}

} // namespace pushscope::test
