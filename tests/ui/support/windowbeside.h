#pragma once

#include "tests/ui/support/feeddata.h"
#include "tests/ui/support/ownsettings.h"
#include "ui/mainwindow.h"

#include <memory>

namespace pushscope::test {

/// For a test of a widget that shows no capture itself: the window it belongs to stands beside it, at the second run
/// with the feed on its ticks.
class WindowBeside
{
public:
    WindowBeside() : m_window(m_live.builder.capture)
    {
        m_window.show();
        startFeedIfAsked(m_live);
    }

private:
    OwnSettings m_settings;
    LiveCapture m_live;
    MainWindow m_window;
};

} // namespace pushscope::test
