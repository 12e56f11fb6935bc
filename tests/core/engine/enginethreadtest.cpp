#include "core/engine/enginethread.h"

#include "core/capture/capture.h"
#include "tests/support/fixedclock.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <atomic>

using namespace pushscope;

class EngineThreadTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void worksOnAThreadOfItsOwn();
    void cutsWhatIsOpenWhenDestroyed();

private:
    test::FixedClock m_clock;
};

void EngineThreadTest::worksOnAThreadOfItsOwn()
{
    std::atomic<QThread *> thread = nullptr;
    EngineThread::Handlers handlers;
    handlers.finished = [&thread] { thread = QThread::currentThread(); };
    EngineThread engine(*Capture::create({}, m_clock), handlers);
    engine.shutDown(Milliseconds(60'000));
    QTRY_VERIFY(thread != nullptr);
    QVERIFY(thread != QThread::currentThread());
}

void EngineThreadTest::cutsWhatIsOpenWhenDestroyed()
{
    const auto capture = *Capture::create({}, m_clock);
    std::atomic<int> ended = 0;
    {
        EngineThread::Handlers handlers;
        handlers.ended = [&ended](SessionId, SessionState, bool) { ++ended; };
        EngineThread engine(capture, handlers);
        Target target;
        target.url = *parseUrl("http://192.0.2.1/"); // never answers
        target.proxy.kind = ProxyOptions::Kind::None;
        engine.open(SessionId(1), target, true);
        engine.post(SessionId(1), intent::SetLastEventId{"x"});
        QTRY_VERIFY(capture->counts().records > 0);
    }
    QCOMPARE(ended, 1);
    QCOMPARE(word(capture->record(Seq(capture->counts().records)).kind), std::string_view("state"));
}

PUSHSCOPE_TEST(EngineThreadTest)
#include "enginethreadtest.moc"
