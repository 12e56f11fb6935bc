#include "core/base/threadcall.h"
#include "tests/support/testmain.h"

#include <QTest>
#include <QThread>

#include <memory>
#include <string>
#include <vector>

using namespace pushscope;

class ThreadCallTest : public QObject
{
    Q_OBJECT

private:
    QThread m_thread;
    std::unique_ptr<QObject> m_there;

private Q_SLOTS:
    void init()
    {
        m_there = std::make_unique<QObject>();
        m_there->moveToThread(&m_thread);
        m_thread.start();
    }

    void cleanup()
    {
        m_thread.quit();
        m_thread.wait();
        m_there.reset();
    }

    void runsOnTheContextsThread()
    {
        QThread *seen = nullptr;
        callAndWait(m_there.get(), [&] { seen = QThread::currentThread(); });
        QCOMPARE(seen, &m_thread);
    }

    void keepsTheOrderAndWhatTheCallsBring()
    {
        std::vector<std::string> seen;
        for (int i = 0; i < 100; ++i)
            callLater(m_there.get(), [&seen, text = "a text too long for a small string " + std::to_string(i)] {
                seen.push_back(text);
            });
        std::size_t count = 0;
        callAndWait(m_there.get(), [&] { count = seen.size(); });
        QCOMPARE(count, 100u);
        QCOMPARE(seen.front(), std::string("a text too long for a small string 0"));
        QCOMPARE(seen.back(), std::string("a text too long for a small string 99"));
    }

    void takesCallsThatCanOnlyBeMoved()
    {
        int seen = 0;
        callLater(m_there.get(), [&seen, number = std::make_unique<int>(7)] { seen = *number; });
        callAndWait(m_there.get(), [] {});
        QCOMPARE(seen, 7);
    }

    void aContextThatIsGoneIsAskedNothing()
    {
        bool ran = false;
        auto here = std::make_unique<QObject>();
        callLater(here.get(), [&ran] { ran = true; });
        here.reset();
        QCoreApplication::processEvents();
        QVERIFY(!ran);
    }
};

PUSHSCOPE_TEST(ThreadCallTest)
#include "threadcalltest.moc"
