#pragma once

#include <QProxyStyle>

namespace pushscope {

/// Fusion with check boxes that can be seen in both schemes: its own frames are a darker window colour, which on a dark
/// window is none.
class SchemeStyle : public QProxyStyle
{
    Q_OBJECT
public:
    SchemeStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
};

} // namespace pushscope
