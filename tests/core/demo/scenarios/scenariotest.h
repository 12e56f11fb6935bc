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
        const std::string path = "/scenario/" + target.toStdString();
        QCOMPARE(run().stream(path, lastEventId.toStdString()), content);
        // What ends with its connection over HTTP/1.1 ends alone over HTTP/2.
        QByteArray overHttp2 = content;
        overHttp2.replace("cut FIN", target.contains("framing=identity") ? "end" : "cut INTERNAL_ERROR");
        overHttp2.replace("cut RST", "cut CANCEL");
        QCOMPARE(run().streamOverHttp2(path, lastEventId.toStdString()), overHttp2);
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
        const std::string path = "/ws/scenario/" + target.toStdString();
        QCOMPARE(run().frames(path, frames.size()).toHex(' '), frames.toHex(' '));
        if (target != "wrong-accept") // there is no key over HTTP/2
            QCOMPARE(run().framesOverHttp2(path, frames.size()).toHex(' '), frames.toHex(' '));
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
