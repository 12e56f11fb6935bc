#include "ui/panes/modechips.h"

#include "ui/text/words.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>

namespace pushscope {

ModeChips::ModeChips(std::span<const Chip> chips, QWidget *parent)
    : QWidget(parent), m_chips(chips), m_group(new QButtonGroup(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(7);
    int mode = 0;
    for (const Chip &entry : chips) {
        auto *chip = new QPushButton(words(entry.text), this);
        chip->setObjectName(QString::fromLatin1(entry.name));
        chip->setProperty("chip", true);
        chip->setCheckable(true);
        m_group->addButton(chip, mode++);
        row->addWidget(chip);
    }
    connect(m_group, &QButtonGroup::idClicked, this, &ModeChips::chosen);
}

void ModeChips::choose(int mode)
{
    m_group->button(mode)->setChecked(true);
}

QString ModeChips::hint(int mode) const
{
    return words(m_chips[std::size_t(mode)].hint);
}

} // namespace pushscope
