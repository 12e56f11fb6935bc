#pragma once

#include "core/base/headerfield.h"
#include "core/base/target.h"

#include <QTableWidget>

#include <vector>

namespace pushscope {

/// An editable list of names and values in order: header fields, query items. A row that is switched off stays but does
/// not count. An empty row at the end takes the next; Delete removes a row, Alt+Up and Alt+Down move it.
class PairTable : public QTableWidget
{
    Q_OBJECT
public:
    /// `known` names are completed while typing.
    explicit PairTable(const QStringList &known, QWidget *parent = nullptr);

    /// `shelved` ones stand between them, switched off.
    void setPairs(const std::vector<HeaderField> &pairs, const std::vector<ShelvedField> &shelved = {});
    /// Those switched on, names not empty.
    [[nodiscard]] std::vector<HeaderField> pairs() const;
    /// Those switched off, and where they stand.
    [[nodiscard]] std::vector<ShelvedField> shelved() const;
    /// The value of the first of that name, a new row when there is none; "" removes it.
    void setValue(const QString &name, const QString &value);

Q_SIGNALS:
    void edited();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addRow(const QString &name, const QString &value, bool isOn = true);
    void addField(const HeaderField &field, bool isOn);
    void keepEmptyRow();
    void moveCurrent(int step);
    [[nodiscard]] QString cell(int row, int column) const;

    bool m_filling = false;
};

} // namespace pushscope
