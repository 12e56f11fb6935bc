#include "core/capture/trail.h"

#include "core/capture/capture.h"
#include "tests/support/fixedclock.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace pushscope;

class TrailTest : public QObject
{
    Q_OBJECT
    test::FixedClock m_clock;
    std::shared_ptr<Capture> m_capture;
    std::unique_ptr<CaptureWriter> m_writer;
    Trail m_trail;

    /// One socket read: bytes in the log, a record for it, a piece of the trail.
    Seq read(ByteView bytes)
    {
        Record record;
        record.kind = RecordKind::TcpRead;
        record.origin = m_writer->appendBytes(bytes);
        record.originLength = static_cast<std::uint32_t>(bytes.size());
        const Seq seq = m_writer->append(record);
        m_trail.append(record.origin, bytes.size(), seq);
        return seq;
    }
    Seq locate(ByteRange range)
    {
        Record record;
        record.kind = RecordKind::WsFrame;
        m_trail.locate(range, record, *m_writer);
        const Seq seq = m_writer->append(record);
        m_writer->publish();
        return seq;
    }

private Q_SLOTS:
    void init()
    {
        m_capture = *Capture::create({}, m_clock);
        m_writer = std::make_unique<CaptureWriter>(m_capture);
        m_trail = Trail();
    }

    void aRangeInTheLastPieceIsContiguous()
    {
        const Seq carrier = read("hello world");
        const Seq seq = locate({6, 11});
        QVERIFY(!m_capture->record(seq).has(RecordFlag::Scattered));
        QCOMPARE(m_capture->origin(seq), Bytes("world"));
        QCOMPARE(m_capture->carriers(seq), std::vector<Seq>{carrier});
    }

    void aDistanceLeadsBackToACarrier()
    {
        QCOMPARE(Trail::distance(Seq(3), Seq(10)), 7U);
        QCOMPARE(Trail::distance(Seq(), Seq(10)), 0U);
        QCOMPARE(Trail::distance(Seq(10), Seq(10)), 0U);
        QCOMPARE(Trail::distance(Seq(1), Seq(1ULL << 40)), 0xffffffffU);
    }

    void neighboursInTheLogStayContiguousAndKeepTheirCarriers()
    {
        const Seq first = read("hel");
        const Seq second = read("lo ");
        const Seq third = read("world");
        const Seq seq = locate({1, 9});
        QVERIFY(!m_capture->record(seq).has(RecordFlag::Scattered));
        QCOMPARE(m_capture->origin(seq), Bytes("ello wor"));
        QCOMPARE(m_capture->carriers(seq), (std::vector<Seq>{first, second, third}));
        QCOMPARE(m_trail.carrierAt(3), second);
        QCOMPARE(m_trail.carrierAt(2), first);
        QCOMPARE(m_trail.carrierAt(11), Seq());
        QCOMPARE(m_capture->counts().extents, 0u);
    }

    void strangersInBetweenScatter()
    {
        read("abc");
        m_writer->appendBytes("---");
        read("def");
        m_writer->appendBytes("---");
        read("ghi");
        const Seq seq = locate({1, 8});
        QVERIFY(m_capture->record(seq).has(RecordFlag::Scattered));
        QCOMPARE(m_capture->record(seq).originLength, 7u);
        QCOMPARE(m_capture->origin(seq), Bytes("bcdefgh"));
        QCOMPARE(m_capture->originPieces(seq).size(), 3u);
        QCOMPARE(m_capture->carriers(seq).size(), 3u);
        QCOMPARE(m_capture->origin(seq, 3, 2), Bytes("def"));
    }

    void aRangeBeyondTheEndGrows()
    {
        const Seq first = read("head+pay");
        const Seq seq = locate({0, 16});
        QVERIFY(m_capture->record(seq).has(RecordFlag::Scattered));
        QCOMPARE(m_capture->record(seq).originLength, 16u);
        QCOMPARE(m_capture->origin(seq), Bytes("head+pay"));
        QCOMPARE(m_capture->carriers(seq), std::vector<Seq>{first});

        m_writer->appendBytes("another connection");
        // Another record's extents stand in between.
        m_trail.grow(Seq(seq.value + 7), {0, 4}, *m_writer);
        read("load");
        m_trail.grow(seq, {8, 12}, *m_writer);
        read("rest of");
        m_trail.grow(seq, {12, 16}, *m_writer);
        m_writer->publish();
        QCOMPARE(m_capture->origin(seq), Bytes("head+payloadrest"));
    }

