#include "core/capture/capturewriter.h"

#include "core/capture/capture.h"
#include "tests/core/capture/bareevent.h"
#include "tests/support/fixedclock.h"
#include "tests/support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

#include <csignal>
#include <cstring>

using namespace pushscope;

namespace {

constexpr std::size_t Segment = 8 * 1024 * 1024;

/// No file of this process can grow beyond `bytes` while this lives: a full disk that needs no mount and no root.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    FileSizeLimit(const FileSizeLimit &) = delete;
    FileSizeLimit &operator=(const FileSizeLimit &) = delete;
    ~FileSizeLimit()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }

private:
    rlimit m_before = {};
    void (*m_handler)(int) = nullptr;
};

} // namespace

class CaptureWriterTest : public QObject
{
    Q_OBJECT
    test::FixedClock m_clock;

private Q_SLOTS:
    void nothingIsVisibleBeforePublish()
    {
        const auto capture = *Capture::create({}, m_clock);
        CaptureWriter writer(capture);
        QCOMPARE(writer.nextSeq(), Seq(1));
        QCOMPARE(writer.append(test::eventAt(writer.appendBytes("abc"), 3)), Seq(1));
        QCOMPARE(writer.nextSeq(), Seq(2));
        QCOMPARE(writer.record(Seq(1)).originLength, 3u);
        QCOMPARE(capture->counts().records, 0u);
        QCOMPARE(capture->counts().bytes, 0u);
        writer.publish();
        QCOMPARE(capture->counts().records, 1u);
        QCOMPARE(capture->origin(Seq(1)), Bytes("abc"));
        QCOMPARE(&writer.capture(), capture.get());
    }

    void reservedRoomIsTheLogItself()
    {
        const auto capture = *Capture::create({}, m_clock);
        CaptureWriter writer(capture);
        const std::span<char> room = writer.reserve(100);
        QCOMPARE(room.size(), 100u);
        QCOMPARE(writer.reserve(50).data(), room.data());
        std::memcpy(room.data(), "hello", 5);
        QCOMPARE(writer.commit(5), 0u);
        QCOMPARE(writer.appendBytes("!"), 5u);
        QCOMPARE(writer.reserve(1).data(), room.data() + 6);
        writer.publish();
        QCOMPARE(capture->bytesAt(0, 6), ByteView("hello!"));
        QCOMPARE(capture->bytesAt(0, 6).data(), room.data());
    }

    void roomEndsWithItsSegment()
    {
        const auto capture = *Capture::create({}, m_clock);
        CaptureWriter writer(capture);
        std::size_t total = 0;
        while (total < 3 * Segment) {
            const std::span<char> room = writer.reserve(1'000'000);
            QVERIFY(!room.empty());
            std::memset(room.data(), static_cast<int>('a' + total / Segment), room.size());
            QCOMPARE(writer.commit(room.size()), total);
            QVERIFY(total / Segment == (total + room.size() - 1) / Segment);
            total += room.size();
        }
        writer.publish();
        QCOMPARE(capture->bytesAt(Segment - 1, 10), ByteView("a"));
        QCOMPARE(capture->bytesAt(Segment, 3), ByteView("bbb"));
        QCOMPARE(capture->bytesAt(2 * Segment, 1), ByteView("c"));
    }

