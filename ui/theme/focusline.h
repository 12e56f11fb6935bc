#pragma once

class QAbstractScrollArea;
class QPainter;

namespace pushscope {

/// The line on top of a view that has the keyboard focus, for views whose current item may be out of sight. Painted
/// last, on the viewport.
void paintFocusLine(QPainter &painter, const QAbstractScrollArea &view);

} // namespace pushscope
