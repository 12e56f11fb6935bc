#include "app/record/recordedstream.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <set>

using namespace pushscope;

class RecordedStreamTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneThatNeverOpensHasFailed()
    {
        RecordedStream stream("events");
        QVERIFY(stream.isRunning() && stream.isUnopened() && stream.hasFailed());
        stream.open();
        QVERIFY(stream.isRunning() && !stream.isUnopened() && !stream.hasFailed());
    }

    void itsEndSaysTheRest()
    {
        RecordedStream refused("events");
        refused.end(SessionState::Failed);
        QVERIFY(!refused.isRunning() && !refused.isUnopened() && refused.hasFailed());
        RecordedStream cut("events");
        cut.open();
        cut.end(SessionState::Failed);
        QVERIFY(cut.hasFailed());
        RecordedStream emptied("events"); // 204 No Content: told not to come again, before it was open
        emptied.end(SessionState::Closed);
        QVERIFY(!emptied.isUnopened() && !emptied.hasFailed());
    }

    void severalAreToldApart()
    {
        Target target;
        target.url = *parseUrl("http://h/events");
        QVERIFY(targetsOfStreams(target, 1) == std::vector<Target>{target});
        const auto targets = targetsOfStreams(target, 3);
        QCOMPARE(targets.size(), std::size_t(3));
        std::set<std::string> names;
        for (Target each : targets) {
            names.insert(each.name);
            each.name.clear();
            QVERIFY(each == target);
        }
        QVERIFY(names == (std::set<std::string>{"events (1)", "events (2)", "events (3)"}));
    }

    void aLongListIsCut()
    {
        QCOMPARE(listed({}), std::string());
        QCOMPARE(listed({"a", "b"}), std::string("a, b"));
        QCOMPARE(listed({"a", "b", "c", "d", "e", "f", "g"}), std::string("a, b, c, d, e and 2 more"));
    }
};

PUSHSCOPE_TEST(RecordedStreamTest)

#include "recordedstreamtest.moc"
