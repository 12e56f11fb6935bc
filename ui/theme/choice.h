#pragma once

#include <QComboBox>

namespace pushscope {

/// A combo box with a chevron in the scheme's ink: a style sheet takes its arrow from a picture of one colour only.
class Choice : public QComboBox
{
    Q_OBJECT
public:
    using QComboBox::QComboBox;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace pushscope
