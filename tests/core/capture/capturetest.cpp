#include "core/capture/capture.h"

#include "core/capture/capturewriter.h"
#include "core/capture/facts.h"
#include "tests/support/fixedclock.h"
#include "tests/support/http2builder.h"
#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <thread>

using namespace pushscope;
using test::Http2Builder;

namespace {

Record recordOf(RecordKind kind, std::uint32_t connection = 1, Direction direction = Direction::In)
{
    Record record;
    record.kind = kind;
    record.connection = connection;
    record.direction = direction;
    return record;
}

} // namespace

class CaptureTest : public QObject
{
    Q_OBJECT
    test::FixedClock m_clock;

private Q_SLOTS:
    void timesAndFolderAreKnown()
    {
        const auto capture = *Capture::create({}, m_clock);
        QCOMPARE(capture->wallStart(), m_clock.wall);
        QCOMPARE(capture->monotonicStart(), m_clock.now());
        QVERIFY(capture->folder().empty());
        QVERIFY(!capture->failure());
        QCOMPARE(capture->counts().records, 0u);
        QVERIFY(capture->bytesAt(0, 10).empty());
    }

    void aRecordWithoutBytesAsksForNone()
    {
        const auto capture = *Capture::create({}, m_clock);
        CaptureWriter writer(capture);
        writer.marks().setPace({1, 1});
        CaptureWriter::release(*capture, Seq());
        const auto append = [&] {
            writer.appendBytes("x");
            const Seq seq = writer.append(recordOf(RecordKind::TcpRead)); // its bytes are at 0, all none of them
            writer.publish();
            return seq;
        };
        CaptureWriter::release(*capture, append());
        const Seq seq = append();
        Bytes scratch;
        QVERIFY(capture->originView(seq, scratch).empty());
        QVERIFY(capture->derivedView(seq, scratch).empty());
        QVERIFY(capture->originPieces(seq).empty());
    }

    void carriersAreTheFirstOnesKin()
    {
        const auto capture = *Capture::create({}, m_clock);
        CaptureWriter writer(capture);
        const Seq first = writer.append(recordOf(RecordKind::H1Chunk));
        writer.append(recordOf(RecordKind::TcpRead));
        writer.append(recordOf(RecordKind::H1Chunk, 2));
        writer.append(recordOf(RecordKind::H1Chunk, 1, Direction::Out));
        const Seq last = writer.append(recordOf(RecordKind::H1Chunk));
        writer.append(recordOf(RecordKind::H1Chunk));
        Record event = recordOf(RecordKind::SseEvent);
        event.carrierFirst = static_cast<std::uint32_t>(writer.nextSeq().value - first.value);
        event.carrierLast = static_cast<std::uint32_t>(writer.nextSeq().value - last.value);
        const Seq seq = writer.append(event);
        event.carrierFirst = 1000; // a damaged capture must not lead outside
        const Seq wrong = writer.append(event);
        writer.publish();
        QCOMPARE(capture->carriers(seq), (std::vector<Seq>{first, last}));
        QVERIFY(capture->carriers(wrong).empty());
        QVERIFY(capture->carriers(first).empty());
    }

    void aFieldBlocksFramesCarryTogether()
    {
        Http2Builder builder;
        const Seq headers = builder.frame({.type = Http2FrameType::Headers, .stream = 1}, "a");
        builder.frame({.type = Http2FrameType::Data, .stream = 1}, "b", Direction::Out);
        const Seq more = builder.frame({.type = Http2FrameType::Continuation, .stream = 1}, "c");
        const Seq head = builder.head(RecordKind::HttpResponse, headers, ResponseFacts{});
        QCOMPARE(builder.capture->carriers(head), (std::vector<Seq>{headers, more}));
        const Seq data = builder.frame({.type = Http2FrameType::Data, .stream = 1}, "d");
        QCOMPARE(builder.capture->carriers(builder.message(RecordKind::SseEvent, data, data)), std::vector<Seq>{data});
    }