    void aRangeOfWhichNothingIsHereGrowsFromNothing()
    {
        read("abc");
        const Seq seq = locate({3, 6});
        QCOMPARE(m_capture->origin(seq), Bytes());
        QVERIFY(m_capture->carriers(seq).empty());
        read("defg");
        m_trail.grow(seq, {3, 6}, *m_writer);
        m_writer->publish();
        QCOMPARE(m_capture->origin(seq), Bytes("def"));
    }

    void anEmptyRangeIsNoBytesAtAPlace()
    {
        read("abc");
        const Seq seq = locate({3, 3});
        QCOMPARE(m_capture->record(seq).originLength, 0u);
        QVERIFY(!m_capture->record(seq).has(RecordFlag::Scattered));
    }

    void lengthsBeyondTheFieldAreSaturated()
    {
        read("frame");
        const Seq seq = locate({0, 1ull << 40});
        QCOMPARE(m_capture->record(seq).originLength, 0xFFFFFFFFu);
        QCOMPARE(m_capture->origin(seq), Bytes("frame"));
    }

    void forgettingKeepsWhatMayBeAskedFor()
    {
        std::string all;
        for (int i = 0; i < 1000; ++i) {
            const std::string text = std::to_string(i) + ",";
            read(text);
            all += text;
            if (i % 3 == 0)
                m_writer->appendBytes("x");
            const std::uint64_t end = m_trail.end();
            const std::uint64_t begin = end < 20 ? 0 : end - 20;
            m_trail.forget(begin);
            QCOMPARE(m_capture->origin(locate({begin, end})), all.substr(begin));
        }
        m_trail.forget(m_trail.end());
        const std::uint64_t end = m_trail.end();
        read("after");
        QCOMPARE(m_capture->origin(locate({end, end + 5})), Bytes("after"));
    }

    void bytesThatSeveralRecordsBroughtSayTheFirst()
    {
        const Seq first = read("");
        const Seq last = read("");
        const Bytes made = "made of both";
        m_trail.append(m_writer->appendBytes(made), made.size(), last, first);
        const Bytes then = "then";
        m_trail.append(m_writer->appendBytes(then), then.size(), last);
        const Record part = m_capture->record(locate({5, 7}));
        QCOMPARE(part.carrierFirst, 2u);
        QCOMPARE(part.carrierLast, 1u);
        const Record rest = m_capture->record(locate({12, 16})); // a piece of its own, though it lies behind the other
        QCOMPARE(rest.carrierFirst, 2u);
        QCOMPARE(rest.carrierLast, 2u);
        const Record across = m_capture->record(locate({5, 14}));
        QVERIFY(!across.has(RecordFlag::Scattered));
        QCOMPARE(across.carrierFirst, 4u);
        QCOMPARE(across.carrierLast, 3u);
    }

    void tellsWhereTheOldestNeededByteLies()
    {
        QVERIFY(!m_trail.oldestNeeded());
        read("abc");
        m_writer->appendBytes("others'");
        read("def");
        QCOMPARE(m_trail.oldestNeeded()->logOffset, 0u);
        m_trail.forget(2);
        QCOMPARE(m_trail.oldestNeeded()->logOffset, 2u); // within the piece
        QCOMPARE(m_trail.oldestNeeded()->carrier, m_trail.carrierAt(2));
        m_trail.forget(1); // never backwards
        m_trail.forget(4);
        QCOMPARE(m_trail.oldestNeeded()->logOffset, 11u);
        QCOMPARE(m_trail.oldestNeeded()->carrier, m_trail.carrierAt(4));
        m_trail.forget(6);
        QVERIFY(!m_trail.oldestNeeded());
    }

    void anEmptyTrailKnowsNothing()
    {
        QCOMPARE(m_trail.carrierAt(0), Seq());
        QCOMPARE(m_trail.end(), 0u);
        const Seq seq = locate({0, 2});
        QCOMPARE(m_capture->origin(seq), Bytes());
    }
};

PUSHSCOPE_TEST(TrailTest)
#include "trailtest.moc"
