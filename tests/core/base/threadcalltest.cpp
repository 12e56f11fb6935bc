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

    template <class Call>
    void send(Call call, Qt::ConnectionType type)
    {
        QMetaObject::invokeMethod(m_there.get(), ThreadCall(std::move(call)), type);
    }

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
        send([&] { seen = QThread::currentThread(); }, Qt::BlockingQueuedConnection);
        QCOMPARE(seen, &m_thread);
    }

    void keepsTheOrderAndWhatTheCallsBring()
    {
        std::vector<std::string> seen;
        for (int i = 0; i < 100; ++i)
            send([&seen, text = "too long for a small string: " + std::to_string(i)] { seen.push_back(text); },
                 Qt::QueuedConnection);
        std::size_t count = 0;
        send([&] { count = seen.size(); }, Qt::BlockingQueuedConnection);
        QCOMPARE(count, 100u);
        QCOMPARE(seen.front(), std::string("too long for a small string: 0"));
        QCOMPARE(seen.back(), std::string("too long for a small string: 99"));
    }

    void takesCallsThatCanOnlyBeMoved()
    {
        int seen = 0;
        send([&seen, number = std::make_unique<int>(7)] { seen = *number; }, Qt::QueuedConnection);
        send([] {}, Qt::BlockingQueuedConnection);
        QCOMPARE(seen, 7);
    }
};

PUSHSCOPE_TEST(ThreadCallTest)
#include "threadcalltest.moc"