    void bytesAcrossSegmentsAreOneOrigin()
    {
        const auto capture = *Capture::create({}, m_clock);
        CaptureWriter writer(capture);
        constexpr std::size_t Segment = 8 * 1024 * 1024;
        writer.appendBytes(Bytes(Segment - 3, '.'));
        Record record = recordOf(RecordKind::SseEvent);
        record.origin = writer.appendBytes("abcdef");
        record.originLength = 6;
        record.derived = record.origin;
        record.derivedLength = 6;
        const Seq seq = writer.append(record);
        writer.publish();
        QCOMPARE(capture->originPieces(seq), (std::vector<ByteView>{"abc", "def"}));
        QCOMPARE(capture->originStart(seq), ByteView("abc"));
        QCOMPARE(capture->originArrived(seq), std::uint64_t(6));
        QCOMPARE(capture->origin(seq), Bytes("abcdef"));
        QCOMPARE(capture->origin(seq, 2, 2), Bytes("cd"));
        QCOMPARE(capture->derived(seq), Bytes("abcdef"));
        QCOMPARE(capture->derived(seq, 4), Bytes("abcd"));
        Bytes scratch;
        QCOMPARE(capture->originView(seq, scratch), ByteView("abcdef"));
        QCOMPARE(capture->originView(seq, scratch, 2), ByteView("ab"));
        QCOMPARE(capture->originView(seq, scratch, 9, 4), ByteView("ef"));
        QCOMPARE(capture->originView(seq, scratch, 9, 40), ByteView(""));
        QCOMPARE(capture->derivedView(seq, scratch), ByteView("abcdef"));
    }

    void recordsComeInRunsThatLieTogether()
    {
        const auto capture = *Capture::create({}, m_clock);
        CaptureWriter writer(capture);
        constexpr std::uint64_t Count = 150'000; // more than two segments
        for (std::uint64_t i = 0; i < Count; ++i)
            writer.append(recordOf(RecordKind::SseEvent));
        writer.publish();
        Seq next(1);
        std::size_t runs = 0;
        while (next <= Seq(Count)) {
            const auto run = capture->records(next, Seq(Count));
            QVERIFY(!run.empty());
            QCOMPARE(&run.front(), &capture->record(next));
            next.value += run.size();
            QCOMPARE(&run.back(), &capture->record(Seq(next.value - 1)));
            ++runs;
        }
        QCOMPARE(next, Seq(Count + 1));
        QVERIFY(runs > 2);
        QCOMPARE(capture->records(Seq(5), Seq(7)).size(), 3u);
        QVERIFY(capture->records(Seq(8), Seq(7)).empty());
    }

    void aRangeOutsideTheLogIsEmpty()
    {
        const auto capture = *Capture::create({}, m_clock);
        CaptureWriter writer(capture);
        writer.appendBytes("abc");
        Record record = recordOf(RecordKind::SseEvent);
        record.origin = 2;
        record.originLength = 100;
        record.derived = ~0ull;
        record.derivedLength = 10;
        const Seq seq = writer.append(record);
        writer.publish();
        Bytes scratch;
        QCOMPARE(capture->originView(seq, scratch), ByteView("c"));
        QCOMPARE(capture->originStart(seq), ByteView("c"));
        QCOMPARE(capture->originArrived(seq), std::uint64_t(1));
        QCOMPARE(capture->derived(seq), Bytes());
    }

    void findingsComeLate()
    {
        const auto capture = *Capture::create({}, m_clock);
        CaptureWriter writer(capture);
        Record event = recordOf(RecordKind::SseEvent, 7);
        event.session = 3;
        event.stream = 5;
        const Seq seq = writer.append(event);
        writer.publish();
        QVERIFY(capture->findingsOf(seq).empty());
        writer.append(recordOf(RecordKind::TcpRead));
        const Seq own = writer.appendFinding(seq, 99, Rule::SseNulInId, 4, 2, -8);
        writer.publish();
        QCOMPARE(capture->findingsOf(seq), std::vector<std::uint64_t>{0});
        const FindingEntry &entry = capture->finding(0);
        QCOMPARE(entry.of, seq.value);
        QCOMPARE(entry.own, own.value);
        QCOMPARE(entry.argument, -8);
        QCOMPARE(entry.rule, static_cast<std::uint16_t>(Rule::SseNulInId));
        const Record &record = capture->record(own);
        QCOMPARE(record.kind, RecordKind::Finding);
        QCOMPARE(record.related, seq.value);
        QCOMPARE(record.derived, 0u);
        QCOMPARE(record.session, 3u);
        QCOMPARE(record.connection, 7u);
        QCOMPARE(record.stream, 5u);
        QCOMPARE(record.direction, Direction::In);
        QCOMPARE(record.time, 99);
    }

