#pragma once

#include <QStyledItemDelegate>

namespace pushscope {

/// Paints a session: its state as shape, colour and words, its name, and a sparkline of the last minute.
class StreamsDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace pushscope
