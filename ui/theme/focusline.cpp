#include "ui/theme/focusline.h"

#include "ui/theme/theme.h"

#include <QAbstractScrollArea>
#include <QPainter>

namespace pushscope {

void paintFocusLine(QPainter &painter, const QAbstractScrollArea &view)
{
    if (view.hasFocus())
        painter.fillRect(0, 0, view.viewport()->width(), 2, colorsOf(&view).accent);
}

} // namespace pushscope
