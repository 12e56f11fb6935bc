#pragma once

#include "tests/ui/support/feeddata.h"
#include "tests/ui/support/namedchild.h"
#include "tests/ui/support/ownsettings.h"
#include "ui/mainwindow.h"
#include "ui/models/recordtablemodel.h"
#include "ui/panes/recordview.h"

#include <QTest>

#include <memory>

namespace pushscope::test {

/// A test of the whole window over a capture that the test writes to. Each test runs twice, the second time with a feed
/// of 50,000 events a second arriving beside it.
class WindowTest : public QObject
{
    Q_OBJECT
protected:
    template <class Widget>
    [[nodiscard]] Widget *child(const char *name) const
    {
        return namedChild<Widget>(*window, name);
    }
    [[nodiscard]] RecordView *table() const { return child<RecordView>("recordView"); }
    [[nodiscard]] RecordTableModel *model() const { return static_cast<RecordTableModel *>(table()->model()); }
    void click(const char *name) const { QTest::mouseClick(child<QWidget>(name), Qt::LeftButton); }
    void openWindow()
    {
        window = std::make_unique<MainWindow>(live->builder.capture);
        window->resize(1280, 800);
        window->show();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
    }

    std::unique_ptr<LiveCapture> live;
    std::unique_ptr<MainWindow> window;

private Q_SLOTS:
    void initTestCase_data() { addFeedRows(); }
    void initTestCase() { qputenv("TZ", "UTC"); }
    void init()
    {
        m_settings.clear();
        live = std::make_unique<LiveCapture>();
        for (int i = 0; i < 50; ++i)
            live->event("{\"n\":" + std::to_string(i) + ",\"name\":\"row" + std::to_string(i) + "\"}");
        startFeedIfAsked(*live);
        openWindow();
        QTRY_VERIFY(model()->rowCount() >= 50);
    }
    void cleanup()
    {
        window.reset();
        live.reset();
    }

private:
    OwnSettings m_settings;
};

} // namespace pushscope::test
