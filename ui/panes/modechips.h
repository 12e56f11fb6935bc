#pragma once

#include <QString>
#include <QWidget>

#include <span>

class QButtonGroup;

namespace pushscope {

/// What is being composed, as a row of chips of which one is chosen; modes are counted from 0 in their order.
class ModeChips : public QWidget
{
    Q_OBJECT
public:
    struct Chip
    {
        const char *name; ///< the button's object name
        const char *text;
        const char *hint; ///< what stands in the text field while it is empty
    };

    /// `chips` outlive it.
    explicit ModeChips(std::span<const Chip> chips, QWidget *parent);

    void choose(int mode);
    [[nodiscard]] QString hint(int mode) const;

Q_SIGNALS:
    /// By the user.
    void chosen(int mode);

private:
    std::span<const Chip> m_chips;
    QButtonGroup *m_group;
};

} // namespace pushscope