    void manyRecordsExtentsAndFindings()
    {
        const auto capture = *Capture::create({}, m_clock);
        CaptureWriter writer(capture);
        for (std::uint32_t i = 0; i < 150'000; ++i) {
            writer.append(test::eventAt(i, 1));
            QCOMPARE(writer.appendExtent({.owner = i, .offset = i, .length = i}), i);
        }
        for (int i = 0; i < 20'000; ++i)
            QVERIFY(writer.appendFinding(Seq(1), i, Rule::SseBom, 0, 0, i).isValid());
        QCOMPARE(writer.nextExtent(), 150'000u);
        writer.publish();
        const auto counts = capture->counts();
        QCOMPARE(counts.records, 170'000u);
        QCOMPARE(counts.findings, 20'000u);
        QCOMPARE(capture->record(Seq(140'001)).origin, 140'000u);
        QCOMPARE(capture->extent(140'000).length, 140'000u);
        QCOMPARE(capture->finding(19'999).argument, 19'999);
    }

    void theLimitSaysSo()
    {
        const auto capture = *Capture::create({.parent = {}, .byteLimit = 1000}, m_clock);
        CaptureWriter writer(capture);
        writer.append(test::eventAt(writer.appendBytes(Bytes(600, 'x')), 600));
        QCOMPARE(writer.reserve(1000).size(), 400u);
        QCOMPARE(writer.appendBytes(Bytes(600, 'y')), CaptureWriter::NoOffset);
        expectFailed(writer, *capture, "limit of 1000 bytes");
        QCOMPARE(capture->origin(Seq(1)), Bytes(600, 'x'));
    }

    void aFullDiskIsAnErrorWithWords()
    {
        const QTemporaryDir parent;
        const auto capture = *Capture::create({.parent = parent.path().toStdString()}, m_clock);
        CaptureWriter writer(capture);
        const Bytes chunk(1000, 'z');
        std::uint64_t kept = 0;
        writer.append(test::eventAt(writer.appendBytes(chunk), chunk.size()));
        {
            const FileSizeLimit full(1024 * 1024);
            for (std::uint64_t offset = 0; kept < 10'000; ++kept) {
                offset = writer.appendBytes(chunk);
                if (offset == CaptureWriter::NoOffset)
                    break;
                QVERIFY(writer.append(test::eventAt(offset, chunk.size())).isValid());
            }
        }
        QVERIFY(kept > 8000 && kept < 10'000); // the segment that was allocated is used to its end
        expectFailed(writer, *capture, "no room for another 8 MiB");
        QVERIFY(writer.failure()->detail.find(capture->folder().string()) != std::string::npos);
        QCOMPARE(capture->counts().records, kept + 1);
        QCOMPARE(capture->origin(Seq(kept + 1)), chunk);
    }

    void aDiskFullOfRecordsFailsToo()
    {
        const QTemporaryDir parent;
        const auto capture = *Capture::create({.parent = parent.path().toStdString()}, m_clock);
        CaptureWriter writer(capture);
        writer.append(test::eventAt(0, 0));
        writer.appendBytes("x");
        {
            const FileSizeLimit full(1024 * 1024);
            while (writer.append(test::eventAt(0, 0)).isValid())
                QVERIFY(writer.nextSeq().value < 100'000);
        }
        expectFailed(writer, *capture, "no room for another 4 MiB");
        QCOMPARE(capture->counts().records, 65'536u);
    }

    void extentsAndFindingsFailTheSameWay()
    {
        const QTemporaryDir parent;
        const auto capture = *Capture::create({.parent = parent.path().toStdString()}, m_clock);
        CaptureWriter writer(capture);
        writer.append(test::eventAt(0, 0));
        writer.appendBytes("x");
        {
            const FileSizeLimit full(4096);
            QVERIFY(!writer.appendFinding(Seq(1), 0, Rule::SseBom, 0, 0, 0).isValid());
        }
        expectFailed(writer, *capture, "no room for another 320 KiB");
        QCOMPARE(capture->counts().findings, 0u);
        QCOMPARE(capture->counts().records, 1u);
    }

private:
    /// Fails once, for good; what was appended stays.
    void expectFailed(CaptureWriter &writer, const Capture &capture, std::string_view words)
    {
        QVERIFY(writer.failure());
        QCOMPARE(writer.failure()->code, ErrorCode::DiskFull);
        QVERIFY2(writer.failure()->detail.find(words) != std::string::npos, writer.failure()->detail.c_str());
        QCOMPARE(*capture.failure(), *writer.failure());
        const Error first = *writer.failure();
        QVERIFY(!writer.append({}).isValid());
        QVERIFY(writer.reserve(10).empty());
        QCOMPARE(writer.appendBytes("more"), CaptureWriter::NoOffset);
        QCOMPARE(writer.appendExtent({}), CaptureWriter::NoOffset);
        QVERIFY(!writer.appendFinding(Seq(1), 0, Rule::SseBom, 0, 0, 0).isValid());
        QCOMPARE(*writer.failure(), first);
        writer.publish();
    }
};

PUSHSCOPE_TEST(CaptureWriterTest)
#include "capturewritertest.moc"
