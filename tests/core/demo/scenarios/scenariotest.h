#pragma once

#include "tests/core/demo/demorun.h"

#include <QByteArray>
#include <QTest>

#include <memory>

namespace pushscope {

/// What the tests of scenarios share: a demo server for the class, and rows that say what a scenario puts on the wire.
class ScenarioTest : public QObject
{
    Q_OBJECT

protected:
    [[nodiscard]] const DemoRun &run() const { return *m_run; }

    static void addStreamColumns()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("lastEventId");
        QTest::addColumn<QByteArray>("content");
    }
    void compareStream() const
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, lastEventId);
        QFETCH(QByteArray, content);
        QCOMPARE(run().stream("/scenario/" + target.toStdString(), lastEventId.toStdString()), content);
    }

    static void addFrameColumns()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("frames");
    }
    void compareFrames() const
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, frames);
        QCOMPARE(run().frames("/ws/scenario/" + target.toStdString(), frames.size()).toHex(' '), frames.toHex(' '));
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_run = std::make_unique<DemoRun>();
        QVERIFY(m_run->port() != 0);
    }

private:
    std::unique_ptr<DemoRun> m_run;
};

} // namespace pushscope
