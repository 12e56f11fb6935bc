#include "core/capture/details/blockmap.h"

#include "core/wire/http/http2frame.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class BlockMapTest : public QObject
{
    Q_OBJECT
    /// HEADERS with padding, so that fragments are not all of their payloads, and two CONTINUATIONs.
    static Bytes frames()
    {
        Bytes out;
        appendHttp2Frame(out, {.type = Http2FrameType::Headers, .flags = Http2Flag::Padded, .stream = 1},
                         ByteView("\x02"
                                  "abcd\0\0",
                                  7));
        appendHttp2Frame(out, {.type = Http2FrameType::Continuation, .stream = 1}, "");
        appendHttp2Frame(out, {.type = Http2FrameType::Continuation, .flags = Http2Flag::EndHeaders, .stream = 1},
                         "efg");
        return out;
    }

private Q_SLOTS:
    void overSeveralFrames()
    {
        const Bytes origin = frames();
        const BlockMap map(origin, 0);
        QCOMPARE(map.inOrigin({0, 4}), (ByteRange{10, 14}));
        QCOMPARE(map.inOrigin({4, 7}), (ByteRange{34, 37}));
        QCOMPARE(map.inOrigin({3, 5}), (ByteRange{13, 35})); // what stands between goes along
        QVERIFY(map.inOrigin({7, 9}).isEmpty());
        QVERIFY(map.inOrigin({2, 2}).isEmpty());
        for (std::uint64_t at = 0; at < 7; ++at)
            QCOMPARE(origin[map.inOrigin({at, at + 1}).begin], "abcdefg"[at]);
    }

    void ofOneFrame()
    {
        const Bytes origin = frames().substr(25);
        const BlockMap map(origin, 4);
        QVERIFY(map.inOrigin({0, 4}).isEmpty());
        QCOMPARE(map.inOrigin({2, 6}), (ByteRange{9, 11})); // as much as is here
        QCOMPARE(map.inOrigin({6, 1000}), (ByteRange{11, 12}));
    }

    void nonsense()
    {
        QVERIFY(BlockMap("", 0).inOrigin({0, 1}).isEmpty());
        QVERIFY(BlockMap("short", 0).inOrigin({0, 1}).isEmpty());
        const Bytes origin = frames();
        for (std::size_t length = 0; length < origin.size(); ++length) {
            const ByteRange range = BlockMap(ByteView(origin).substr(0, length), 0).inOrigin({0, ~0ull});
            QVERIFY(range.begin <= range.end && range.end <= length);
        }
        QVERIFY(BlockMap(origin, 0).inOrigin({5, 1}).isEmpty());
    }
};

PUSHSCOPE_TEST(BlockMapTest)
#include "blockmaptest.moc"
