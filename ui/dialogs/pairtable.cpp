#include "ui/dialogs/pairtable.h"

#include "ui/text/words.h"
#include "ui/theme/theme.h"

#include <QCompleter>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>

namespace pushscope {

namespace {

enum Column { On, Name, Value };

/// Names and values: those of a row that is off stand back.
class TextDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (index.siblingAtColumn(On).data(Qt::CheckStateRole).toInt() == Qt::Unchecked)
            option->palette.setColor(QPalette::Text, colorsOf(option->widget).muted);
    }
};

class NameDelegate : public TextDelegate
{
public:
    NameDelegate(const QStringList &known, QObject *parent) : TextDelegate(parent), m_known(known) {}
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QWidget *editor = QStyledItemDelegate::createEditor(parent, option, index);
        if (auto *line = qobject_cast<QLineEdit *>(editor)) {
            auto *completer = new QCompleter(m_known, line);
            completer->setCaseSensitivity(Qt::CaseInsensitive);
            line->setCompleter(completer);
        }
        return editor;
    }

private:
    QStringList m_known;
};

} // namespace

PairTable::PairTable(const QStringList &known, QWidget *parent) : QTableWidget(0, 3, parent)
{
    setHorizontalHeaderLabels({QString(), words("Name"), words("Value")});
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->resizeSection(On, 30);
    horizontalHeader()->resizeSection(Name, 200);
    setSelectionBehavior(SelectRows);
    setFont(monospace(this));
    setItemDelegateForColumn(Name, new NameDelegate(known, this));
    setItemDelegateForColumn(Value, new TextDelegate(this));
    setTabKeyNavigation(false);
    keepEmptyRow();
    connect(this, &QTableWidget::itemChanged, this, [this] {
        if (m_filling)
            return;
        keepEmptyRow();
        Q_EMIT edited();
    });
}

QString PairTable::cell(int row, int column) const
{
    const QTableWidgetItem *found = item(row, column);
    return found ? found->text() : QString();
}

void PairTable::addField(const HeaderField &field, bool isOn)
{
    addRow(QString::fromStdString(field.name), QString::fromStdString(field.value), isOn);
}

void PairTable::addRow(const QString &name, const QString &value, bool isOn)
{
    const QScopedValueRollback guard(m_filling, true);
    const int row = rowCount();
    insertRow(row);
    auto *on = new QTableWidgetItem;
    on->setFlags(Qt::ItemIsUserCheckable | Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    on->setCheckState(isOn ? Qt::Checked : Qt::Unchecked);
    setItem(row, On, on);
    setItem(row, Name, new QTableWidgetItem(name));
    setItem(row, Value, new QTableWidgetItem(value));
}

void PairTable::keepEmptyRow()
{
    const int last = rowCount() - 1;
    if (last < 0 || !cell(last, Name).isEmpty() || !cell(last, Value).isEmpty())
        addRow({}, {});
}

void PairTable::setPairs(const std::vector<HeaderField> &pairs, const std::vector<ShelvedField> &shelved)
{
    setRowCount(0);
    auto off = shelved.begin();
    for (std::size_t i = 0; i <= pairs.size(); ++i) {
        for (; off != shelved.end() && (off->before <= i || i == pairs.size()); ++off)
            addField(off->field, false);
        if (i < pairs.size())
            addField(pairs[i], true);
    }
    keepEmptyRow();
}

std::vector<ShelvedField> PairTable::shelved() const
{
    std::vector<ShelvedField> found;
    std::size_t before = 0;
    for (int row = 0; row < rowCount(); ++row) {
        const QString name = cell(row, Name).trimmed();
        if (name.isEmpty())
            continue;
        if (item(row, On)->checkState() == Qt::Checked)
            ++before;
        else
            found.push_back({before, {name.toStdString(), cell(row, Value).toStdString()}});
    }
    return found;
}

void PairTable::setValue(const QString &name, const QString &value)
{
    int row = 0;
    while (row < rowCount() - 1 && cell(row, Name).compare(name, Qt::CaseInsensitive) != 0)
        ++row;
    if (row < rowCount() - 1 && value.isEmpty()) {
        removeRow(row);
    } else if (!value.isEmpty()) {
        const QScopedValueRollback guard(m_filling, true);
        item(row, On)->setCheckState(Qt::Checked);
        item(row, Name)->setText(name);
        item(row, Value)->setText(value);
    }
    keepEmptyRow();
    Q_EMIT edited();
}

std::vector<HeaderField> PairTable::pairs() const
{
    std::vector<HeaderField> found;
    for (int row = 0; row < rowCount(); ++row) {
        const QString name = cell(row, Name).trimmed();
        if (!name.isEmpty() && item(row, On)->checkState() == Qt::Checked)
            found.push_back({name.toStdString(), cell(row, Value).toStdString()});
    }
    return found;
}

void PairTable::moveCurrent(int step)
{
    const int from = currentRow();
    const int to = from + step;
    if (from < 0 || to < 0 || to >= rowCount() - 1 || from >= rowCount() - 1)
        return;
    {
        // Half-way, cells are missing: nobody may look.
        const QScopedValueRollback guard(m_filling, true);
        for (int column = 0; column < columnCount(); ++column) {
            QTableWidgetItem *moved = takeItem(from, column);
            setItem(from, column, takeItem(to, column));
            setItem(to, column, moved);
        }
    }
    setCurrentCell(to, currentColumn());
    Q_EMIT edited();
}

void PairTable::keyPressEvent(QKeyEvent *event)
{
    const bool hasAlt = event->modifiers() == Qt::AltModifier;
    if (hasAlt && event->key() == Qt::Key_Up) {
        moveCurrent(-1);
    } else if (hasAlt && event->key() == Qt::Key_Down) {
        moveCurrent(1);
    } else if (event->key() == Qt::Key_Delete && currentRow() >= 0 && currentRow() < rowCount() - 1) {
        removeRow(currentRow());
        Q_EMIT edited();
    } else {
        QTableWidget::keyPressEvent(event);
    }
}

} // namespace pushscope
