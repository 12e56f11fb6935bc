#pragma once

#include "tests/ui/support/feeddata.h"
#include "tests/ui/support/namedchild.h"
#include "tests/ui/support/ownsettings.h"
#include "ui/mainwindow.h"
#include "ui/panes/recordview.h"
#include "ui/workspace.h"

#include <QTest>

#include <memory>

namespace pushscope::test {

/// A test of the window with its own engine against the demo server. Each test runs twice, the second time with 50,000
/// events a second arriving on a stream beside it.
class LiveWindowTest : public QObject
{
    Q_OBJECT
protected:
    template <class Widget>
    [[nodiscard]] Widget *child(const char *name) const
    {
        return namedChild<Widget>(*window, name);
    }
    void click(const char *name) const { QTest::mouseClick(child<QWidget>(name), Qt::LeftButton); }
    [[nodiscard]] QAbstractItemModel *rows() const { return child<RecordView>("recordView")->model(); }

    std::unique_ptr<MainWindow> window;

private Q_SLOTS:
    void initTestCase_data() { addFeedRows(); }
    void init()
    {
        QFETCH_GLOBAL(bool, feed);
        m_settings.clear();
        window = std::make_unique<MainWindow>();
        window->resize(1280, 800);
        window->show();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        if (!feed)
            return;
        window->startDemo(false);
        auto target = window->workspace().demoTarget("/events?interval=10&burst=500", "flood");
        QVERIFY(target);
        window->openTarget(*target);
        QTRY_VERIFY(rows()->rowCount() > 500);
    }
    void cleanup() { window.reset(); }

private:
    OwnSettings m_settings;
};

} // namespace pushscope::test