    void aKilledProcessLeavesAReadableCapture()
    {
#ifdef __SANITIZE_THREAD__
        QSKIP("the thread sanitizer can't follow a forked process that makes threads");
#endif
        const QTemporaryDir parent;
        int ready[2];
        QCOMPARE(::pipe(ready), 0);
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            const auto capture = *Capture::create({.parent = parent.path().toStdString()}, m_clock);
            CaptureWriter writer(capture);
            for (int i = 0; i < 100'000; ++i) { // into the second segment of records
                Record record = recordOf(RecordKind::SseEvent);
                record.origin = writer.appendBytes("event " + std::to_string(i));
                record.originLength = static_cast<std::uint32_t>(writer.appendBytes({}) - record.origin);
                writer.append(record);
            }
            writer.appendFinding(Seq(5), 1, Rule::SseBom, 0, 3, 0);
            writer.publish();
            writer.append(recordOf(RecordKind::SseEvent)); // never published
            if (::write(ready[1], "!", 1) != 1)
                ::_exit(1);
            for (;;)
                ::pause();
        }
        ::close(ready[1]);
        char sign = 0;
        QCOMPARE(::read(ready[0], &sign, 1), 1);
        ::close(ready[0]);
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);

        std::filesystem::path folder;
        for (const auto &entry : std::filesystem::directory_iterator(parent.path().toStdString()))
            folder = entry.path();
        const auto opened = Capture::open(folder);
        QVERIFY2(opened, opened ? "" : opened.error().detail.c_str());
        const auto capture = *opened;
        QCOMPARE(capture->counts().records, 100'001u);
        QCOMPARE(capture->origin(Seq(1)), Bytes("event 0"));
        QCOMPARE(capture->origin(Seq(100'000)), Bytes("event 99999"));
        QCOMPARE(capture->findingsOf(Seq(5)).size(), 1u);
        QCOMPARE(capture->wallStart(), m_clock.wall);
        QCOMPARE(capture->folder(), folder);
    }

    void aCaptureThatWasClosedOpensAgain()
    {
        const QTemporaryDir parent;
        std::filesystem::path folder;
        {
            const auto capture = *Capture::create({.parent = parent.path().toStdString()}, m_clock);
            folder = capture->folder();
            CaptureWriter writer(capture);
            Record record = recordOf(RecordKind::Error);
            const Bytes facts = encode(ErrorFacts{"tcp.reset", "gone"});
            record.derived = writer.appendBytes(facts);
            record.derivedLength = static_cast<std::uint32_t>(facts.size());
            writer.append(record);
        } // the writer publishes what it has
        const auto capture = *Capture::open(folder);
        QCOMPARE(decodeFacts<ErrorFacts>(capture->derived(Seq(1))).text, std::string("gone"));
        std::uintmax_t bytes = 0;
        for (const auto &entry : std::filesystem::directory_iterator(folder))
            bytes += entry.file_size();
        QVERIFY(bytes < 10'000); // what was allocated ahead went back
    }

    void readersSeeOnlyWhatIsComplete()
    {
        const auto capture = *Capture::create({}, m_clock);
        constexpr std::uint64_t Records = 200'000;
        std::atomic<std::uint64_t> wrong = 0;
        const auto follow = [&] {
            Bytes scratch;
            for (std::uint64_t seen = 0; seen < Records;) {
                const Capture::Counts counts = capture->counts();
                if (counts.records == seen)
                    std::this_thread::yield();
                for (; seen < counts.records; ++seen) {
                    const Seq seq(seen + 1);
                    const Record &record = capture->record(seq);
                    if (record.kind == RecordKind::Finding) {
                        wrong += capture->finding(record.derived).own != seq.value;
                        continue;
                    }
                    const std::string expected = "<" + std::to_string(record.time) + ">";
                    wrong += capture->originView(seq, scratch) != expected;
                }
            }
        };
        std::thread one(follow);
        std::thread two(follow);
        {
            CaptureWriter writer(capture);
            while (writer.nextSeq().value <= Records) {
                Record record = recordOf(RecordKind::WsText);
                record.time = static_cast<std::int64_t>(writer.nextSeq().value);
                const std::string text = "<" + std::to_string(record.time) + ">";
                if (record.time % 3 == 0) { // scattered: a stranger's byte between the halves
                    record.flags = RecordFlag::Scattered;
                    record.origin = writer.nextExtent();
                    for (const ByteView half : {ByteView(text).substr(0, 1), ByteView(text).substr(1)}) {
                        writer.appendExtent({.owner = writer.nextSeq().value,
                                             .offset = writer.appendBytes(half),
                                             .length = static_cast<std::uint32_t>(half.size())});
                        writer.appendBytes("!");
                    }
                } else {
                    record.origin = writer.appendBytes(text);
                }
                record.originLength = static_cast<std::uint32_t>(text.size());
                const Seq seq = writer.append(record);
                if (record.time % 50 == 0)
                    writer.appendFinding(seq, record.time, Rule::SseBom, 0, 0, 0);
                if (record.time % 7 == 0)
                    writer.publish();
            }
        }
        one.join();
        two.join();
        QCOMPARE(wrong.load(), 0u);
    }
};

PUSHSCOPE_TEST(CaptureTest)
#include "capturetest.moc"
