#pragma once

#include "core/capture/details/fieldtree.h"

#include <QList>
#include <QTreeWidget>

#include <utility>
#include <vector>

namespace pushscope {

/// Fields as names, values and notes; sections may stand above them. All of it plain text, every cell can be copied, a
/// tool tip shows what is cut.
class FieldList : public QTreeWidget
{
    Q_OBJECT
public:
    explicit FieldList(QWidget *parent = nullptr);

    void addSection(const QString &title);
    /// A sentence where there are no fields.
    void addWords(const QString &text);
    void addFields(const std::vector<Field> &fields);
    void addField(const QString &name, const QString &value, const QString &note = {});
    /// Shows nothing but these names and values; the current row and what is in sight stay.
    void setFigures(const QList<std::pair<QString, QString>> &figures);
    /// Brings the first field that begins there or behind it to the top.
    void scrollToField(std::uint64_t begin);
    /// The bytes of the current field; empty when it has none.
    [[nodiscard]] ByteRange currentRange() const;

Q_SIGNALS:
    void fieldPicked(quint64 begin, quint64 end);

protected:
    int sizeHintForColumn(int column) const override;
    bool viewportEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QTreeWidgetItem *add(QTreeWidgetItem *parent, const Field &field);
    /// What a column would need.
    [[nodiscard]] int widestIn(int column) const;
    void writeFigures();

    QList<std::pair<QString, QString>> m_figures;
};

} // namespace pushscope
