#include "core/wire/http/http2sendqueue.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <array>
#include <string>

using namespace pushscope;

namespace {

std::string taken(Http2SendQueue &queue, std::size_t limit)
{
    std::string buffer(limit, '\0');
    buffer.resize(queue.take(buffer.data(), limit));
    return buffer;
}

} // namespace

class Http2SendQueueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatWasPushedAtOnceTogether()
    {
        Http2SendQueue queue;
        queue.push("one");
        queue.push("");
        queue.push("twenty");
        QCOMPARE(queue.size(), std::uint64_t{9});
        QCOMPARE(taken(queue, 100), std::string("one"));
        QCOMPARE(taken(queue, 4), std::string("twen"));
        queue.push("x");
        QCOMPARE(taken(queue, 4), std::string("ty"));
        QCOMPARE(taken(queue, 4), std::string("x"));
        QCOMPARE(taken(queue, 4), std::string());
        QCOMPARE(queue.size(), std::uint64_t{0});
    }

    void fillsFramesFromABacklog()
    {
        Http2SendQueue queue;
        std::string all;
        for (int i = 0; i < 20000; ++i) {
            const std::string piece = std::to_string(i);
            queue.push(piece);
            all += piece;
        }
        std::string seen;
        std::size_t full = 0;
        while (queue.size() > 0) {
            const std::string frame = taken(queue, 16384);
            full += frame.size() == 16384;
            seen += frame;
        }
        QCOMPARE(seen, all);
        QCOMPARE(full, std::size_t{2}); // then less than the backlog is left, and each piece is a frame again
    }

    void endsOnce()
    {
        Http2SendQueue queue;
        queue.push("a");
        queue.end({{"t", "1"}});
        queue.end({});
        queue.push("late");
        QVERIFY(queue.isEnded());
        QCOMPARE(queue.trailers().size(), std::size_t{1});
        QCOMPARE(taken(queue, 9), std::string("a"));
    }
};

PUSHSCOPE_TEST(Http2SendQueueTest)
#include "http2sendqueuetest.moc"
