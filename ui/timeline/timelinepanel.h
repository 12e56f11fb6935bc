#pragma once

#include <QWidget>

#include <memory>

namespace pushscope {

class Capture;
class TimelineView;

/// The timeline under its row of buttons.
class TimelinePanel : public QWidget
{
    Q_OBJECT
public:
    explicit TimelinePanel(std::shared_ptr<const Capture> capture, QWidget *parent = nullptr);

    [[nodiscard]] TimelineView &view() { return *m_view; }

private:
    TimelineView *m_view;
};

} // namespace pushscope
