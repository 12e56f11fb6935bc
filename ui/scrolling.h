#pragma once

class QScrollArea;
class QWidget;

namespace pushscope {

/// A page without a frame that scrolls up and down where it is higher than its room, and never sideways.
[[nodiscard]] QScrollArea *scrolling(QWidget *page, QWidget *parent);

} // namespace pushscope
